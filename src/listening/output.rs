//! The table as a CSV file.

use std::num::NonZeroUsize;
use std::path::Path;

use super::lists::{List, Lists};
use super::playlist::PlaylistNames;
use crate::csv_file::{CsvFile, Record, append_record};
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
    pub(super) fn write(&mut self, lists: &mut dyn Lists, threads: NonZeroUsize) -> Result<()> {
        lists.for_each_encoded(threads, &encode, &mut |records| {
            self.0.write_appended(records)
        })
    }

    /// Puts the file in place.
    pub(super) fn finish(self) -> Result<()> {
        self.0.finish()
    }
}

/// The rows of a list as records.
pub(super) fn encode(list: &List<'_>, records: &mut Vec<u8>) {
    let names = PlaylistNames::of(list.digits);
    // What all of them begin with.
    let mut beginning = Vec::new();
    let mut record = Record(&mut beginning);
    record.text(Some(list.user));
    record.text(Some(&names.playlist));
    record.text(Some(&names.playlist_name));
    for row in list.rows() {
        append_record(records, |record| {
            record.fields(&beginning);
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
        });
    }
}
