//! `ingest`: dumps of playlist observations become eight tables, as CSV and in a database.
//!
//! In reading order: `read` frames the rows, `row` judges one, `gathered` keeps what matters of it (every id, and in `latest`
//! the latest observation of each key in each interval), `tables` makes the logs of that and writes them as CSV, `load` puts
//! the same into a database. [`ingest`] is the whole of it.
//!
//! ```
//! use std::num::NonZeroUsize;
//! use mixtape::ingest::{CsvFolder, Destinations, IngestOptions, Input, ingest};
//! use mixtape::rejects::Rejects;
//!
//! let folder = tempfile::tempdir()?;
//! let dump = folder.path().join("dump.json");
//! std::fs::write(&dump, r#"[{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20T12:19:10", "views": 7}]"#)?;
//! let destinations = Destinations {
//!     files: Some(CsvFolder::create(&folder.path().join("tables"))?),
//!     database: None,
//! };
//! let mut rejects = Rejects::new(None);
//! let inputs = vec![Input::open(&dump, &Default::default())?];
//! let summary = ingest(inputs, &IngestOptions::default(), NonZeroUsize::MIN, &mut rejects, destinations)?;
//! assert_eq!((summary.read, summary.used), (1, 1));
//! let plays = std::fs::read_to_string(folder.path().join("tables/playlist_plays_log.csv"))?;
//! assert_eq!(plays.lines().last(), Some("1,2022-05-20T12:19:10,7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod gathered;
mod granularity;
mod latest;
mod load;
mod merge;
mod read;
mod row;
mod sources;
mod staged;
mod tables;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::time::Instant;

use serde::Serialize;

pub use granularity::Granularity;
pub use load::{LoadSummary, Loader, SCHEMA};
pub use sources::Input;
pub use tables::{CsvFolder, TableCounts};

use crate::database::TextLimits;
use crate::error::Result;
use crate::io::{Phase, SourceOptions};
use crate::rejects::{Reason, RejectLimit, Rejects};
use gathered::Gathered;
use sources::{Fingerprints, Reading, SourceRead, read_all};

/// Where the observations come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// YouTube.
    #[default]
    Youtube,
}

impl Origin {
    /// What stands in the column `source`.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Youtube => "YOUTUBE",
        }
    }
}

/// How to ingest.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Where the observations come from.
    pub origin: Origin,
    /// The interval of which the latest observation counts.
    pub granularity: Granularity,
    /// Most bytes of one row.
    pub max_row: usize,
    /// The most rejects; with more the run ends with an error, and everything stays as it was.
    pub max_rejects: Option<RejectLimit>,
    /// How sources are opened; their progress is told how far the run has come.
    pub sources: SourceOptions,
}

impl Default for IngestOptions {
    fn default() -> Self {
        IngestOptions {
            origin: Origin::default(),
            granularity: Granularity::default(),
            max_row: 64 << 20,
            max_rejects: None,
            sources: SourceOptions::default(),
        }
    }
}

const READING: Phase = Phase {
    name: "reading",
    items: "rows",
};
const WRITING: Phase = Phase {
    name: "writing",
    items: "",
};

/// What a run did.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Rows, rejected ones included.
    pub read: u64,
    /// Rows that count.
    pub used: u64,
    /// Rows that were rejected, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// Bytes of all sources.
    pub bytes: u64,
    /// Rows of the CSV files, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<TableCounts>,
    /// What the database got, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<LoadSummary>,
    /// Wall-clock time of the whole run.
    pub seconds: f64,
}

/// Where what is ingested goes.
#[derive(Default)]
pub struct Destinations {
    /// CSV files.
    pub files: Option<CsvFolder>,
    /// A database.
    pub database: Option<Loader>,
}

/// Reads all `inputs` and writes what follows from them.
///
/// Memory follows the number of different ids, names, keys and intervals, once for each thread; not the number of rows.
///
/// # Errors
/// When an input cannot be read or is malformed, a limit is passed, or an output cannot be written. The files and the database
/// are then as they were; only where the database fails in the very end the files are new.
pub fn ingest(
    inputs: Vec<Input>,
    options: &IngestOptions,
    threads: NonZeroUsize,
    rejects: &mut Rejects,
    destinations: Destinations,
) -> Result<Summary> {
    let started = Instant::now();
    let Destinations {
        mut files,
        mut database,
    } = destinations;
    let reading = Reading {
        options,
        threads,
        fingerprints: match database {
            None => Fingerprints::Skip,
            Some(_) => Fingerprints::Take,
        },
        limits: database
            .as_ref()
            .map_or(TextLimits::NONE, Loader::text_limits),
    };

    let lengths: Option<Vec<u64>> = inputs.iter().map(Input::length).collect();
    let total = lengths.map(|lengths| lengths.iter().sum());
    options.sources.progress.begin(READING, total);

    // Sources one after the other: staged for the database, and merged for the files.
    let (mut read, mut bytes) = (0, 0);
    let mut all: Option<Gathered> = None;
    read_all(inputs, &reading, rejects, &mut |source: SourceRead| {
        read += source.amount.rows;
        bytes += source.amount.bytes;
        if let Some(database) = &mut database {
            database.stage(&source)?;
        }
        match &mut all {
            _ if files.is_none() => {}
            Some(all) => all.merge(source.gathered)?,
            None => all = Some(source.gathered),
        }
        Ok(())
    })?;

    if let Some(limit) = options.max_rejects
        && limit.is_passed(rejects.total(), read)
    {
        rejects.finish()?;
        return Err(limit.error("all sources", "rows", rejects.total(), read));
    }

    // All is known now. Written first, put in place last: rejects, for tables never stand without what they lack, files,
    // and the database, which alone may still fail.
    options.sources.progress.begin(WRITING, None);
    let written = match &mut files {
        None => None,
        Some(files) => {
            let all = all.unwrap_or_else(|| Gathered::new(options.granularity));
            files.write(options.origin.name(), all)?;
            Some(files.counts())
        }
    };
    let put_in_place = || {
        rejects.finish()?;
        files.map_or(Ok(()), CsvFolder::finish)
    };
    let loaded = match database {
        None => {
            put_in_place()?;
            None
        }
        Some(database) => Some(database.load(options, put_in_place)?),
    };
    Ok(Summary {
        read,
        used: read - rejects.total(),
        rejected: rejects.by_reason().collect(),
        bytes,
        files: written,
        database: loaded,
        seconds: started.elapsed().as_secs_f64(),
    })
}
