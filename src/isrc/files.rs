//! Media items and tracks in CSV files, as `ingest` and catalogues write them, and the result as CSV.

use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use csv::{Position as CsvPosition, Reader, StringRecord, Writer};
use foldhash::fast::RandomState;

use super::latest::{Latest, read_time};
use super::tables::{Match, MediaItem, MediaItems, Results, TrackRow, Tracks, Unmatched};
use super::video::Described;
use crate::error::{Error, Result};
use crate::io::{Sink, Source};
use crate::json::Position;

/// Bytes read at once.
const CAPACITY: usize = 256 * 1024;

/// A CSV file with a header, read row by row.
struct Table<const COLUMNS: usize> {
    name: String,
    rows: Reader<Box<dyn Read>>,
    /// Where the columns stand that were asked for.
    columns: [usize; COLUMNS],
    row: StringRecord,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    fn open(path: &Path, wanted: [&str; COLUMNS]) -> Result<Self> {
        let source = Source::open(path)?;
        Self::read(source.name().to_owned(), Box::new(source), wanted)
    }

    fn read(name: String, bytes: Box<dyn Read>, wanted: [&str; COLUMNS]) -> Result<Self> {
        let mut rows = csv::ReaderBuilder::new()
            .buffer_capacity(CAPACITY)
            .from_reader(bytes);
        let header = rows.headers().map_err(|error| csv_error(&name, error))?;
        let mut columns = [0; COLUMNS];
        for (column, wanted) in columns.iter_mut().zip(wanted) {
            let is_wanted = |title: &str| {
                title
                    .trim_start_matches('\u{feff}')
                    .trim()
                    .eq_ignore_ascii_case(wanted)
            };
            *column = header.iter().position(is_wanted).ok_or_else(|| {
                let there: Vec<&str> = header.iter().collect();
                let message = format!(
                    "there is no column {wanted:?}; the header has {}",
                    there.join(", ")
                );
                Error::data(&name, Position::START, message)
            })?;
        }
        Ok(Table {
            name,
            rows,
            columns,
            row: StringRecord::new(),
        })
    }

    /// The wanted columns of the next row, and where it starts.
    fn next(&mut self) -> Result<Option<([&str; COLUMNS], Position)>> {
        let is_row = self
            .rows
            .read_record(&mut self.row)
            .map_err(|error| csv_error(&self.name, error))?;
        if !is_row {
            return Ok(None);
        }
        let position = self.row.position().map_or(Position::START, position_of);
        Ok(Some((
            self.columns.map(|column| &self.row[column]),
            position,
        )))
    }
}

fn position_of(position: &CsvPosition) -> Position {
    Position {
        line: position.line(),
        column: 1,
        byte: position.byte(),
    }
}

#[cold]
fn csv_error(name: &str, error: csv::Error) -> Error {
    let position = error.position().map_or(Position::START, position_of);
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => format!("not UTF-8 in column {}", err.field() + 1),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("a row of {len} columns under a header of {expected_len}")
        }
        _ => error.to_string(),
    };
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::io("read", name, error),
        _ => Error::data(name, position, message),
    }
}

fn size_of(path: &Path) -> Option<u64> {
    fs::metadata(path)
        .ok()
        .filter(fs::Metadata::is_file)
        .map(|metadata| metadata.len())
}

/// A folder of `ingest`: `media_item_metadata_log.csv` and `artists.csv`.
///
/// The log is read twice, first for the latest row of each media item. In memory are the names of all artists and eight bytes
/// a media item.
pub struct MediaFiles {
    log: PathBuf,
    artists: PathBuf,
}

impl MediaFiles {
    /// Looks into a folder.
    ///
    /// # Errors
    /// When one of the files is not there, or lacks a column.
    pub fn open(folder: &Path) -> Result<Self> {
        let files = MediaFiles {
            log: folder.join("media_item_metadata_log.csv"),
            artists: folder.join("artists.csv"),
        };
        files.open_log()?;
        files.open_artists()?;
        Ok(files)
    }

    /// The files that are read.
    pub fn paths(&self) -> [&Path; 2] {
        [&self.log, &self.artists]
    }

    fn open_log(&self) -> Result<Table<5>> {
        let columns = [
            "media_item_id",
            "ingest_timestamp",
            "primary_title",
            "secondary_title",
            "artist_id",
        ];
        Table::open(&self.log, columns)
    }

    fn open_artists(&self) -> Result<Table<2>> {
        Table::open(&self.artists, ["id", "name"])
    }

    fn latest(&self) -> Result<Latest> {
        let mut latest = Latest::default();
        let mut log = self.open_log()?;
        let name = log.name.clone();
        while let Some(([id, time, ..], position)) = log.next()? {
            let (id, time) = key(&name, id, time, position)?;
            latest.note(id, time);
        }
        Ok(latest)
    }

    fn artist_names(&self) -> Result<HashMap<u64, Box<str>, RandomState>> {
        let mut names = HashMap::default();
        let mut artists = self.open_artists()?;
        let table = artists.name.clone();
        while let Some(([id, name], position)) = artists.next()? {
            names.insert(read_id(&table, "id", id, position)?, name.into());
        }
        Ok(names)
    }
}

fn read_id(name: &str, column: &str, text: &str, position: Position) -> Result<u64> {
    text.parse().map_err(|_| {
        Error::data(
            name,
            position,
            format!("{column} is {text:?}, not a number as ingest writes it"),
        )
    })
}

