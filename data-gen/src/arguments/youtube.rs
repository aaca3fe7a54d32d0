//! What `data-gen youtube` takes.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use data_gen::{Rate, YoutubeLayout, YoutubeOptions};
use std::num::NonZeroU64;

/// Observations of playlists and the videos in them, as a crawler of a video site makes them
#[derive(Args)]
#[command(after_help = "\
Each row names a playlist, a video, its position in the playlist and the time of
the observation, with names, titles and counts as they were then.

Example:
  data-gen youtube --rows 100000 --days 30 > youtube.json")]
pub(crate) struct YoutubeArguments {
    /// How many rows
    #[arg(long, value_name = "N")]
    rows: u64,
    /// How many playlists, each of 50 videos [default: one for every 256 rows, and one]
    #[arg(long, value_name = "P")]
    playlists: Option<NonZeroU64>,
    /// How many days the observations are spread over
    #[arg(long, value_name = "D", default_value = "4")]
    days: NonZeroU64,
    /// An indented array, or a row a line
    #[arg(long, default_value = "array", value_parser = youtube_layout())]
    layout: YoutubeLayout,
    /// The share of rows that cannot be used, such as 0.01
    #[arg(long, value_name = "RATE", default_value = "0")]
    invalid: Rate,
    /// Where the random numbers start
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

impl YoutubeArguments {
    pub(crate) fn options(&self) -> YoutubeOptions {
        let &Self {
            rows,
            playlists,
            days,
            layout,
            invalid,
            seed,
        } = self;
        YoutubeOptions {
            rows,
            playlists,
            days,
            layout,
            invalid,
            seed,
        }
    }
}

fn youtube_layout() -> impl TypedValueParser<Value = YoutubeLayout> {
    PossibleValuesParser::new(["array", "ndjson"]).map(|layout| match layout.as_str() {
        "ndjson" => YoutubeLayout::Ndjson,
        _ => YoutubeLayout::Array,
    })
}
