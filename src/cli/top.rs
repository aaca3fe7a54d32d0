//! `mixtape top`, as it is typed.

use std::num::{IntErrorKind, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use mixtape::io::Progress;
use mixtape::json::MAX_DEPTH;
use mixtape::top::{Keep, TopOptions};

use super::number::{depth, number};
use super::size::Size;
use super::streams::InputArguments;

/// Print the N highest of `<score>: <record>` lines
#[derive(Debug, Args)]
#[command(
    after_help = "The score is an integer of any length, the record a JSON object with an id.\n\
                  Every record is checked. Among equal scores the earlier line wins.\n\
                  Files may be compressed (gzip, zstd).\n\
                  Example: mixtape top scores.data 5"
)]
pub struct TopArguments {
    /// Scored lines; - is standard input
    #[arg(value_name = "FILE")]
    first: PathBuf,
    /// How many of the highest
    #[arg(value_parser = count, allow_negative_numbers = true)]
    pub n: u64,
    /// More of them, as if they came behind the first one
    #[arg(value_name = "FILE")]
    more: Vec<PathBuf>,
    /// json, ndjson or lines
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true, default_value_t = OutputFormat::Json)]
    pub format: OutputFormat,
    /// Threads for a regular file [default: the cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<NonZeroUsize>)]
    pub threads: Option<NonZeroUsize>,
    /// Most digits of a score
    #[arg(long, value_name = "N", value_parser = number::<usize>, default_value_t = TopOptions::default().max_score_digits)]
    max_score_digits: usize,
    /// Most bytes of an id
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(TopOptions::default().max_id))]
    max_id: Size,
    /// Longest line with --format lines
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(TopOptions::default().max_line))]
    max_line: Size,
    /// Most nested arrays and objects
    #[arg(long, value_name = "N", value_parser = depth, allow_negative_numbers = true, default_value_t = MAX_DEPTH)]
    max_depth: u32,
    #[command(flatten)]
    pub input: InputArguments,
}

/// N, with a word for who has mistaken the order.
fn count(text: &str) -> Result<u64, String> {
    let expected = "expected a whole number; the order is FILE N";
    match text.parse() {
        Ok(count) => Ok(count),
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => {
            Err(format!("at most {}", u64::MAX))
        }
        Err(_) => Err(expected.to_owned()),
    }
}

/// How `top` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// an array of {"score": …, "id": …}
    Json,
    /// {"score": …, "id": …}, one a line
    Ndjson,
    /// the winning lines themselves, which are again input for top
    Lines,
}

impl TopArguments {
    /// All files, in order.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// The library's options.
    pub fn options(&self, progress: &Progress) -> TopOptions {
        TopOptions {
            count: self.n,
            keep: match self.format {
                OutputFormat::Json | OutputFormat::Ndjson => Keep::Ids,
                OutputFormat::Lines => Keep::Lines,
            },
            max_score_digits: self.max_score_digits,
            max_id: self.max_id.bytes(),
            max_depth: self.max_depth,
            max_line: self.max_line.bytes(),
            progress: progress.clone(),
            ..TopOptions::default()
        }
    }
}
