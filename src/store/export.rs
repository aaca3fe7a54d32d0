//! A mixtape out of a store, as `apply` would have written it.

use std::cell::RefCell;

use serde::Serialize;

use super::edits::Edit;
use super::merged::Merged;
use super::pieces::{Pieces, Shared};
use super::places::Places;
use super::runs::Runs;
use super::state::{Document, State, Token};
use super::{Store, damaged, key};
use crate::error::Result;
use crate::id_bytes;
use crate::io::{Phase, Progress, Sink};
use crate::mixtape::{Ending, Patch, SongStyle, further_members};

/// Playlists, from the last one on, among which the last one that is kept is looked for at first.
const LAST: i64 = 1024;

const WRITING: Phase = Phase {
    name: "writing",
    items: "playlists",
};

/// What an export has written.
#[derive(Clone, Debug, Serialize)]
pub struct ExportSummary {
    /// Playlists in the output.
    pub playlists: u64,
    /// Bytes of the output.
    pub bytes: u64,
    /// What of the store was written.
    pub token: Token,
}

impl Store {
    /// Writes the mixtape as it is now. Memory is the same whatever its length; who applies meanwhile is not held up.
    ///
    /// # Errors
    /// When the store holds none, cannot be read, or `output` cannot be written.
    pub fn export(&mut self, mut output: Sink, progress: &Progress) -> Result<ExportSummary> {
        let (playlists, token) = self.database.reading(|database| {
            let document = Document::required(database)?;
            let state = State::read(database)?;
            let runs = Runs::read(database)?.numbers();
            progress.begin(WRITING, None);
            let database = RefCell::new(database);
            let mut export = Export {
                database: &database,
                document: &document,
                places: Places::new(&database),
                patch: Patch::new(
                    &document.name,
                    Pieces::new(&database, 0),
                    0,
                    &document.shape,
                    &mut output,
                ),
            };
            let last_kept = export.last_kept(&runs, state.playlists as i64 - state.created)?;
            let place = last_kept.map(|last| export.places.get(last)).transpose()?;
            let ending = Ending {
                last_kept: place.map(|place| place.end),
                created: state.created > 0,
            };
            export.playlists(&runs, last_kept, progress)?;
            export.patch.end_playlists(&ending)?;
            if ending.created {
                export.new_playlists(&runs, progress)?;
            }
            export.patch.finish(&ending, document.length)?;
            let token = Token {
                store: document.store.clone(),
                commits: state.commits,
            };
            Ok((state.playlists, token))
        })?;
        let bytes = output.written();
        output.finish()?;
        Ok(ExportSummary {
            playlists,
            bytes,
            token,
        })
    }
}

/// An export under way.
pub(super) struct Export<'e, 'd> {
    pub(super) database: &'e Shared<'d>,
    pub(super) document: &'e Document,
    pub(super) places: Places<'e, 'd>,
    pub(super) patch: Patch<'e, Pieces<'e, 'd>>,
}

impl<'e> Export<'e, '_> {
    /// The last playlist of the document that is kept, where `kept` of them are.
    fn last_kept(&self, runs: &[i64], kept: i64) -> Result<Option<i64>> {
        let mut end = self.document.playlists;
        if kept == end || kept == 0 {
            return Ok((kept > 0).then_some(end - 1));
        }
        // Runs are read forwards only: more and more of the last ones, so that all is read twice at most.
        let mut count = LAST;
        while end > 0 {
            let start = (end - count).max(0);
            let mut merged = Merged::open(self.database, runs, start)?;
            // Behind the last one that is kept, all are removed.
            let (mut next, mut last) = (start, None);
            while let Some(playlist) = merged.next()?.filter(|&playlist| playlist < end) {
                if merged.is_removed()? {
                    last = (next < playlist).then_some(playlist - 1).or(last);
                    next = playlist + 1;
                }
            }
            if let Some(last) = (next < end).then_some(end - 1).or(last) {
                return Ok(Some(last));
            }
            end = start;
            count *= 2;
        }
        Err(damaged())
    }

    /// Copies the document's playlists up to the last one that is kept.
    fn playlists(
        &mut self,
        runs: &[i64],
        last_kept: Option<i64>,
        progress: &Progress,
    ) -> Result<()> {
        let Some(last) = last_kept else {
            return Ok(());
        };
        let mut merged = Merged::open(self.database, runs, 0)?;
        while let Some(playlist) = merged.next()?.filter(|&playlist| playlist <= last) {
            let place = self.places.get(playlist)?;
            if merged.is_removed()? {
                let next = self.places.get(playlist + 1)?;
                self.patch.remove(place.start, next.start)?;
            } else {
                let mut style = self.patch.extend(&place)?;
                merged.each(|edit| self.songs(edit, &mut style))?;
                self.patch.end_songs(&style)?;
            }
            progress.count(1);
        }
        Ok(())
    }

    fn new_playlists(&mut self, runs: &[i64], progress: &Progress) -> Result<()> {
        let mut merged = Merged::open(self.database, runs, self.document.playlists)?;
        while merged.next()?.is_some() {
            if !merged.is_removed()? {
                self.new_playlist(&mut merged)?;
                progress.count(1);
            }
        }
        Ok(())
    }

    /// Writes the created playlist at which `merged` stands.
    pub(super) fn new_playlist(&mut self, merged: &mut Merged<'_, '_>) -> Result<()> {
        let mut style: Option<SongStyle<'e>> = None;
        merged.each(|edit| match (edit, &mut style) {
            (Edit::Created { id, owner, further }, None) => {
                let (id, owner) = (key::id_of(id)?, key::id_of(owner)?);
                style = Some(self.patch.new_playlist(
                    |output| id.write_json(output),
                    further_members(further),
                    |output| owner.write_json(output),
                )?);
                Ok(())
            }
            (edit, Some(style)) => self.songs(edit, style),
            (_, None) => Err(damaged()),
        })?;
        self.patch.end_new_playlist()
    }

    pub(super) fn songs(&mut self, edit: Edit<'_>, style: &mut SongStyle<'e>) -> Result<()> {
        let Edit::Songs(list) = edit else {
            return Err(damaged());
        };
        for song in id_bytes::of_list(list) {
            let id = key::id_of(song)?;
            self.patch.song(style, |output| id.write_json(output))?;
        }
        Ok(())
    }
}
