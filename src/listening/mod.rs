//! `consolidate`: what was recommended and what was heard, users' own playlists and their streams, become one table.
//!
//! In reading order: `fields` says what is taken for what; `playlists` (its rows are `line`s) and `events` (its rows are
//! `records`) read the inputs into `batch`es; `table` puts these together, and `runs` what does not fit into memory; `lists` is
//! what comes out of both, in order (`ordered`), which `output` writes as CSV and `load` puts into a database
//! (`overflow` says why that may refuse it). [`consolidate`] is the whole of it.
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
mod descriptions;
mod events;
mod fields;
mod line;
mod lists;
mod load;
mod ordered;
mod output;
mod overflow;
mod playlist;
mod playlists;
mod reading;
mod records;
mod runs;
mod summary;
mod table;
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::time::Instant;

pub use fields::{Field, FieldMap, FieldNames};
pub use load::{LoadSummary, Loader};
pub use output::TableFile;
pub use summary::{EventCounts, PlaylistCounts, Summary, TableCounts, Taken};

use crate::database::{Schema, TextLimits};
use crate::error::{Error, Result};
use crate::io::{Phase, Source, SourceOptions};
use crate::rejects::{RejectLimit, Rejects};
use consolidation::Consolidation;
use reading::Reading;

/// The one table, `personalized_playlists`: a row for each track of each playlist of each user.
///
/// `playlist` is `playlist_01`, with two digits at least, and `playlist_name` what people call it. `position` is the track's place
/// in the newest list, from 1; null where it is not in it. `recommended` says whether it ever was: true or false in Postgres, 1
/// or 0 in SQLite. `streams` and `seconds_streamed` are 0 where it was never heard, `first_heard` and `last_heard` null; times
/// are ISO 8601 texts in UTC that sort as they stand.
pub const SCHEMA: Schema = Schema {
    name: "listening",
    versions: &[include_str!("schema.sql")],
};

/// The file of the SQLite database where nobody names one.
pub const DEFAULT_DATABASE: &str = "mixtape.db";

/// The least that [`ConsolidateOptions::max_memory`] can be, in bytes.
pub const LEAST_MEMORY: usize = 32 << 20;

/// What a run needs beside the table, in bytes: buffers, the program, a database's cache.
const BESIDES: usize = 20 << 20;

/// How to consolidate.
#[derive(Clone, Debug)]
pub struct ConsolidateOptions {
    /// What is taken for what.
    pub names: FieldNames,
    /// Most bytes of memory of the whole program; beyond, the table is put on disk. None: as much as it takes.
    ///
    /// It holds for rows of up to a few megabytes, and where a user's playlist fits into it.
    pub max_memory: Option<usize>,
    /// Most bytes of one row of PLAYLISTS or one event.
    pub max_row: usize,
    /// The most rejects; with more the run ends with an error, and everything stays as it was.
    pub max_rejects: Option<RejectLimit>,
    /// How inputs are opened; their progress is told how far the run has come.
    pub sources: SourceOptions,
}

impl Default for ConsolidateOptions {
    fn default() -> Self {
        ConsolidateOptions {
            names: FieldNames::default(),
            max_memory: None,
            max_row: 64 << 20,
            max_rejects: None,
            sources: SourceOptions::default(),
        }
    }
}

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
    if options.max_memory.is_some_and(|most| most < LEAST_MEMORY) {
        return Err(Error::usage("--max-memory: less than 32 MiB is not enough"));
    }
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
    // A quarter stays free: vectors and hash tables that grow are there twice for a moment.
    let room = options
        .max_memory
        .map_or(usize::MAX, |most| (most - BESIDES) / 4 * 3);
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
