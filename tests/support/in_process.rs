//! `apply` without its program.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use mixtape::Threads;
use mixtape::apply::{ApplyOptions, Summary, apply};
use mixtape::changes::ChangesFormat;
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
    let mixtape = mixtape.as_ref();
    let one = write_once(mixtape, changes, chunk, options);
    let threads = Threads {
        count: NonZeroUsize::new(3).expect("is not zero"),
        piece: 30 + changes.len() / 16,
    };
    let options = ApplyOptions {
        threads,
        ..options.clone()
    };
    let three = write_once(mixtape, changes, chunk, &options);
    // What every test says of one thread is so with several.
    match (&one, &three) {
        (Ok(one), Ok(three)) => {
            assert!(one.output == three.output, "OUTPUT of three threads");
            assert!(
                one.reject_lines == three.reject_lines,
                "rejects of three threads"
            );
            let untimed = |summary: &Summary| Summary {
                seconds: 0.0,
                apply_seconds: 0.0,
                temporary_bytes: None,
                ..summary.clone()
            };
            assert_eq!(untimed(&one.summary), untimed(&three.summary));
        }
        (Err(one), Err(three)) => {
            // Each has a folder of its own.
            let shown =
                |error: &mixtape::Error| (error.message(), error.position(), error.element());
            assert_eq!(shown(one), shown(three));
        }
        _ => panic!("one thread: {:?}, three: {:?}", one.err(), three.err()),
    }
    one
}

/// As [`write_in_process`], of CHANGES in this layout.
pub fn write_changes_in_process(
    format: ChangesFormat,
    mixtape: impl AsRef<[u8]>,
    changes: &[u8],
    chunk: usize,
) -> mixtape::Result<Written> {
    let options = ApplyOptions {
        changes_format: Some(format),
        ..ApplyOptions::default()
    };
    write_in_process(mixtape, changes, chunk, &options)
}

/// What must be applied without an error.
pub fn applied_in_process(mixtape: &str, changes: &[u8], chunk: usize) -> Applied {
    apply_in_process(mixtape, changes, chunk, &ApplyOptions::default())
        .unwrap_or_else(|error| panic!("{error}\n{mixtape}"))
}

/// As [`write_in_process`], with what is asked for and nothing else.
pub fn write_once(
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
