//! What `data-gen changes` takes.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use data_gen::{ChangesLayout, ChangesOptions, Rate};
use std::num::NonZeroU64;

/// Changes to the mixtape of as many playlists, users and songs
#[derive(Args)]
#[command(after_help = "\
About 80 % add a song to a playlist, 10 % add a playlist and 10 % remove one, as
long as a fifth of the playlists lasts. All of them can be applied in order,
unless --reject-rate is given.

Example, two files that fit together:
  data-gen mixtape --playlists 1000 > mixtape.json
  data-gen changes --playlists 1000 --operations 500 > changes.json")]
pub(crate) struct ChangesArguments {
    /// How many operations
    #[arg(long, value_name = "N")]
    operations: u64,
    /// How many playlists the mixtape has
    #[arg(long, value_name = "P")]
    playlists: u64,
    /// How many users the mixtape has [default: half as many as playlists, and one]
    #[arg(long, value_name = "U")]
    users: Option<NonZeroU64>,
    /// How many songs the mixtape has [default: half as many as playlists, and one]
    #[arg(long, value_name = "S")]
    songs: Option<NonZeroU64>,
    /// An array, one operation a line, or an object of deletions and additions
    #[arg(long, default_value = "array", value_parser = changes_layout())]
    layout: ChangesLayout,
    /// The share of operations that cannot be applied, such as 0.01
    #[arg(long, value_name = "RATE", default_value = "0")]
    reject_rate: Rate,
    /// Only pairs of a new playlist and its removal, which leave the mixtape as it was
    #[arg(long)]
    churn: bool,
    /// Where the random numbers start
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

impl ChangesArguments {
    pub(crate) fn options(&self) -> ChangesOptions {
        let &Self {
            operations,
            playlists,
            users,
            songs,
            layout,
            reject_rate,
            churn,
            seed,
        } = self;
        ChangesOptions {
            operations,
            playlists,
            users,
            songs,
            layout,
            reject: reject_rate,
            churn,
            seed,
        }
    }
}

fn changes_layout() -> impl TypedValueParser<Value = ChangesLayout> {
    PossibleValuesParser::new(["array", "ndjson", "grouped"]).map(|layout| match layout.as_str() {
        "ndjson" => ChangesLayout::Ndjson,
        "grouped" => ChangesLayout::Grouped,
        _ => ChangesLayout::Array,
    })
}
