//! The eight tables as CSV files: their columns, and how they follow from what was gathered.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::counts::TableCounts;
use super::gathered::Gathered;
use super::latest::logged;
use crate::csv_file::{CsvFile, Record};
use crate::error::{Error, Result};
use crate::names::{Name, Names};

const ENTITY: [&str; 3] = ["id", "source", "source_id"];

fn path_of(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.csv"))
}

/// The eight files under construction.
pub struct CsvFolder {
    users: CsvFile,
    playlists: CsvFile,
    media_items: CsvFile,
    artists: CsvFile,
    playlist_metadata_log: CsvFile,
    playlist_plays_log: CsvFile,
    playlist_positions_log: CsvFile,
    media_item_metadata_log: CsvFile,
}

impl CsvFolder {
    /// The eight files that are made in `folder`.
    pub fn paths(folder: &Path) -> [PathBuf; 8] {
        let tables = TableCounts::default().named();
        tables.map(|(table, _)| path_of(folder, table))
    }

    /// Begins the eight files in `folder`, which is made where it is not there.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn create(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .map_err(|error| Error::io("make the folder", &folder.display().to_string(), error))?;
        let file =
            |table: &str, columns: &[&str]| CsvFile::create(&path_of(folder, table), columns);
        Ok(CsvFolder {
            users: file("users", &ENTITY)?,
            playlists: file("playlists", &ENTITY)?,
            media_items: file("media_items", &ENTITY)?,
            artists: file("artists", &["id", "name"])?,
            playlist_metadata_log: file(
                "playlist_metadata_log",
                &[
                    "playlist_id",
                    "ingest_timestamp",
                    "name",
                    "cover_url",
                    "user_id",
                    "num_media_items",
                ],
            )?,
            playlist_plays_log: file(
                "playlist_plays_log",
                &["playlist_id", "ingest_timestamp", "plays"],
            )?,
            playlist_positions_log: file(
                "playlist_positions_log",
                &[
                    "playlist_id",
                    "media_item_id",
                    "ingest_timestamp",
                    "position",
                ],
            )?,
            media_item_metadata_log: file(
                "media_item_metadata_log",
                &[
                    "media_item_id",
                    "ingest_timestamp",
                    "primary_title",
                    "secondary_title",
                    "artist_id",
                    "cover_url",
                ],
            )?,
        })
    }

    /// Writes all that follows from what was gathered.
    pub(super) fn write(&mut self, source: &str, gathered: Gathered) -> Result<()> {
        write_entities(&mut self.users, source, &gathered.users)?;
        write_entities(&mut self.playlists, source, &gathered.playlists)?;
        write_entities(&mut self.media_items, source, &gathered.media_items)?;
        for (id, name) in (1..).zip(gathered.artists.iter()) {
            self.artists.write(|record| {
                record.integer(Some(id));
                record.text(Some(name));
            })?;
        }
        let texts = &gathered.texts;

        let playlists = gathered.playlist_observations.into_sorted();
        let metadata = logged(
            &playlists,
            |o| o.playlist,
            |o| (o.name, o.cover, o.user, o.media_items),
        );
        for observation in metadata {
            self.playlist_metadata_log.write(|record| {
                id(record, observation.playlist);
                record.plain(observation.time);
                record.text(texts.bytes_of(observation.name));
                record.text(texts.bytes_of(observation.cover));
                id(record, observation.user);
                record.integer(observation.media_items.get());
            })?;
        }
        for observation in logged(&playlists, |o| o.playlist, |o| o.plays) {
            self.playlist_plays_log.write(|record| {
                id(record, observation.playlist);
                record.plain(observation.time);
                record.integer(observation.plays.get());
            })?;
        }

        let positions = gathered.position_observations.into_sorted();
        for observation in logged(&positions, |o| (o.playlist, o.media_item), |o| o.position) {
            self.playlist_positions_log.write(|record| {
                id(record, observation.playlist);
                id(record, observation.media_item);
                record.plain(observation.time);
                record.integer(observation.position.get());
            })?;
        }
        drop(positions);

        let media_items = gathered.media_item_observations.into_sorted();
        let metadata = logged(
            &media_items,
            |o| o.media_item,
            |o| (o.primary_title, o.secondary_title, o.artist, o.cover),
        );
        for observation in metadata {
            self.media_item_metadata_log.write(|record| {
                id(record, observation.media_item);
                record.plain(observation.time);
                record.text(texts.bytes_of(observation.primary_title));
                record.text(texts.bytes_of(observation.secondary_title));
                id(record, observation.artist);
                record.text(texts.bytes_of(observation.cover));
            })?;
        }
        Ok(())
    }

    /// Rows of each table.
    pub(super) fn counts(&self) -> TableCounts {
        TableCounts {
            users: self.users.records(),
            playlists: self.playlists.records(),
            media_items: self.media_items.records(),
            artists: self.artists.records(),
            playlist_metadata_log: self.playlist_metadata_log.records(),
            playlist_plays_log: self.playlist_plays_log.records(),
            playlist_positions_log: self.playlist_positions_log.records(),
            media_item_metadata_log: self.media_item_metadata_log.records(),
        }
    }

    /// Puts the files in place. All at once: a disk takes about as long for eight files as for one.
    pub(super) fn finish(self) -> Result<()> {
        let files = [
            self.users,
            self.playlists,
            self.media_items,
            self.artists,
            self.playlist_metadata_log,
            self.playlist_plays_log,
            self.playlist_positions_log,
            self.media_item_metadata_log,
        ];
        let count = files.len();
        let files = Mutex::new(files.into_iter());
        let next = || files.lock().unwrap_or_else(PoisonError::into_inner).next();
        let finish = || std::iter::from_fn(next).try_for_each(CsvFile::finish);
        thread::scope(|scope| {
            // Where the system gives no more threads, those that there are do all of it.
            let start = || thread::Builder::new().spawn_scoped(scope, finish);
            let workers: Vec<_> = (1..count).map_while(|_| start().ok()).collect();
            let first = finish();
            workers.into_iter().fold(first, |finished, worker| {
                let other = worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                finished.and(other)
            })
        })
    }
}

fn write_entities(file: &mut CsvFile, source: &str, names: &Names) -> Result<()> {
    for (id, name) in (1..).zip(names.iter()) {
        file.write(|record| {
            record.integer(Some(id));
            record.text(Some(source));
            record.text(Some(name));
        })?;
    }
    Ok(())
}

fn id(record: &mut Record<'_>, name: Name) {
    record.integer(name.id().map(|id| id as i64));
}
