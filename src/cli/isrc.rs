//! The arguments of `isrc`.

use std::path::{Path, PathBuf};

use clap::Args;

use mixtape::isrc::Propose;

/// Find the recordings (ISRCs) of media items by artist and title
///
/// Proposes every code of the same recording, with the method that found it and a score: the estimated probability that it is
/// right. The result replaces the one before: the table media_item_isrcs of the database, or media_item_isrcs.csv.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples: mixtape isrc tracks.csv --db postgresql://me@localhost/music\n          \
                  mixtape isrc tracks.csv --in tables --out tables --unmatched unmatched.csv"
)]
pub struct IsrcArguments {
    /// CSV with the columns track, isrc and artist, among others and in any order; - is standard input
    pub tracks: PathBuf,
    /// Match the media items of this database: sqlite:PATH, PATH, or postgresql://USER@HOST/NAME
    #[arg(long, value_name = "URL", required_unless_present = "input", conflicts_with_all = ["input", "out"])]
    pub db: Option<String>,
    /// Match the media items in a folder of CSV files that ingest wrote
    #[arg(long = "in", value_name = "DIR", requires = "out")]
    pub input: Option<PathBuf>,
    /// Folder for media_item_isrcs.csv; made when it is not there
    #[arg(long, value_name = "DIR", requires = "input")]
    pub out: Option<PathBuf>,
    /// Write the media items without a match as CSV, each with the reason; - is standard output
    #[arg(long, value_name = "FILE")]
    pub unmatched: Option<PathBuf>,
    /// Propose other versions of the same song too: live, remixes, karaoke
    #[arg(long)]
    pub related: bool,
    /// No summary on standard error
    #[arg(long, short)]
    pub quiet: bool,
}

/// Where media items come from and matches go.
pub enum IsrcPlaces<'a> {
    /// A database, by its URL.
    Database(&'a str),
    /// Folders of CSV files.
    Folders {
        /// Where `ingest` wrote.
        input: &'a Path,
        /// Where the result goes.
        out: &'a Path,
    },
}

impl IsrcArguments {
    /// Database or folders.
    pub fn places(&self) -> IsrcPlaces<'_> {
        match (&self.db, &self.input, &self.out) {
            (Some(url), _, _) => IsrcPlaces::Database(url),
            (None, Some(input), Some(out)) => IsrcPlaces::Folders { input, out },
            _ => unreachable!("clap requires --db, or --in with --out"),
        }
    }

    /// Which pairs are proposed.
    pub fn propose(&self) -> Propose {
        if self.related {
            Propose::Related
        } else {
            Propose::Same
        }
    }
}
