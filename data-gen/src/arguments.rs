//! The arguments of the program: one file for each set that a subcommand takes.

mod catalogue;
mod changes;
mod listening;
mod mixtape;
mod scores;
mod youtube;

use catalogue::CatalogueArguments;
use changes::ChangesArguments;
use clap::{ArgAction, Parser, Subcommand};
use listening::ListeningArguments;
use mixtape::MixtapeArguments;
use scores::ScoresArguments;
use youtube::YoutubeArguments;

pub(crate) use listening::ListeningFile;

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
