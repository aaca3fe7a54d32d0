//! The works recommended to a user, as a table and as CSV.

use std::io::{self, Write};
use std::path::Path;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::figures::grouped;
use super::works::RecommendedWork;
use crate::csv_file::CsvFile;
use crate::error::Result;
use crate::json::visible;

/// A line below the header, and no others.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::new('─', '─', '─', '─'));

/// Writes a table for each playlist, as wide as a terminal of so many columns. Nothing that a title holds can steer it.
///
/// # Errors
/// When `output` does not take it.
pub fn write_works_table(
    works: &[RecommendedWork],
    output: &mut impl Write,
    width: u16,
) -> io::Result<()> {
    if works.is_empty() {
        return writeln!(output, "Nothing was recommended to this user.");
    }
    let playlists = works.chunk_by(|one, next| one.playlist == next.playlist);
    for (number, playlist) in playlists.enumerate() {
        let between = if number > 0 { "\n" } else { "" };
        let name = visible(&playlist[0].playlist_name);
        writeln!(
            output,
            "{between}{name}\n{}",
            table(playlist, width).trim_fmt()
        )?;
    }
    Ok(())
}

fn table(works: &[RecommendedWork], width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(["#", "Work", "Composer", "Tracks", "Streams", "Seconds"]);
    for work in works {
        table.add_row([
            work.position.map(grouped).unwrap_or_default(),
            visible(&work.work),
            visible(work.composer.as_deref().unwrap_or("")),
            grouped(work.tracks),
            grouped(work.streams),
            grouped(work.seconds_streamed),
        ]);
    }
    for number in [0, 3, 4, 5] {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

const COLUMNS: [&str; 8] = [
    "playlist",
    "playlist_name",
    "position",
    "work",
    "composer",
    "tracks",
    "streams",
    "seconds_streamed",
];

/// Writes them as CSV with a header to `path`, where `-` is standard output; texts are as they are in the database.
///
/// # Errors
/// When it cannot be written there; a file is then as it was before.
pub fn write_works_csv(works: &[RecommendedWork], path: &Path) -> Result<()> {
    let mut file = CsvFile::create(path, &COLUMNS)?;
    for work in works {
        file.write(|record| {
            record.text(Some(&work.playlist));
            record.text(Some(&work.playlist_name));
            record.integer(work.position);
            record.text(Some(&work.work));
            record.text(work.composer.as_deref());
            record.integer(Some(work.tracks));
            record.integer(Some(work.streams));
            record.integer(Some(work.seconds_streamed));
        })?;
    }
    file.finish()
}
