//! `mixtape status`

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use mixtape::database::DatabaseUrl;
use mixtape::io::{STANDARD_STREAM, Sink};
use mixtape::json::visible;
use mixtape::store::{SourceStatus, Status, Store};

use super::Outcome;
use super::summaries::counted;
use crate::cli::{StatusArguments, StatusFormat};

pub fn run(arguments: &StatusArguments) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&DatabaseUrl::parse(&arguments.db)?)?;
    let status = store.status()?;
    let text = match arguments.format {
        StatusFormat::Text => in_words(&status),
        StatusFormat::Json => {
            serde_json::to_string_pretty(&status).context("cannot write the status")? + "\n"
        }
    };
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
    let written = output.write_all(text.as_bytes());
    written.map_err(|error| output.error(error))?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn in_words(status: &Status) -> String {
    let mut text = format!(
        "{}: {}, imported from {}\ntoken: {}\n",
        visible(&status.database),
        counted(status.playlists, "playlist"),
        visible(&status.imported_from),
        status.token
    );
    for source in &status.sources {
        text += &of_source(source);
    }
    text
}

fn of_source(source: &SourceStatus) -> String {
    let so_far = match source {
        SourceStatus { is_done: true, .. } => "all of it",
        SourceStatus {
            is_endless: true, ..
        } => "followed",
        _ => "not to its end: apply it again",
    };
    let mut text = format!(
        "{}: {} ({} rejected), {so_far}\n",
        visible(&source.name),
        counted(source.operations, "operation"),
        source.rejected
    );
    if let Some(position) = &source.source_position {
        text += &format!("  source position: {}\n", visible(position));
    }
    text + &format!("  token: {}\n", source.token)
}
