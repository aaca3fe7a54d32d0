//! The arguments of `ingest`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use mixtape::Error;
use mixtape::ingest::{Granularity, IngestOptions, Origin};
use mixtape::io::Progress;
use mixtape::rejects::RejectLimit;

use super::number::number;
use super::size::Size;
use super::streams::InputArguments;

/// Load playlist dumps into CSV files and a database
#[derive(Debug, Args)]
#[command(
    after_help = "A dump is a JSON array of observations, or one a line; several give what their\n\
                  concatenation gives. Of each interval the latest observation counts.\n\
                  A dump is not loaded a second time.\n\
                  Also: mixtape ingest youtube.json PLAYLIST_YOUTUBE tables postgresql://…\n\
                  Example: mixtape ingest part1.json.gz part2.ndjson --db music.db"
)]
pub struct IngestArguments {
    /// Dumps, in their order; - is standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// Write eight CSV files into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Into this database: a PATH or postgresql://…
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
    /// Where they come from
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_enum, default_value_t = SourceArgument::Youtube)]
    source: SourceArgument,
    /// day, hour or week
    #[arg(long, value_name = "INTERVAL", hide_possible_values = true, value_enum, default_value_t = GranularityArgument::Day)]
    granularity: GranularityArgument,
    /// Collect rows that cannot be used
    #[arg(long, value_name = "FILE", alias = "dead-letters")]
    pub rejects: Option<PathBuf>,
    /// Sources read at once [default: the cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<NonZeroUsize>)]
    pub threads: Option<NonZeroUsize>,
    /// Write the summary as JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// Stop when more is rejected: 100, or 1%
    #[arg(long, value_name = "N|P%", allow_negative_numbers = true)]
    max_rejects: Option<RejectLimit>,
    /// Most bytes of one row
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(IngestOptions::default().max_row))]
    max_row: Size,
    #[command(flatten)]
    input: InputArguments,
}

/// Where observations can come from.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SourceArgument {
    /// YouTube playlists
    Youtube,
}

/// An interval.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum GranularityArgument {
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
    pub fn options(&self, progress: &Progress) -> IngestOptions {
        IngestOptions {
            origin: match self.source {
                SourceArgument::Youtube => Origin::Youtube,
            },
            granularity: match self.granularity {
                GranularityArgument::Day => Granularity::Day,
                GranularityArgument::Hour => Granularity::Hour,
                GranularityArgument::Week => Granularity::Week,
            },
            max_row: self.max_row.bytes(),
            max_rejects: self.max_rejects,
            sources: self.input.options(progress),
        }
    }
}
