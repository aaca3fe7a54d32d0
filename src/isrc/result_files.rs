//! The result as CSV files.

use super::tables::{Match, Matches, MediaItem, Unmatched, UnmatchedItems};
use super::video::Described;
use crate::csv_file::{CsvFile, LineEnd};
use crate::error::Result;
use crate::io::Sink;

/// The matches: `media_item_id,isrc,score,method`.
pub struct MatchFile(CsvFile);

impl MatchFile {
    /// Begins the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(sink: Sink) -> Result<Self> {
        let columns = ["media_item_id", "isrc", "score", "method"];
        CsvFile::begin(sink, LineEnd::Lf, &columns).map(MatchFile)
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
pub struct UnmatchedFile(CsvFile);

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
        CsvFile::begin(sink, LineEnd::Lf, &columns).map(UnmatchedFile)
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
