//! How to consolidate.

use super::fields::FieldNames;
use crate::error::{Error, Result};
use crate::io::SourceOptions;
use crate::limits::MAX_ROW;
use crate::rejects::RejectLimit;

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
            max_row: MAX_ROW,
            max_rejects: None,
            sources: SourceOptions::default(),
        }
    }
}

impl ConsolidateOptions {
    /// Most bytes of the table.
    pub(super) fn room(&self) -> Result<usize> {
        match self.max_memory {
            None => Ok(usize::MAX),
            Some(most) if most < LEAST_MEMORY => Err(Error::usage(format!(
                "--max-memory: less than {} MiB is not enough",
                LEAST_MEMORY >> 20
            ))),
            // A quarter stays free: vectors and hash tables that grow are there twice for a moment.
            Some(most) => Ok((most - BESIDES) / 4 * 3),
        }
    }
}
