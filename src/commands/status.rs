//! `mixtape status`

use std::io::Write;

use mixtape::Result;
use mixtape::database::DatabaseUrl;
use mixtape::json::visible;
use mixtape::store::{SourceStatus, Status, Store};

use super::paths::{read_from, refuse_to_print_over};
use super::results;
use super::summaries::counted;
use crate::cli::{StatusArguments, StatusFormat};
use crate::outcome::Outcome;

pub fn run(arguments: &StatusArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    refuse_to_print_over(read_from(&url).as_slice())?;
    let mut store = Store::open(&url)?;
    let status = store.status()?;
    match arguments.format {
        StatusFormat::Text => {
            results::print(|output| output.write_all(in_words(&status).as_bytes()))
        }
        StatusFormat::Json => results::print_json(&status),
    }?;
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
