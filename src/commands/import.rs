//! `mixtape import`

use std::io::{self, Write};

use mixtape::database::DatabaseUrl;
use mixtape::io::{Progress, Rereadable, Sink};
use mixtape::store::Store;

use super::Outcome;
use super::summaries::{counted, write_summary};
use crate::cli::{CommonArguments, ImportArguments};
use crate::progress::Display;

pub fn run(arguments: &ImportArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let progress = Progress::default();
    let display = Display::start(common, &progress);
    let mut store = Store::open(&DatabaseUrl::parse(&arguments.db)?)?;
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;
    let mixtape = Rereadable::open(&arguments.mixtape, &arguments.input.options(&progress))?;
    let summary = store.import(&mixtape, &arguments.options(&progress))?;
    drop(display);
    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    if common.is_told() {
        // A standard error that is closed loses the summary, not the result.
        let _ = writeln!(
            io::stderr(),
            "{}, {}, {}: {} imported in {:.2} s\ntoken: {}",
            counted(summary.users, "user"),
            counted(summary.songs, "song"),
            counted(summary.playlists, "playlist"),
            counted(summary.bytes, "byte"),
            summary.seconds,
            summary.token
        );
    }
    Ok(Outcome::Done)
}
