//! `mixtape export`

use std::io::Write;

use mixtape::Result;
use mixtape::database::DatabaseUrl;
use mixtape::io::Progress;

use super::outputs::{self, SummaryFile};
use super::paths::{read_from, refuse_to_overwrite};
use super::stores;
use super::summaries::{counted, tell};
use crate::cli::{CommonArguments, ExportArguments};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(arguments: &ExportArguments, common: &CommonArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    refuse_to_overwrite(
        read_from(&url).as_slice(),
        &[
            ("OUTPUT", Some(&arguments.output)),
            ("the --summary file", arguments.summary.as_deref()),
        ],
    )?;
    let progress = Progress::default();
    let mut store = stores::open(&url, &arguments.wait)?;
    let output = outputs::create(&arguments.output, arguments.compress)?;
    let summary_file = SummaryFile::create(arguments.summary.as_deref())?;
    let display = Display::start(common, &progress);
    let summary = store.export(output, &progress)?;
    drop(display);
    summary_file.write(&summary)?;
    tell(common, |output| {
        writeln!(
            output,
            "{}: {} written\ntoken: {}",
            counted(summary.playlists, "playlist"),
            counted(summary.bytes, "byte"),
            summary.token
        )
    });
    Ok(Outcome::Done)
}
