//! The arguments of `report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use mixtape::listening::DEFAULT_DATABASE;
use mixtape::report::Question;

use super::number::number;

/// Show how much was heard of each personalised playlist
#[derive(Debug, Args)]
#[command(
    after_help = "The database is one that mixtape consolidate has filled; what mixtape ingest has\n\
                  put there is on the page too. The page needs no network and no script.\n\
                  Also: mixtape report --db music.db --format csv > seconds.csv\n\
                  Example: mixtape report --db music.db --html report.html"
)]
pub struct ReportArguments {
    /// A PATH or postgresql://…
    #[arg(long, value_name = "URL", default_value = DEFAULT_DATABASE)]
    pub db: String,
    /// text, json, csv or markdown [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    /// Write a page for a browser
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Only works of this composer or artist
    #[arg(long, value_name = "NAME")]
    artist: Option<String>,
    /// Only the playlist of this name
    #[arg(long, value_name = "NAME")]
    playlist: Option<String>,
    /// How many top works and songs
    #[arg(long, value_name = "N", value_parser = number::<u32>, allow_negative_numbers = true, default_value_t = 10)]
    top: u32,
}

/// How `report` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// bars
    Text,
    /// everything that is on the page
    Json,
    /// a row for each playlist
    Csv,
    /// tables
    Markdown,
}

impl ReportArguments {
    /// The library's question.
    pub fn question(&self) -> Question {
        Question {
            artist: self.artist.clone(),
            playlist: self.playlist.clone(),
            top: self.top,
        }
    }
}
