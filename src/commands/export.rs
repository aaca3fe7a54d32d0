//! `mixtape export`

use std::io::{self, Write};

use mixtape::database::DatabaseUrl;
use mixtape::io::{Progress, Sink};
use mixtape::store::Store;

use super::Outcome;
use super::summaries::{counted, write_summary};
use crate::cli::{CommonArguments, ExportArguments, WaitArguments};
use crate::progress::Display;

pub fn run(arguments: &ExportArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let progress = Progress::default();
    let mut store = open(&arguments.db, &arguments.wait)?;
    let output = match arguments.compress {
        Some(how) => Sink::create_compressed(&arguments.output, how.compression())?,
        None => Sink::create(&arguments.output)?,
    };
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;
    let display = Display::start(common, &progress);
    let summary = store.export(output, &progress)?;
    drop(display);
    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    if common.is_told() {
        // A standard error that is closed loses the summary, not the result.
        let _ = writeln!(
            io::stderr(),
            "{}: {} written\ntoken: {}",
            counted(summary.playlists, "playlist"),
            counted(summary.bytes, "byte"),
            summary.token
        );
    }
    Ok(Outcome::Done)
}

/// The store, as far as it is wanted.
pub fn open(url: &str, wait: &WaitArguments) -> mixtape::Result<Store> {
    let mut store = Store::open(&DatabaseUrl::parse(url)?)?;
    if let Some(token) = &wait.at_least {
        store.wait_for(token, wait.patience())?;
    }
    Ok(store)
}
