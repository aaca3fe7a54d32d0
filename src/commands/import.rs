//! `mixtape import`

use std::io::Write;

use mixtape::Result;
use mixtape::database::DatabaseUrl;
use mixtape::io::{Progress, Rereadable};
use mixtape::store::Store;

use super::outputs::SummaryFile;
use super::paths::{file_of, refuse_to_overwrite};
use super::summaries::{counted, tell};
use crate::cli::{CommonArguments, ImportArguments};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(arguments: &ImportArguments, common: &CommonArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    refuse_to_overwrite(
        &[("MIXTAPE", &arguments.mixtape)],
        &[
            ("the database", file_of(&url)),
            ("the --summary file", arguments.summary.as_deref()),
        ],
    )?;
    let progress = Progress::default();
    let display = Display::start(common, &progress);
    let mut store = Store::open(&url)?;
    let summary_file = SummaryFile::create(arguments.summary.as_deref())?;
    let mixtape = Rereadable::open(&arguments.mixtape, &arguments.input.options(&progress))?;
    let summary = store.import(&mixtape, &arguments.options(&progress))?;
    drop(display);
    summary_file.write(&summary)?;
    tell(common, |output| {
        writeln!(
            output,
            "{}, {}, {}: {} imported in {:.2} s\ntoken: {}",
            counted(summary.users, "user"),
            counted(summary.songs, "song"),
            counted(summary.playlists, "playlist"),
            counted(summary.bytes, "byte"),
            summary.seconds,
            summary.token
        )
    });
    Ok(Outcome::Done)
}
