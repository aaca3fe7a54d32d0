//! How dumps are ingested.

use super::granularity::Granularity;
use crate::io::SourceOptions;
use crate::limits::MAX_ROW;
use crate::rejects::RejectLimit;

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
            max_row: MAX_ROW,
            max_rejects: None,
            sources: SourceOptions::default(),
        }
    }
}
