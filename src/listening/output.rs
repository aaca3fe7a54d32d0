//! The table as a CSV file.

use std::path::Path;

use super::lists::{Lists, Row, for_each_row};
use crate::csv_file::CsvFile;
use crate::error::Result;

/// The columns, in the order of the table.
const COLUMNS: [&str; 13] = [
    "user_id",
    "playlist",
    "playlist_name",
    "position",
    "track_id",
    "work",
    "composer",
    "title",
    "recommended",
    "streams",
    "seconds_streamed",
    "first_heard",
    "last_heard",
];

/// A CSV file of the table under construction.
pub struct TableFile(CsvFile);

impl TableFile {
    /// Begins the file; `-` is standard output. A name that ends in `.gz` or `.zst` is compressed.
    ///
    /// # Errors
    /// When it cannot be made there.
    pub fn create(path: &Path) -> Result<Self> {
        CsvFile::create(path, &COLUMNS).map(TableFile)
    }

    /// Writes all rows.
    pub(super) fn write(&mut self, lists: &mut dyn Lists) -> Result<()> {
        for_each_row(lists, &mut |row| self.write_row(row))
    }

    fn write_row(&mut self, row: &Row<'_>) -> Result<()> {
        self.0.write(|record| {
            record.text(Some(row.user));
            record.text(Some(&row.names.playlist));
            record.text(Some(&row.names.playlist_name));
            record.integer(row.position);
            record.text(Some(row.track));
            for text in row.texts {
                record.text(text);
            }
            record.integer(Some(i64::from(row.recommended)));
            record.integer(Some(row.streams));
            record.integer(Some(row.seconds));
            for moment in [row.first_heard, row.last_heard] {
                match moment {
                    Some(moment) => record.plain(moment),
                    None => record.integer(None),
                }
            }
        })
    }

    /// Puts the file in place.
    pub(super) fn finish(self) -> Result<()> {
        self.0.finish()
    }
}