fn key(name: &str, id: &str, time: &str, position: Position) -> Result<(u64, u64)> {
    let id = read_id(name, "media_item_id", id, position)?;
    let time = read_time(time).ok_or_else(|| {
        Error::data(
            name,
            position,
            format!("ingest_timestamp is {time:?}, not a time"),
        )
    })?;
    Ok((id, time))
}

impl MediaItems for MediaFiles {
    fn size(&self) -> Option<u64> {
        size_of(&self.log)
    }

    fn for_each(&mut self, each: &mut dyn FnMut(MediaItem<'_>) -> Result<()>) -> Result<()> {
        let mut latest = self.latest()?;
        let names = self.artist_names()?;
        let mut log = self.open_log()?;
        let name = log.name.clone();
        while let Some(([id, time, primary, secondary, artist], position)) = log.next()? {
            let (number, time) = key(&name, id, time, position)?;
            if !latest.take(number, time) {
                continue;
            }
            let artist = if artist.is_empty() {
                None
            } else {
                let number = read_id(&name, "artist_id", artist, position)?;
                let found = names.get(&number).ok_or_else(|| {
                    Error::data(
                        &name,
                        position,
                        format!("artist_id {number} is not in artists.csv"),
                    )
                })?;
                Some(&**found)
            };
            let secondary = Some(secondary).filter(|title| !title.is_empty());
            each(MediaItem {
                id,
                described: Described {
                    primary,
                    secondary,
                    artist,
                },
            })?;
        }
        Ok(())
    }
}

/// A track table: the columns `track`, `isrc` and `artist`, among others and in any order.
pub struct TrackFile {
    rows: Table<3>,
    size: Option<u64>,
}

impl TrackFile {
    /// Opens a table; `-` is standard input.
    ///
    /// # Errors
    /// When it cannot be opened, or lacks a column.
    pub fn open(path: &Path) -> Result<Self> {
        let source = Source::open(path)?;
        let size = source.is_regular_file().then(|| size_of(path)).flatten();
        let rows = Table::read(
            source.name().to_owned(),
            Box::new(source),
            ["track", "isrc", "artist"],
        )?;
        Ok(TrackFile { rows, size })
    }
}

impl Tracks for TrackFile {
    fn size(&self) -> Option<u64> {
        self.size
    }

    fn for_each(&mut self, each: &mut dyn FnMut(TrackRow<'_>) -> Result<()>) -> Result<()> {
        while let Some(([track, isrc, artist], _)) = self.rows.next()? {
            each(TrackRow {
                track,
                artist,
                isrc,
            })?;
        }
        Ok(())
    }
}

/// The result as CSV: the matches, and if wanted the media items without one.
pub struct ResultFiles {
    matches: Writer<Sink>,
    unmatched: Option<Writer<Sink>>,
    names: [String; 2],
}

impl ResultFiles {
    /// Begins both files with their headers.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn create(matches: Sink, unmatched: Option<Sink>) -> Result<Self> {
        let mut files = ResultFiles {
            names: [
                matches.name().to_owned(),
                unmatched
                    .as_ref()
                    .map_or(String::new(), |sink| sink.name().to_owned()),
            ],
            matches: Writer::from_writer(matches),
            unmatched: unmatched.map(Writer::from_writer),
        };
        write_row(
            &mut files.matches,
            &files.names[0],
            ["media_item_id", "isrc", "score", "method"],
        )?;
        if let Some(file) = &mut files.unmatched {
            let header = [
                "media_item_id",
                "reason",
                "primary_title",
                "secondary_title",
                "artist",
            ];
            write_row(file, &files.names[1], header)?;
        }
        Ok(files)
    }

    /// Puts the files in place.
    ///
    /// # Errors
    /// When that fails.
    pub fn finish(self) -> Result<()> {
        let [matches, unmatched] = &self.names;
        finish(self.matches, matches)?;
        self.unmatched
            .map_or(Ok(()), |file| finish(file, unmatched))
    }
}

fn finish(writer: Writer<Sink>, name: &str) -> Result<()> {
    let sink = writer
        .into_inner()
        .map_err(|error| Error::io("write", name, error.into_error()))?;
    sink.finish()
}

fn write_row<const COLUMNS: usize>(
    writer: &mut Writer<impl Write>,
    name: &str,
    row: [&str; COLUMNS],
) -> Result<()> {
    writer
        .write_record(row)
        .map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Error::io("write", name, error),
            other => unreachable!("every row has the columns of the header: {other:?}"),
        })
}

impl Results for ResultFiles {
    fn add_match(&mut self, found: &Match<'_>) -> Result<()> {
        let score = format!("0.{:02}", found.method.percent());
        let row = [found.media_item_id, found.isrc, &score, found.method.name()];
        write_row(&mut self.matches, &self.names[0], row)
    }

    fn add_unmatched(&mut self, item: &MediaItem<'_>, reason: Unmatched) -> Result<()> {
        let Some(file) = &mut self.unmatched else {
            return Ok(());
        };
        let Described {
            primary,
            secondary,
            artist,
        } = item.described;
        let row = [
            item.id,
            reason.name(),
            primary,
            secondary.unwrap_or(""),
            artist.unwrap_or(""),
        ];
        write_row(file, &self.names[1], row)
    }
}
