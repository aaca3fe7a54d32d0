//! A report as CSV: a row for each playlist.

use std::path::Path;

use super::read::Report;
use crate::csv_file::CsvFile;
use crate::error::Result;

const COLUMNS: [&str; 8] = [
    "playlist",
    "playlist_name",
    "seconds_streamed",
    "streams",
    "listeners",
    "users",
    "recommendations",
    "recommendations_heard",
];

impl Report {
    /// Writes the figures of each playlist as CSV with a header to `path`, where `-` is standard output; texts are as they are in
    /// the database.
    ///
    /// # Errors
    /// When it cannot be written there; a file is then as it was before.
    pub fn write_csv(&self, path: &Path) -> Result<()> {
        let mut file = CsvFile::create(path, &COLUMNS)?;
        for figures in &self.playlists {
            file.write(|record| {
                record.text(Some(&figures.playlist));
                record.text(Some(&figures.playlist_name));
                record.integer(Some(figures.seconds_streamed));
                record.integer(Some(figures.streams));
                record.integer(Some(figures.listeners));
                record.integer(Some(figures.users));
                record.integer(Some(figures.recommendations));
                record.integer(Some(figures.recommendations_heard));
            })?;
        }
        file.finish()
    }
}
