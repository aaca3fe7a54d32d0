//! What one machine makes of a mixtape and changes that stand in lines.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use mixtape::apply::{self, ApplyOptions};
use mixtape::io::{Rereadable, Sink};
use mixtape::rejects::Rejects;
use mixtape::shard::Bounds;

use crate::support::{Folder, Written, write_in_process};

/// What both call the changes.
pub const CHANGES: &str = "changes";

/// What an error says.
#[derive(Debug, PartialEq)]
pub struct Stopped {
    pub text: String,
    pub exit_code: u8,
    pub path: Option<String>,
    /// Those that were put in place: they say why.
    pub rejects: Option<String>,
}

impl From<mixtape::Error> for Stopped {
    fn from(error: mixtape::Error) -> Self {
        Stopped {
            text: error.to_string(),
            exit_code: error.kind().exit_code(),
            path: error.path(),
            rejects: None,
        }
    }
}

/// A mixtape and changes as lines, each with its line break.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub users: Vec<Vec<u8>>,
    pub songs: Vec<Vec<u8>>,
    pub playlists: Vec<Vec<u8>>,
    pub changes: Vec<Vec<u8>>,
}

/// What a run gave.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub playlists: String,
    pub rejects: String,
    pub applied: BTreeMap<String, u64>,
    pub rejected: BTreeMap<String, u64>,
    pub playlists_after: u64,
}

impl Parts {
    /// The document that the lines stand for.
    pub fn document(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for (name, lines) in [
            ("{\"users\": [\n", &self.users),
            ("], \"songs\": [\n", &self.songs),
            ("], \"playlists\": [\n", &self.playlists),
        ] {
            text.extend_from_slice(name.as_bytes());
            for (i, line) in lines.iter().enumerate() {
                text.extend_from_slice(line.trim_ascii_end());
                let is_last = i + 1 == lines.len();
                text.extend_from_slice(if is_last { b"\n" } else { b",\n" });
            }
        }
        text.extend_from_slice(b"]}\n");
        text
    }

    /// What ends the run of one machine within such bounds, if something does.
    pub fn stopped(&self, bounds: &Bounds) -> Option<Stopped> {
        let folder = Folder::new();
        let mixtape = folder.write("mixtape.json", self.document());
        let mixtape = Rereadable::open(&mixtape, &Default::default()).unwrap();
        let mut rejects = Rejects::new(Some(Sink::create(&folder.path("rejects")).unwrap()));
        let changes = self.changes.concat();
        let options = ApplyOptions {
            changes_format: Some(mixtape::changes::ChangesFormat::Ndjson),
            on_reject: bounds.on_reject,
            max_rejects: bounds.max_rejects,
            max_operation: bounds.max_operation,
            max_id: bounds.max_id,
            max_depth: bounds.max_depth,
            ..ApplyOptions::default()
        };
        let output = Sink::nowhere();
        let run = apply::apply(
            &mixtape,
            CHANGES,
            &changes[..],
            output,
            &mut rejects,
            &options,
        );
        let rejects = fs::read_to_string(folder.path("rejects")).ok();
        run.err().map(|error| Stopped {
            rejects,
            ..error.into()
        })
    }

    /// What one machine makes of it.
    pub fn apply(&self) -> mixtape::Result<Outcome> {
        let options = ApplyOptions {
            changes_format: Some(mixtape::changes::ChangesFormat::Ndjson),
            ..ApplyOptions::default()
        };
        let Written {
            output,
            reject_lines,
            summary,
        } = write_in_process(self.document(), &self.changes.concat(), 4096, &options)?;
        let counts = |value: Value| serde_json::from_value(value).unwrap();
        Ok(Outcome {
            playlists: playlist_lines(&output),
            rejects: reject_lines,
            applied: counts(json!(summary.applied)),
            rejected: counts(json!(summary.rejected)),
            playlists_after: summary.playlists_after,
        })
    }
}

/// The playlists of such a document, a line each.
fn playlist_lines(document: &str) -> String {
    let (_, playlists) = document.split_once("\"playlists\": [").unwrap();
    let playlists = playlists.strip_suffix("]}\n").unwrap();
    let lines = playlists.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| line.strip_suffix(',').unwrap_or(line).to_owned() + "\n")
        .collect()
}
