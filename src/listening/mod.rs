//! `consolidate`: what was recommended and what was heard, users' own playlists and their streams, become one table.
//!
//! [`consolidate`] is the whole of it. In reading order: `options`, and `fields`, what is taken for what; `reading` reads both
//! inputs, each an `input`: `playlists` (its rows are `line`s) and `events` (its rows are `records`), into `batch`es;
//! `consolidation` puts these into a `table`, and where that does not fit into memory into `runs` (each a `run_file`), which
//! `merge` reads again; `lists` is what comes out of both, in order (`ordered`), which `output` writes as CSV and `load` puts
//! into a database (`overflow` says why that may refuse it). `summary` is what is told of it, `counts` the numbers in it.
//!
//! ```
//! use std::num::NonZeroUsize;
//! use mixtape::io::Source;
//! use mixtape::listening::{ConsolidateOptions, Destinations, TableFile, consolidate};
//! use mixtape::rejects::Rejects;
//!
//! let folder = tempfile::tempdir()?;
//! let open = |name: &str, text: &str| -> Result<Source, Box<dyn std::error::Error>> {
//!     let path = folder.path().join(name);
//!     std::fs::write(&path, text)?;
//!     Ok(Source::open(&path, &Default::default())?)
//! };
//! let playlists = open("playlists.ndjson", r#"{"user": "ada", "playlist_01": [{"id": 7, "work": "Nocturne"}, 8]}"#)?;
//! let events = open("events.csv", "user,track,context,seconds\nada,7,playlist_01,90\nada,7,album,200\nada,7,playlist_1,10\n")?;
//! let table = folder.path().join("table.csv");
//! let destinations = Destinations { file: Some(TableFile::create(&table)?), database: None };
//! let options = ConsolidateOptions::default();
//! let mut rejects = Rejects::new(None);
//! let summary = consolidate(playlists, events, &options, NonZeroUsize::MIN, &mut rejects, destinations)?;
//! assert_eq!((summary.events.counted, summary.events.seconds), (2, 100));
//! let table = std::fs::read_to_string(table)?;
//! assert!(table.contains("ada,playlist_01,Personalised playlist 1,1,7,Nocturne,,,1,2,100,,"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod batch;
mod consolidation;
mod counts;
mod descriptions;
mod events;
mod fields;
mod input;
mod key;
mod line;
mod lists;
mod load;
mod merge;
mod numbers;
mod options;
mod ordered;
mod output;
mod overflow;
mod playlist;
mod playlists;
mod reading;
mod records;
mod run_file;
mod runs;
mod schema;
mod summary;
mod table;
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::time::Instant;

pub use counts::TableCounts;
pub use fields::{Field, FieldMap, FieldNames};
pub use load::{LoadSummary, Loader};
pub use options::{ConsolidateOptions, LEAST_MEMORY};
pub use output::TableFile;
pub use schema::{DEFAULT_DATABASE, SCHEMA};
pub use summary::{EventCounts, PlaylistCounts, Summary, Taken};

use crate::database::TextLimits;
use crate::error::Result;
use crate::io::{Phase, Source};
use crate::rejects::Rejects;
use consolidation::Consolidation;
use reading::Reading;

/// Where the table goes.
#[derive(Default)]
pub struct Destinations {
    /// A CSV file.
    pub file: Option<TableFile>,
    /// A database.
    pub database: Option<Loader>,
}

const WRITING: Phase = Phase {
    name: "writing",
    items: "",
};

/// Reads recommendations and streams, and writes the table that they make.
///
/// Memory follows the number of different tracks in lists, recommended or heard; not the number of streams.
///
/// # Errors
/// When an input cannot be read or is malformed, nothing in it is known by its name, a limit is passed, or an output cannot be
/// written. File and database are then as they were; only where the database fails in the very end the file is new.
pub fn consolidate(
    playlists: Source,
    events: Source,
    options: &ConsolidateOptions,
    threads: NonZeroUsize,
    rejects: &mut Rejects,
    destinations: Destinations,
) -> Result<Summary> {
    let started = Instant::now();
    let Destinations { mut file, database } = destinations;
    let room = options.room()?;
    let reading = Reading {
        playlists,
        events,
        options,
        threads,
        is_fingerprinted: database.is_some(),
        text_limits: database
            .as_ref()
            .map_or(TextLimits::NONE, Loader::text_limits),
    };
    let mut consolidation = Consolidation::new(room, rejects, &options.sources.progress);
    let inputs = reading.read(&mut consolidation)?;
    let (mut lists, counts) = consolidation.finish()?;
    let read: u64 = inputs.iter().map(|input| input.read).sum();
    if let Some(limit) = options.max_rejects
        && limit.is_passed(rejects.total(), read)
    {
        rejects.finish()?;
        return Err(limit.error("both inputs", "rows and events", rejects.total(), read));
    }

    // Written first, put in place last: rejects, for a table never stands without what it lacks, the file, and the database,
    // which alone may still fail.
    options.sources.progress.begin(WRITING, None);
    let lists = lists.as_mut();
    let table = lists.counts()?;
    if let Some(file) = &mut file {
        file.write(lists, threads)?;
    }
    let put_in_place = |rejects: &mut Rejects| {
        rejects.finish()?;
        file.map_or(Ok(()), TableFile::finish)
    };
    let loaded = match database {
        None => {
            put_in_place(rejects)?;
            None
        }
        Some(database) => Some(database.load(&inputs, lists, || put_in_place(rejects))?),
    };
    Ok(Summary::new(
        &options.names,
        &inputs,
        rejects,
        counts,
        table,
        loaded,
        started.elapsed(),
    ))
}
