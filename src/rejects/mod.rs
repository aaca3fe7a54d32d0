//! What could not be used: why, where, and one line of NDJSON for each.

mod batch;
mod limit;
mod reason;
mod rejection;

use std::fmt;
use std::io::{self, Write};

use base64::Engine;
use serde::Serializer;

pub use batch::RejectBatch;
pub use limit::RejectLimit;
pub use reason::Reason;
pub use rejection::{Missing, Rejection, Verdict};

use crate::error::{Element, Error, Result};
use crate::io::Sink;
use crate::json::{Held, Place, Position, write_on_one_line};

/// Rejects that are kept to be shown when no file collects them.
pub const SHOWN: usize = 10;

/// One thing that could not be used, with its place.
#[derive(Clone, Copy, Debug)]
pub struct Reject<'a> {
    /// Why.
    pub rejection: Rejection<'a>,
    /// Which one of the input it is, from 1.
    pub number: u64,
    /// Where it starts.
    pub position: Position,
    /// What it was.
    pub evidence: Evidence<'a>,
}

/// The rejected thing itself.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// A valid JSON value, as it was written.
    Operation(&'a [u8]),
    /// A row of a dump: a valid JSON value, as it was written.
    Row(&'a [u8]),
    /// Text that is not JSON, perhaps not even UTF-8.
    Raw(&'a [u8]),
}

/// Collects rejects: into a file where one is given; else the first [`SHOWN`] of them are kept as lines for people.
pub struct Rejects {
    file: Option<Sink>,
    line: Vec<u8>,
    shown: Vec<String>,
    counts: [u64; Reason::ALL.len()],
}

impl Rejects {
    /// Begins with none.
    pub fn new(file: Option<Sink>) -> Self {
        Rejects {
            file,
            line: Vec::new(),
            shown: Vec::new(),
            counts: [0; Reason::ALL.len()],
        }
    }

    /// Collects those that come from now on in a file.
    pub fn collect_in(&mut self, file: Sink) {
        self.file = Some(file);
    }

    /// Takes one more, from the input `name`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, name: &str, reject: &Reject<'_>) -> Result<()> {
        self.counts[reject.rejection.reason() as usize] += 1;
        let Some(file) = &mut self.file else {
            if self.shown.len() < SHOWN {
                let Position { line, column, .. } = reject.position;
                self.shown.push(format!(
                    "{name}:{line}:{column}: {}",
                    describe("operation", reject)
                ));
            }
            return Ok(());
        };
        self.line.clear();
        write_line(&mut self.line, None, reject)
            .and_then(|()| file.write_all(&self.line))
            .map_err(|error| file.error(error))
    }

    /// How many there were in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many there were for each reason that occurred, in the order of [`Reason::ALL`].
    pub fn by_reason(&self) -> impl Iterator<Item = (Reason, u64)> {
        let counts = self.counts;
        Reason::ALL
            .into_iter()
            .map(move |reason| (reason, counts[reason as usize]))
            .filter(|(_, count)| *count > 0)
    }

    /// The first rejects in words, at most [`SHOWN`]; none where a file collects them.
    pub fn shown(&self) -> &[String] {
        &self.shown
    }

    /// Whether a file collects them.
    pub fn collected(&self) -> bool {
        self.file.is_some()
    }

    /// Puts what was collected so far on the disk; [`Sink::checkpoint`].
    ///
    /// # Errors
    /// When that fails.
    pub fn checkpoint(&mut self) -> Result<Option<u64>> {
        self.file.as_mut().map_or(Ok(None), Sink::checkpoint)
    }

    /// Puts the file in place.
    ///
    /// # Errors
    /// When that fails.
    pub fn finish(&mut self) -> Result<()> {
        self.file.take().map_or(Ok(()), Sink::finish)
    }
}

impl Reject<'_> {
    /// The error that it is to a run that shall end with the first one; `held` shows what stands there.
    pub fn error(&self, name: &str, held: &dyn Held) -> Error {
        let place = Place {
            position: self.position,
            path: None,
            ..held.place(self.position.byte, None)
        };
        let reason = self.rejection.reason();
        let message = format!("{reason}: {}", self.rejection);
        Error::data_at(name, place, message).in_element(Element {
            name: "operation",
            number: self.number,
            path: String::new(),
        })
    }
}

/// `operation 2: unknown_song: no song has the id "99"`
fn describe(what: &str, reject: &Reject<'_>) -> String {
    let rejection = &reject.rejection;
    let reason = rejection.reason();
    format!("{what} {}: {reason}: {rejection}", reject.number)
}

/// The format that every reject file has; of operations it is again a valid CHANGES. `source` names the input where a run has
/// several.
fn write_line(line: &mut Vec<u8>, source: Option<&str>, reject: &Reject<'_>) -> io::Result<()> {
    let Position {
        line: row,
        column,
        byte,
    } = reject.position;
    write!(
        line,
        "{{\"reason\": \"{}\", \"message\": ",
        reject.rejection.reason()
    )?;
    write_message(line, &reject.rejection)?;
    if let Some(source) = source {
        line.extend_from_slice(b", \"source\": ");
        crate::json::write_string(line, source)?;
    }
    write!(
        line,
        ", \"number\": {}, \"line\": {row}, \"column\": {column}, \"byte\": {byte}, ",
        reject.number
    )?;
    match reject.evidence {
        Evidence::Operation(json) => {
            line.extend_from_slice(b"\"operation\": ");
            write_on_one_line(line, json)?;
        }
        Evidence::Row(json) => {
            line.extend_from_slice(b"\"row\": ");
            write_on_one_line(line, json)?;
        }
        Evidence::Raw(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => {
                line.extend_from_slice(b"\"raw\": ");
                crate::json::write_string(line, text)?;
            }
            Err(_) => {
                let text = base64::engine::general_purpose::STANDARD.encode(bytes);
                write!(line, "\"raw_base64\": \"{text}\"")?;
            }
        },
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// Formats straight into the line, escaped, without a `String` between.
fn write_message(line: &mut Vec<u8>, message: &impl fmt::Display) -> io::Result<()> {
    serde_json::Serializer::new(line)
        .collect_str(message)
        .map_err(io::Error::from)
}
