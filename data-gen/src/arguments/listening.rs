//! What `data-gen listening` takes.

use clap::{Args, ValueEnum};
use data_gen::{ListeningOptions, Rate};
use std::num::NonZeroU64;

/// Users' personalised playlists, or the log of their streams
#[derive(Args)]
#[command(after_help = "\
A line a user with three playlists of twenty tracks; and a CSV file of streams,
of which two in five are from such a playlist.

Example, two files that fit together:
  data-gen listening playlists --users 1000 > playlists.ndjson
  data-gen listening events --users 1000 --events 60000 > events.csv")]
pub(crate) struct ListeningArguments {
    /// Which of the two files
    pub(crate) file: ListeningFile,
    /// How many users
    #[arg(long, value_name = "U")]
    users: NonZeroU64,
    /// How many tracks there are to be recommended
    #[arg(long, value_name = "T", default_value = "200000")]
    tracks: NonZeroU64,
    /// How many streams
    #[arg(long, value_name = "N", default_value_t = 3000)]
    events: u64,
    /// The share of streams that cannot be used, such as 0.01
    #[arg(long, value_name = "RATE", default_value = "0")]
    invalid: Rate,
    /// Where the random numbers start
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

/// One of the two files of `listening`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListeningFile {
    Playlists,
    Events,
}

impl ListeningArguments {
    pub(crate) fn options(&self) -> ListeningOptions {
        let &Self {
            users,
            tracks,
            events,
            invalid,
            seed,
            ..
        } = self;
        ListeningOptions {
            users,
            tracks,
            events,
            invalid,
            seed,
        }
    }
}
