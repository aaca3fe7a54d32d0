//! The result as CSV files.

use csv::Writer;

use super::judge::Method;
use super::tables::{Match, Matches, MediaItem, Unmatched, UnmatchedItems};
use super::video::Described;
use crate::error::{Error, Result};
use crate::io::Sink;

/// A CSV file under construction.
struct CsvFile {
    name: String,
    rows: Writer<Sink>,
}

impl CsvFile {
    fn create<const COLUMNS: usize>(sink: Sink, header: [&str; COLUMNS]) -> Result<Self> {
        let mut file = CsvFile {
            name: sink.name().to_owned(),
            rows: Writer::from_writer(sink),
        };
        file.write(header)?;
        Ok(file)
    }

    fn write<const COLUMNS: usize>(&mut self, row: [&str; COLUMNS]) -> Result<()> {
        self.rows
            .write_record(row)
            .map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(error) => Error::io("write", &self.name, error),
                other => unreachable!("every row has the columns of the header: {other:?}"),
            })
    }

    fn finish(self) -> Result<()> {
        let sink = self
            .rows
            .into_inner()
            .map_err(|error| Error::io("write", &self.name, error.into_error()))?;
        sink.finish()
    }
}

/// The matches: `media_item_id,isrc,score,method`.
pub struct MatchFile(CsvFile);

impl MatchFile {
    /// Begins the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(sink: Sink) -> Result<Self> {
        Ok(MatchFile(CsvFile::create(
            sink,
            ["media_item_id", "isrc", "score", "method"],
        )?))
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
        let score = score(found.method);
        self.0
            .write([found.media_item_id, found.isrc, &score, found.method.name()])
    }
}

/// A score as it is written.
pub(super) fn score(method: Method) -> String {
    format!("0.{:02}", method.percent())
}

/// The media items without a match: `media_item_id,reason,primary_title,secondary_title,artist`.
pub struct UnmatchedFile(CsvFile);

impl UnmatchedFile {
    /// Begins the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(sink: Sink) -> Result<Self> {
        let header = [
            "media_item_id",
            "reason",
            "primary_title",
            "secondary_title",
            "artist",
        ];
        Ok(UnmatchedFile(CsvFile::create(sink, header)?))
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
        self.0.write([
            item.id,
            reason.name(),
            primary,
            secondary.unwrap_or(""),
            artist.unwrap_or(""),
        ])
    }
}
