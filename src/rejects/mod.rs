//! What could not be used: why, where, and one line of NDJSON for each.
//!
//! ```
//! use mixtape::json::{ElementPath, Position};
//! use mixtape::rejects::{Evidence, Reason, Reject, Rejection, Rejects};
//!
//! let mut rejects = Rejects::new(None);
//! rejects.add("changes.json", &Reject {
//!     rejection: Rejection::EmptyPlaylist,
//!     element: "operation",
//!     number: 3,
//!     path: Some(ElementPath::item(2)),
//!     position: Position { line: 4, column: 3, byte: 147 },
//!     evidence: Evidence::Operation(br#"{"type": "add_playlist", "user_id": 1, "song_ids": []}"#),
//! })?;
//! assert_eq!(rejects.by_reason().collect::<Vec<_>>(), [(Reason::EmptyPlaylist, 1)]);
//! assert_eq!(
//!     rejects.shown()[0].error.headline(),
//!     "changes.json:4:3: operation 3, $[2]: empty_playlist: a new playlist needs at least one song"
//! );
//! # Ok::<(), mixtape::Error>(())
//! ```

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
use crate::json::{ElementPath, Held, Place, Position, write_on_one_line};

/// Rejects that are kept to be shown when no file collects them.
pub const SHOWN: usize = 10;

/// One thing that could not be used, with its place.
#[derive(Clone, Copy, Debug)]
pub struct Reject<'a> {
    /// Why.
    pub rejection: Rejection<'a>,
    /// What messages call it: `operation`, `row`.
    pub element: &'static str,
    /// Which one of the input it is, from 1.
    pub number: u64,
    /// Where in the document it stands; none where that is not JSON.
    pub path: Option<ElementPath<'a>>,
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
    /// A listening event as it stands in its CSV file, perhaps not UTF-8.
    Event(&'a [u8]),
    /// Text that is not JSON, perhaps not even UTF-8.
    Raw(&'a [u8]),
}

/// A reject to be shown to people, or to programs that read what people do.
#[derive(Debug)]
pub struct Shown {
    /// Why.
    pub reason: Reason,
    /// Where, and in words.
    pub error: Error,
}

/// What it means when the reader of a pipe of rejects goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// It has missed what the run's result lacks: an error.
    Needed,
    /// The rejects are the result, and it has seen enough.
    Free,
}

/// Collects rejects: into a file where one is given; else the first [`SHOWN`] of them are kept to be shown.
pub struct Rejects {
    file: Option<Sink>,
    reader: Reader,
    line: Vec<u8>,
    shown: Vec<Shown>,
    counts: [u64; Reason::ALL.len()],
}

impl Rejects {
    /// Begins with none, beside a result that lacks them.
    pub fn new(file: Option<Sink>) -> Self {
        Self::for_reader(Reader::Needed, file)
    }

    /// Begins with none.
    pub fn for_reader(reader: Reader, file: Option<Sink>) -> Self {
        Rejects {
            file,
            reader,
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
                self.shown.push(reject.shown(name));
            }
            return Ok(());
        };
        self.line.clear();
        write_line(&mut self.line, None, reject)
            .and_then(|()| file.write_all(&self.line))
            .map_err(|error| self.reader.judge(file.name(), file.error(error)))
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

    /// The first rejects, at most [`SHOWN`]; none where a file collects them.
    pub fn shown(&self) -> &[Shown] {
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
        let Some(file) = self.file.take() else {
            return Ok(());
        };
        let name = file.name().to_owned();
        file.finish()
            .map_err(|error| self.reader.judge(&name, error))
    }
}

impl Reader {
    fn judge(self, name: &str, error: Error) -> Error {
        if self == Reader::Free || !error.is_broken_pipe() {
            return error;
        }
        Error::write(name, io::Error::other("the reader of the rejects has gone"))
    }
}

impl Reject<'_> {
    /// The error that it is to a run that shall end with the first one; `held` shows what stands there.
    pub fn error(&self, name: &str, held: &dyn Held) -> Error {
        self.error_at(name, held.place(self.position.byte, None))
    }

    fn shown(&self, name: &str) -> Shown {
        Shown {
            reason: self.rejection.reason(),
            error: self.error_at(name, Place::of_position(self.position)),
        }
    }

    fn error_at(&self, name: &str, place: Place) -> Error {
        let place = Place {
            position: self.position,
            path: self.path.map(|_| String::new()),
            ..place
        };
        let reason = self.rejection.reason();
        let message = format!("{reason}: {}", self.rejection);
        Error::data_at(name, place, message).in_element(Element {
            name: self.element,
            number: self.number,
            path: self.path.map_or_else(String::new, |path| path.to_string()),
        })
    }
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
        Evidence::Event(bytes) => write_text(line, "event", bytes)?,
        Evidence::Raw(bytes) => write_text(line, "raw", bytes)?,
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// A text under its name; bytes that are none as base64.
fn write_text(line: &mut Vec<u8>, name: &str, bytes: &[u8]) -> io::Result<()> {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            write!(line, "\"{name}\": ")?;
            crate::json::write_string(line, text)
        }
        Err(_) => {
            let text = base64::engine::general_purpose::STANDARD.encode(bytes);
            write!(line, "\"raw_base64\": \"{text}\"")
        }
    }
}

/// Formats straight into the line, escaped, without a `String` between.
fn write_message(line: &mut Vec<u8>, message: &impl fmt::Display) -> io::Result<()> {
    serde_json::Serializer::new(line)
        .collect_str(message)
        .map_err(io::Error::from)
}
