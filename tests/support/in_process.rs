//! `apply` without its program.

use std::fs;
use std::path::Path;

use mixtape::apply::{ApplyOptions, Summary, apply};
use mixtape::io::{Rereadable, Sink};
use mixtape::rejects::Rejects;

use super::{Chunked, Folder};

/// What an `apply` in process gave.
#[derive(Debug)]
pub struct Applied {
    pub output: String,
    pub rejects: Vec<serde_json::Value>,
    pub summary: Summary,
}

impl Applied {
    /// Number and reason of each reject.
    pub fn reasons(&self) -> Vec<(u64, String)> {
        self.rejects
            .iter()
            .map(|reject| {
                let reason = reject["reason"].as_str().unwrap().to_owned();
                (reject["number"].as_u64().unwrap(), reason)
            })
            .collect()
    }
}

/// What it gave as it was written.
pub struct Written {
    pub output: String,
    pub reject_lines: String,
    pub summary: Summary,
}

/// Applies `changes`, read `chunk` bytes at a time, in process.
pub fn apply_in_process(
    mixtape: impl AsRef<[u8]>,
    changes: &[u8],
    chunk: usize,
    options: &ApplyOptions,
) -> mixtape::Result<Applied> {
    let written = write_in_process(mixtape, changes, chunk, options)?;
    Ok(Applied {
        output: written.output,
        rejects: written
            .reject_lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("a reject line is JSON"))
            .collect(),
        summary: written.summary,
    })
}

/// As [`apply_in_process`], also where numbers are larger and arrays deeper than serde_json can read.
pub fn write_in_process(
    mixtape: impl AsRef<[u8]>,
    changes: &[u8],
    chunk: usize,
    options: &ApplyOptions,
) -> mixtape::Result<Written> {
    let folder = Folder::new();
    let input = folder.write("mixtape.json", mixtape);
    let output = folder.path("output.json");
    let reject_file = folder.path("rejects.ndjson");
    let mut rejects = Rejects::new(Some(Sink::create(&reject_file)?));
    let summary = apply(
        &Rereadable::open(&input, &Default::default())?,
        "changes",
        Chunked::new(changes, chunk),
        Sink::create(&output)?,
        &mut rejects,
        options,
    )?;
    Ok(Written {
        output: read(&output),
        reject_lines: read(&reject_file),
        summary,
    })
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file that the run has made")
}
