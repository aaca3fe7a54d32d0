//! A report as CSV: a row for each playlist.

use std::io::{self, Write};

use super::Report;

const HEADER: [&str; 8] = [
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
    /// Writes the figures of each playlist as CSV with a header; texts are as they are in the database.
    ///
    /// # Errors
    /// When `output` does not take it.
    pub fn write_csv(&self, output: &mut impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(output);
        csv.write_record(HEADER)?;
        for figures in &self.playlists {
            let numbers = [
                figures.seconds_streamed,
                figures.streams,
                figures.listeners,
                figures.users,
                figures.recommendations,
                figures.recommendations_heard,
            ];
            csv.write_field(&figures.playlist)?;
            csv.write_field(&figures.playlist_name)?;
            for number in numbers {
                csv.write_field(number.to_string())?;
            }
            csv.write_record(None::<&[u8]>)?;
        }
        csv.flush()
    }
}
