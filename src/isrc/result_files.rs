//! The result as CSV files.

use std::io;

use super::tables::{Match, Matches, MediaItem, Unmatched, UnmatchedItems};
use super::video::Described;
use crate::csv_file::{CsvFile, LineEnd, Record};
use crate::error::{Error, Result};
use crate::io::Sink;

/// A CSV file under construction. A record that cannot be written is told as this job always has.
struct ResultFile(CsvFile);

impl ResultFile {
    fn begin(sink: Sink, columns: &[&str]) -> Result<Self> {
        CsvFile::begin(sink, LineEnd::Lf, columns).map(ResultFile)
    }

    fn write(&mut self, fill: impl FnOnce(&mut Record<'_>)) -> Result<()> {
        let written = self.0.try_write(fill);
        written.map_err(|error| self.error(error))
    }

    fn finish(mut self) -> Result<()> {
        let flushed = self.0.flush();
        flushed.map_err(|error| self.error(error))?;
        self.0.finish()
    }

    #[cold]
    fn error(&self, error: io::Error) -> Error {
        Error::io("write", self.0.name(), error)
    }
}

/// The matches: `media_item_id,isrc,score,method`.
pub struct MatchFile(ResultFile);

impl MatchFile {
    /// Begins the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(sink: Sink) -> Result<Self> {
        let columns = ["media_item_id", "isrc", "score", "method"];
        ResultFile::begin(sink, &columns).map(MatchFile)
    }

    /// Puts the file in place.
    ///
    /// # Errors
    /// When that fails.
    pub fn finish(self) -> Result<()> {
        self.0.finish()
    }
}

impl Matches for MatchFile {
    fn add(&mut self, found: &Match<'_>) -> Result<()> {
        self.0.write(|record| {
            record.text(present(found.media_item_id));
            record.text(Some(found.isrc));
            record.text(Some(found.method.score()));
            record.text(Some(found.method.name()));
        })
    }
}

/// The media items without a match: `media_item_id,reason,primary_title,secondary_title,artist`.
pub struct UnmatchedFile(ResultFile);

impl UnmatchedFile {
    /// Begins the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(sink: Sink) -> Result<Self> {
        let columns = [
            "media_item_id",
            "reason",
            "primary_title",
            "secondary_title",
            "artist",
        ];
        ResultFile::begin(sink, &columns).map(UnmatchedFile)
    }

    /// Puts the file in place.
    ///
    /// # Errors
    /// When that fails.
    pub fn finish(self) -> Result<()> {
        self.0.finish()
    }
}

impl UnmatchedItems for UnmatchedFile {
    fn add(&mut self, item: &MediaItem<'_>, reason: Unmatched) -> Result<()> {
        let Described {
            primary,
            secondary,
            artist,
        } = item.described;
        self.0.write(|record| {
            record.text(present(item.id));
            record.text(Some(reason.name()));
            record.text(present(primary));
            record.text(secondary.and_then(present));
            record.text(artist.and_then(present));
        })
    }
}

/// A text that is empty is not told from one that is not there.
fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
