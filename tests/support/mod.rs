//! What the tests share: folders that go away, the program run as a user would, and documents of every style.
#![allow(dead_code)] // each test binary uses its own part

pub mod documents;
pub mod model;
#[cfg(unix)]
pub mod postgres;
pub mod random;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use mixtape::apply::{ApplyOptions, Summary, apply};
use mixtape::io::{Rereadable, Sink};
use mixtape::rejects::Rejects;

/// The program under test.
pub fn mixtape() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mixtape"))
}

/// Says why a test is not run, past the harness, which would keep it to itself.
pub fn say_skipped(reason: &str) {
    let _ = writeln!(io::stderr(), "\n*** tests skipped: {reason} ***");
}

/// A folder that goes away with the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        // In memory where there is such a place: thousands of little outputs, each synced to a disk, would take a minute.
        let memory = tempfile::tempdir_in("/dev/shm");
        Folder(
            memory
                .or_else(|_| tempfile::tempdir())
                .expect("a temporary folder"),
        )
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, contents).expect("the test's file");
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file of text")
    }

    /// The names in the folder, to see that nothing is left behind.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .expect("the folder")
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs the program in this folder.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        self.run_with_input(arguments, b"")
    }

    /// Runs the program in this folder with `input` on its standard input.
    pub fn run_with_input<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Run {
        let mut child = mixtape()
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // It may end without reading all of it.
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::of(child.wait_with_output().expect("the program ends"))
    }
}

/// How a run ended and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Self {
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }
}

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

/// Applies `changes`, read `chunk` bytes at a time, in process.
pub fn apply_in_process(
    mixtape: &str,
    changes: &[u8],
    chunk: usize,
    options: &ApplyOptions,
) -> mixtape::Result<Applied> {
    let folder = Folder::new();
    let input = folder.write("mixtape.json", mixtape);
    let output = folder.path("output.json");
    let reject_file = folder.path("rejects.ndjson");
    let mut rejects = Rejects::new(Some(Sink::create(&reject_file)?));
    let summary = apply(
        &Rereadable::open(&input)?,
        "changes",
        Chunked::new(changes, chunk),
        Sink::create(&output)?,
        &mut rejects,
        options,
    )?;
    Ok(Applied {
        output: read(&output),
        rejects: read(&reject_file)
            .lines()
            .map(|line| serde_json::from_str(line).expect("a reject line is JSON"))
            .collect(),
        summary,
    })
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file that the run has made")
}

/// Gives at most `chunk` bytes at a time, and now and then an interrupted call, as slow pipes do.
pub struct Chunked<'a> {
    bytes: &'a [u8],
    chunk: usize,
    calls: u64,
}

impl<'a> Chunked<'a> {
    pub fn new(bytes: &'a [u8], chunk: usize) -> Self {
        Chunked {
            bytes,
            chunk,
            calls: 0,
        }
    }
}

impl Read for Chunked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.calls.is_multiple_of(5) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = self.chunk.min(buffer.len()).min(self.bytes.len());
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}
