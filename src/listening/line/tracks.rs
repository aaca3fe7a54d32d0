//! The tracks of a list.

use struson::reader::ValueType;

use super::fault::Fault;
use super::value::{Best, Scalar, required, scalar};
use super::{LineReader, Name};
use crate::json::{DocumentReader, Failure, ask};
use crate::listening::batch::{Batch, List, Listed, Span, Texts};
use crate::listening::fields::Field;
use crate::rejects::Rejection;

/// Where the parts of a track are among its values.
const PARTS: [Field; 4] = [Field::Track, Field::Work, Field::Composer, Field::Title];

impl LineReader<'_> {
    /// An array of tracks, as a list of the playlist.
    pub(super) fn tracks<J: DocumentReader>(
        &mut self,
        json: &mut J,
        line: u32,
        playlist: Span,
        batch: &mut Batch,
    ) -> Result<(), Failure> {
        let start = batch.listed.len();
        if ask(json, J::peek)? == ValueType::Array {
            ask(json, J::begin_array)?;
            while ask(json, J::has_next)? {
                self.track(json, batch)?;
            }
            ask(json, J::end_array)?;
        } else {
            self.reject(Rejection::WrongType {
                what: "a playlist",
                expected: "an array of tracks, or an object with one",
            });
            ask(json, J::skip_value)?;
        }
        batch.lists.push(List {
            user: Span::NONE,
            playlist,
            line,
            tracks: start..batch.listed.len(),
        });
        Ok(())
    }

    fn track<J: DocumentReader>(&mut self, json: &mut J, batch: &mut Batch) -> Result<(), Failure> {
        let mut parts = [Best::default(); PARTS.len()];
        if ask(json, J::peek)? == ValueType::Object {
            if !self.knows_tracks {
                self.unknown.clear();
            }
            ask(json, J::begin_object)?;
            while ask(json, J::has_next)? {
                let Name::Field(found) = self.name(json, &PARTS, batch)? else {
                    ask(json, J::skip_value)?;
                    continue;
                };
                let part = PARTS.iter().position(|&part| part == found.field);
                let part = &mut parts[part.unwrap_or_default()];
                self.value(json, found, part, batch)?;
            }
            ask(json, J::end_object)?;
            for (field, part) in PARTS.into_iter().zip(&parts) {
                self.take(field, part);
            }
            if !self.knows_tracks && matches!(parts[0].value, Scalar::Absent) {
                self.fault.get_or_insert(Fault::Strange(Field::Track));
            } else {
                self.knows_tracks = true;
            }
        } else {
            parts[0].value = scalar(json, batch)?;
        }
        let [track, texts @ ..] = parts.map(|part| part.value);
        let track = match required(track, Field::Track, batch) {
            Ok(track) => track,
            Err(fault) => {
                self.fault.get_or_insert(fault);
                return Ok(());
            }
        };
        let texts: Texts<Span> = texts.map(|text| match text {
            Scalar::Text(text) => text,
            Scalar::Absent | Scalar::Null => Span::NONE,
            Scalar::Wrong => {
                self.reject(Rejection::WrongType {
                    what: "work, composer or title",
                    expected: "a text, a number or null",
                });
                Span::NONE
            }
        });
        batch.listed.push(Listed { track, texts });
        Ok(())
    }
}
