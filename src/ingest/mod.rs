//! `ingest`: dumps of playlist observations become eight tables, as CSV and in a database.
//!
//! In reading order: `read` frames the rows, `row` judges one, `gathered` keeps what matters of it (every id, and in `latest`
//! the latest observation of each key in each interval), `tables` makes the logs of that and writes them as CSV, `load` puts
//! the same into a database. [`ingest`] is the whole of it.

mod csv;
mod gathered;
mod granularity;
mod latest;
mod names;
mod read;
mod row;
mod sources;
mod tables;
mod time;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::time::Instant;

use serde::Serialize;

pub use granularity::Granularity;
pub use row::Nul;
pub use sources::Input;
pub use tables::{CsvFolder, TableCounts};

use crate::error::Result;
use crate::rejects::{Reason, Rejects};
use gathered::Gathered;
use sources::{Fingerprints, SourceRead, read_all};

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
    /// What becomes of U+0000.
    pub nul: Nul,
    /// Most bytes of one row.
    pub max_row: usize,
}

impl Default for IngestOptions {
    fn default() -> Self {
        IngestOptions {
            origin: Origin::default(),
            granularity: Granularity::default(),
            nul: Nul::default(),
            max_row: 64 << 20,
        }
    }
}

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
    /// Wall-clock time of the whole run.
    pub seconds: f64,
}

/// Reads all `inputs` and writes what follows from them.
///
/// Memory follows the number of different ids, names, keys and intervals, once for each thread; not the number of rows.
///
/// # Errors
/// When an input cannot be read or is malformed, a limit is passed, or an output cannot be written. Nothing is put in place
/// then.
pub fn ingest(
    inputs: Vec<Input>,
    options: &IngestOptions,
    threads: NonZeroUsize,
    rejects: &mut Rejects,
    files: Option<CsvFolder>,
) -> Result<Summary> {
    let started = Instant::now();
    let (mut read, mut bytes) = (0, 0);
    let mut all: Option<Gathered> = None;
    read_all(
        inputs,
        options,
        threads,
        Fingerprints::Skip,
        rejects,
        &mut |source: SourceRead| {
            read += source.amount.rows;
            bytes += source.amount.bytes;
            match &mut all {
                Some(all) => all.merge(source.gathered)?,
                None => all = Some(source.gathered),
            }
            Ok(())
        },
    )?;
    let all = all.unwrap_or_else(|| Gathered::new(options.granularity));
    let counts = match files {
        None => None,
        Some(mut files) => {
            files.write(options.origin.name(), all)?;
            let counts = files.counts();
            // Rejects first: tables never stand without what they lack.
            rejects.finish()?;
            files.finish()?;
            Some(counts)
        }
    };
    Ok(Summary {
        read,
        used: read - rejects.total(),
        rejected: rejects.by_reason().collect(),
        bytes,
        files: counts,
        seconds: started.elapsed().as_secs_f64(),
    })
}
