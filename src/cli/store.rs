//! `mixtape import`, `export`, `get` and `status`, as they are typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use mixtape::io::Progress;
use mixtape::json::MAX_DEPTH;
use mixtape::store::{Existing, ImportOptions, Token};

use super::number::depth;
use super::size::Size;
use super::streams::{CompressArgument, InputArguments};

/// Put a mixtape into a database
#[derive(Debug, Args)]
#[command(
    after_help = "All of it is there in the end, or nothing. Memory is the same for any length.\n\
                  Example: mixtape import mixtape.json --db music.db"
)]
pub struct ImportArguments {
    /// Object of users, songs and playlists; - is standard input
    pub mixtape: PathBuf,
    /// Into this database: a PATH or postgresql://…
    #[arg(long, value_name = "URL")]
    pub db: String,
    /// Take the place of a mixtape that is there
    #[arg(long)]
    replace: bool,
    /// Write the summary as JSON
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// Most bytes of an id in MIXTAPE
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(ImportOptions::default().max_id))]
    max_id: Size,
    /// Most nested arrays and objects
    #[arg(long, value_name = "N", value_parser = depth, allow_negative_numbers = true, default_value_t = MAX_DEPTH)]
    max_depth: u32,
    #[command(flatten)]
    pub input: InputArguments,
}

impl ImportArguments {
    /// The library's options.
    pub fn options(&self, progress: &Progress) -> ImportOptions {
        ImportOptions {
            max_id: self.max_id.bytes(),
            max_depth: self.max_depth,
            existing: if self.replace {
                Existing::Replace
            } else {
                Existing::Keep
            },
            progress: progress.clone(),
        }
    }
}

/// Which state of a store is wanted.
#[derive(Debug, Args)]
pub struct WaitArguments {
    /// Wait until this is in the database
    #[arg(long, value_name = "TOKEN")]
    pub at_least: Option<Token>,
    /// How long at most
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
}

impl WaitArguments {
    /// How long to wait.
    pub fn patience(&self) -> Duration {
        Duration::from_secs_f64(self.timeout)
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok();
    seconds
        .filter(|seconds| (0.0..=1e9).contains(seconds))
        .ok_or_else(|| "expected a number of seconds, such as 10 or 0.5".to_owned())
}

/// Write the mixtape of a database, with all changes, as a file
#[derive(Debug, Args)]
#[command(
    after_help = "What no change touched is, byte for byte, what was imported.\n\
                  TOKEN: as the summary of apply and `mixtape status` show it.\n\
                  Example: mixtape export --db music.db new.json"
)]
pub struct ExportArguments {
    /// Where it goes; - is standard output
    pub output: PathBuf,
    /// From this database: a PATH or postgresql://…
    #[arg(long, value_name = "URL")]
    pub db: String,
    #[command(flatten)]
    pub wait: WaitArguments,
    /// Write the summary as JSON
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// gzip, zstd or none [default: as .gz, .zst]
    #[arg(long, value_name = "HOW", hide_possible_values = true)]
    pub compress: Option<CompressArgument>,
}

/// Print one thing of a database
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    override_usage = "mixtape get playlist [OPTIONS] --db <URL> <ID>",
    after_help = "Example: mixtape get playlist 17 --db music.db"
)]
pub struct GetArguments {
    #[command(subcommand)]
    pub what: GetWhat,
}

#[derive(Debug, Subcommand)]
pub enum GetWhat {
    Playlist(GetPlaylistArguments),
}

/// Print a playlist as it is now
#[derive(Debug, Args)]
#[command(
    after_help = "An ID is that of a string; where there is none such, of a number.\n\
                  TOKEN: as the summary of apply and `mixtape status` show it.\n\
                  Without such a playlist the exit code is 3.\n\
                  Example: mixtape get playlist 17 --db music.db"
)]
pub struct GetPlaylistArguments {
    /// Its id
    #[arg(allow_hyphen_values = true)]
    pub id: String,
    /// From this database: a PATH or postgresql://…
    #[arg(long, value_name = "URL")]
    pub db: String,
    #[command(flatten)]
    pub wait: WaitArguments,
}

/// Show what is in a database, and how far changes are applied
#[derive(Debug, Args)]
#[command(after_help = "Example: mixtape status --db music.db")]
pub struct StatusArguments {
    /// Of this database: a PATH or postgresql://…
    #[arg(long, value_name = "URL")]
    pub db: String,
    /// text, or json for programs
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true
    )]
    pub format: StatusFormat,
}

/// How a status is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    Text,
    Json,
}
