//! Where the elements of the three arrays stand in a document, one after the other.

use std::ops::Range;

use super::document::read_document;
use super::kind::Kind;
use crate::error::{Error, Result};
use crate::io::Rereadable;
use crate::json::{self, DocumentReader, Failure, Limits, ask, name};

/// A place in a document that is walked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// An array begins: behind its bracket.
    Begin(Kind, u64),
    /// An element of it.
    Element(Range<u64>),
    /// The array ends: at its other bracket.
    End(u64),
}

/// Walks through the elements of the three arrays of a document that was [surveyed](super::survey) before.
///
/// # Errors
/// When it cannot be read; what `take` says.
pub fn elements(
    mixtape: &Rereadable,
    limits: impl Into<Limits>,
    mut take: impl FnMut(Walk) -> Result<()>,
) -> Result<()> {
    let mut failed: Option<Error> = None;
    let read = read_document(mixtape, limits.into(), |window| {
        let mut json = json::document_reader(window);
        walk(&mut json, &mut |walk| {
            take(walk).map_err(|error| {
                failed = Some(error);
                Failure::of_io(std::io::Error::other("the walk was ended"), 0)
            })
        })
    });
    failed.map_or(read, Err)
}

fn walk<J: DocumentReader>(
    json: &mut J,
    take: &mut impl FnMut(Walk) -> std::result::Result<(), Failure>,
) -> std::result::Result<(), Failure> {
    ask(json, J::begin_object)?;
    while ask(json, J::has_next)? {
        let kind = name(json, Kind::of_name)?;
        let Some(kind) = kind else {
            ask(json, J::skip_value)?;
            continue;
        };
        ask(json, J::begin_array)?;
        take(Walk::Begin(kind, json.offset()))?;
        while ask(json, J::has_next)? {
            let start = json.offset();
            ask(json, J::skip_value)?;
            take(Walk::Element(start..json.offset()))?;
        }
        take(Walk::End(json.offset()))?;
        ask(json, J::end_array)?;
    }
    Ok(())
}
