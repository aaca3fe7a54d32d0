//! The arguments of the program.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use data_gen::CatalogueOptions;
use data_gen::{ChangesLayout, ChangesOptions, ListeningOptions, MixtapeLayout, MixtapeOptions};
use data_gen::{Rate, ScoresOptions};
use data_gen::{YoutubeLayout, YoutubeOptions};
use std::num::NonZeroU64;

/// Generate test data on standard output.
#[derive(Parser)]
#[command(
    name = "data-gen",
    version,
    disable_help_flag = true,
    after_help = "\
The same arguments give the same bytes on every machine. The data is made as it
is written, in constant memory, so any amount of it can be piped.

Examples:
  data-gen scores --records 1000000 --invalid 0.01 > scores.txt
  data-gen mixtape --playlists 1000 > mixtape.json
  data-gen changes --playlists 1000 --operations 500 > changes.json
  data-gen youtube --rows 1000 > youtube.json"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Print help
    // One help, short enough for a screen, for both spellings.
    #[arg(long, short, global = true, display_order = 100, action = ArgAction::HelpShort)]
    help: Option<bool>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Scores(ScoresArguments),
    Mixtape(MixtapeArguments),
    Changes(ChangesArguments),
    /// The track table of a catalogue as CSV, for `mixtape isrc`
    Tracks(CatalogueArguments),
    /// The log of a catalogue's media items as CSV, as `mixtape ingest` writes it
    MediaItems(CatalogueArguments),
    /// The artists that the log of media items refers to, as CSV
    Artists(CatalogueArguments),
    Youtube(YoutubeArguments),
    Listening(ListeningArguments),
}

/// Lines of a score and a JSON record
#[derive(Args)]
#[command(after_help = "\
Each line is `<score>: <record>`, the score an integer below 2^53 and the record
a JSON object with an \"id\"; a line has about 350 bytes, or about 160 with --dense.

Example:
  data-gen scores --records 1000000 --invalid 0.01 | head")]
pub(crate) struct ScoresArguments {
    /// How many lines
    #[arg(long, value_name = "N")]
    records: u64,
    /// The share of lines that are invalid in varied ways, such as 0.01
    #[arg(long, value_name = "RATE", default_value = "0")]
    invalid: Rate,
    /// Short records of all kinds of JSON values instead of text
    #[arg(long)]
    dense: bool,
    /// Where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl ScoresArguments {
    pub(crate) fn options(&self) -> ScoresOptions {
        let &Self {
            records,
            invalid,
            dense,
            seed,
        } = self;
        ScoresOptions {
            records,
            invalid,
            dense,
            seed,
        }
    }
}

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

/// How large the catalogue is; the same for the three files that belong together
#[derive(Args)]
#[command(after_help = "\
Example, three files that fit together:
  data-gen tracks --tracks 10000 > tracks.csv
  data-gen media-items --tracks 10000 --media-items 1000 > media_item_metadata_log.csv
  data-gen artists --tracks 10000 > artists.csv")]
pub(crate) struct CatalogueArguments {
    /// How many rows the track table has
    #[arg(long, value_name = "N")]
    tracks: u64,
    /// How many media items there are
    #[arg(long, value_name = "M", default_value_t = 0)]
    media_items: u64,
    /// Where the random numbers start
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

impl CatalogueArguments {
    pub(crate) fn options(&self) -> CatalogueOptions {
        let &Self {
            tracks,
            media_items,
            seed,
        } = self;
        CatalogueOptions {
            tracks,
            media_items,
            seed,
        }
    }
}

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
