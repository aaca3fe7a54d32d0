//! What `data-gen mixtape` takes.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use data_gen::{MixtapeLayout, MixtapeOptions};
use std::num::NonZeroU64;

/// A JSON object of users, playlists and songs
#[derive(Args)]
#[command(after_help = "\
In each of the three lists the ids are the strings from \"1\" up.

Example:
  data-gen mixtape --playlists 1000 --songs 5000 > mixtape.json")]
pub(crate) struct MixtapeArguments {
    /// How many playlists
    #[arg(long, value_name = "N")]
    playlists: u64,
    /// How many users [default: half as many as playlists, and one]
    #[arg(long, value_name = "U")]
    users: Option<NonZeroU64>,
    /// How many songs [default: half as many as playlists, and one]
    #[arg(long, value_name = "S")]
    songs: Option<NonZeroU64>,
    /// How many songs a playlist has on average: each has 1 to 2K-1, as far as there are songs
    #[arg(long, value_name = "K", default_value_t = 4)]
    songs_per_playlist: u64,
    /// Whether playlists have owner_id and song_ids, or are wrapped in an object of their own
    #[arg(long, default_value = "plain", value_parser = mixtape_layout())]
    layout: MixtapeLayout,
    /// On one line without spaces, instead of indented
    #[arg(long)]
    compact: bool,
    /// Where the random numbers start
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

impl MixtapeArguments {
    pub(crate) fn options(&self) -> MixtapeOptions {
        let &Self {
            playlists,
            users,
            songs,
            songs_per_playlist,
            layout,
            compact,
            seed,
        } = self;
        MixtapeOptions {
            playlists,
            users,
            songs,
            songs_per_playlist,
            layout,
            compact,
            seed,
        }
    }
}

fn mixtape_layout() -> impl TypedValueParser<Value = MixtapeLayout> {
    PossibleValuesParser::new(["plain", "wrapped"]).map(|layout| match layout.as_str() {
        "wrapped" => MixtapeLayout::Wrapped,
        _ => MixtapeLayout::Plain,
    })
}
