//! The arguments of `ingest`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use bytesize::ByteSize;
use clap::{Args, ValueEnum};

use mixtape::Error;
use mixtape::ingest::{Granularity, IngestOptions, Origin};

/// Load playlist dumps into CSV files and a database
///
/// A dump is a JSON array of observations, or an observation a line: a video of a playlist at a time. Of each playlist, video
/// and place in a playlist the latest observation of each interval counts, and is logged where it differs from the one before.
/// Several dumps give what their concatenation gives. A dump that the database has already is not loaded again.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples: mixtape ingest youtube.json --out tables\n          \
                  mixtape ingest part1.ndjson part2.ndjson --db postgresql://me@localhost/music --rejects rejects.ndjson\n\n\
                  Also: mixtape ingest youtube.json PLAYLIST_YOUTUBE tables postgresql://me@localhost/music"
)]
pub struct IngestArguments {
    /// Dumps, in their order; - is standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Write eight CSV files into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Load into this database: sqlite:PATH, PATH, or postgresql://USER@HOST/NAME
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
    /// Where the observations come from
    #[arg(long, value_name = "NAME", value_enum, default_value_t = SourceArgument::Youtube)]
    pub source: SourceArgument,
    /// The interval of which the latest observation counts
    #[arg(long, value_enum, default_value_t = GranularityArgument::Day)]
    pub granularity: GranularityArgument,
    /// Collect rows that cannot be used as NDJSON; - is standard output
    #[arg(long, value_name = "FILE", alias = "dead-letters")]
    pub rejects: Option<PathBuf>,
    /// Sources that are read at once [default: the cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Write the summary as JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// No summary on standard error
    #[arg(long, short)]
    pub quiet: bool,
    /// Most bytes of one row
    #[arg(long, value_name = "SIZE", default_value = "64MiB")]
    pub max_row: ByteSize,
}

/// Where observations can come from.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SourceArgument {
    /// YouTube playlists
    Youtube,
}

/// An interval.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum GranularityArgument {
    /// a calendar day
    Day,
    /// an hour
    Hour,
    /// an ISO week, from Monday on
    Week,
}

/// How the four arguments `SOURCE PLAYLIST_YOUTUBE DIR URL` name the origin.
const YOUTUBE_PLAYLISTS: &str = "PLAYLIST_YOUTUBE";

/// What is read and where it goes, whichever way it was said.
pub struct Places<'a> {
    pub sources: &'a [PathBuf],
    pub out: Option<&'a Path>,
    pub database: Option<&'a str>,
}

impl IngestArguments {
    /// What is read and where it goes.
    ///
    /// # Errors
    /// When it goes nowhere.
    pub fn places(&self) -> Result<Places<'_>, Error> {
        if let ([source, origin, out, database], None, None) =
            (&self.sources[..], &self.out, &self.db)
            && origin.as_os_str() == YOUTUBE_PLAYLISTS
        {
            let database = database
                .to_str()
                .ok_or_else(|| Error::usage("the database's URL is not UTF-8"))?;
            return Ok(Places {
                sources: std::slice::from_ref(source),
                out: Some(out),
                database: Some(database),
            });
        }
        if self.out.is_none() && self.db.is_none() {
            return Err(Error::usage(
                "where shall it go? Name a folder with --out, a database with --db, or both",
            ));
        }
        Ok(Places {
            sources: &self.sources,
            out: self.out.as_deref(),
            database: self.db.as_deref(),
        })
    }

    /// The library's options.
    pub fn options(&self) -> IngestOptions {
        IngestOptions {
            origin: match self.source {
                SourceArgument::Youtube => Origin::Youtube,
            },
            granularity: match self.granularity {
                GranularityArgument::Day => Granularity::Day,
                GranularityArgument::Hour => Granularity::Hour,
                GranularityArgument::Week => Granularity::Week,
            },
            max_row: super::bytes(self.max_row),
        }
    }
}
