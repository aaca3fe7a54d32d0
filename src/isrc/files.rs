//! Media items and tracks in CSV files, as `ingest` and catalogues write them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use foldhash::fast::RandomState;

use super::latest::{Latest, read_time};
use super::tables::{MEDIA_ITEMS, MediaItem, MediaItems, TRACKS, TrackRow, Tracks};
use super::video::Described;
use crate::csv_file::CsvTable;
use crate::error::{Error, Result};
use crate::io::{Progress, Source, SourceOptions};
use crate::json::Position;

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
    options: SourceOptions,
}

impl MediaFiles {
    /// Looks into a folder. The progress of `options` is told how far the reading is.
    ///
    /// # Errors
    /// When one of the files is not there, or lacks a column.
    pub fn open(folder: &Path, options: &SourceOptions) -> Result<Self> {
        let files = MediaFiles {
            log: folder.join("media_item_metadata_log.csv"),
            artists: folder.join("artists.csv"),
            options: options.clone(),
        };
        files.open_log()?;
        files.open_artists()?;
        Ok(files)
    }

    /// The files that are read.
    pub fn paths(&self) -> [&Path; 2] {
        [&self.log, &self.artists]
    }

    fn open_log(&self) -> Result<CsvTable<5>> {
        let columns = [
            "media_item_id",
            "ingest_timestamp",
            "primary_title",
            "secondary_title",
            "artist_id",
        ];
        CsvTable::open(&self.log, columns, &self.options)
    }

    fn open_artists(&self) -> Result<CsvTable<2>> {
        CsvTable::open(&self.artists, ["id", "name"], &self.options)
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
        let lengths = size_of(&self.log).zip(size_of(&self.artists));
        let progress = &self.options.progress;
        progress.begin(MEDIA_ITEMS, lengths.map(|(log, artists)| 2 * log + artists));
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
            progress.count(1);
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
    rows: CsvTable<3>,
    size: Option<u64>,
    progress: Progress,
}

impl TrackFile {
    /// Opens a table; `-` is standard input.
    ///
    /// # Errors
    /// When it cannot be opened, or lacks a column.
    pub fn open(path: &Path, options: &SourceOptions) -> Result<Self> {
        let source = Source::open(path, options)?;
        let size = source.is_regular_file().then(|| size_of(path)).flatten();
        let rows = CsvTable::read(
            source.name().to_owned(),
            Box::new(source),
            ["track", "isrc", "artist"],
        )?;
        let progress = options.progress.clone();
        Ok(TrackFile {
            rows,
            size,
            progress,
        })
    }
}

impl Tracks for TrackFile {
    fn size(&self) -> Option<u64> {
        self.size
    }

    fn for_each(&mut self, each: &mut dyn FnMut(TrackRow<'_>) -> Result<()>) -> Result<()> {
        self.progress.begin(TRACKS, self.size);
        while let Some(([track, isrc, artist], _)) = self.rows.next()? {
            self.progress.count(1);
            each(TrackRow {
                track,
                artist,
                isrc,
            })?;
        }
        Ok(())
    }
}
