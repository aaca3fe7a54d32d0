//! The arguments of `isrc`.

use std::path::{Path, PathBuf};

use clap::Args;

use mixtape::Error;
use mixtape::isrc::Propose;

use super::streams::InputArguments;

/// Find the recordings (ISRCs) of media items by artist and title
#[derive(Debug, Args)]
#[command(
    after_help = "Every code of the same recording is proposed, with the method that found it and\n\
                  a score: the estimated probability that it is right.\n\
                  Also: mixtape isrc tracks.csv --in tables --out tables --unmatched unmatched.csv\n\
                  Example: mixtape isrc tracks.csv --db postgresql://me@localhost/music"
)]
pub struct IsrcArguments {
    /// CSV with the columns track, isrc, artist; - is standard input
    pub tracks: PathBuf,
    /// Match what ingest put into this database
    #[arg(long, value_name = "URL", conflicts_with_all = ["input", "out"])]
    pub db: Option<String>,
    /// Match what ingest wrote into this folder
    #[arg(long = "in", value_name = "DIR", requires = "out")]
    pub input: Option<PathBuf>,
    /// Folder for media_item_isrcs.csv
    #[arg(long, value_name = "DIR", requires = "input")]
    pub out: Option<PathBuf>,
    /// Write what has no match, with the reason
    #[arg(long, value_name = "FILE")]
    pub unmatched: Option<PathBuf>,
    /// Propose live takes, remixes, karaoke too
    #[arg(long)]
    pub related: bool,
    #[command(flatten)]
    pub files: InputArguments,
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
    ///
    /// # Errors
    /// When there is neither.
    pub fn places(&self) -> Result<IsrcPlaces<'_>, Error> {
        match (&self.db, &self.input, &self.out) {
            (Some(url), _, _) => Ok(IsrcPlaces::Database(url)),
            (None, Some(input), Some(out)) => Ok(IsrcPlaces::Folders { input, out }),
            // Clap refuses one folder without the other.
            _ => Err(Error::usage(
                "where are the media items? Name a database with --db, or folders with --in and --out",
            )),
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
