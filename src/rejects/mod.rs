//! What could not be used: why, where, and one line of NDJSON for each.

mod batch;
mod limit;

use std::fmt;
use std::io::{self, Write};

use base64::Engine;
use serde::{Serialize, Serializer};

pub use batch::RejectBatch;
pub use limit::RejectLimit;

use crate::error::{Element, Error, Result};
use crate::id::Id;
use crate::io::Sink;
use crate::json::{Held, Place, Position, write_on_one_line};

/// Rejects that are kept to be shown when no file collects them.
pub const SHOWN: usize = 10;

/// Why something was rejected. The names are stable: they stand in reject files and summaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No playlist has this id (any more).
    UnknownPlaylist,
    /// No song has this id.
    UnknownSong,
    /// No user has this id.
    UnknownUser,
    /// A new playlist without a song.
    EmptyPlaylist,
    /// A playlist has this id already.
    DuplicatePlaylist,
    /// The type of operation is none that exists.
    UnknownOperation,
    /// A member that the operation needs is not there.
    MissingMember,
    /// A member, or the operation itself, is of the wrong JSON type.
    WrongType,
    /// A member stands twice.
    DuplicateMember,
    /// A line is not JSON.
    MalformedJson,
    /// A time that no calendar or clock has.
    ImpossibleTime,
    /// A text with U+0000, which the database cannot hold.
    NulInText,
    /// An id or a name longer than the database can tell apart.
    TextTooLong,
}

impl Reason {
    /// Every reason, in the order of the summary.
    pub const ALL: [Reason; 13] = [
        Reason::UnknownPlaylist,
        Reason::UnknownSong,
        Reason::UnknownUser,
        Reason::EmptyPlaylist,
        Reason::DuplicatePlaylist,
        Reason::UnknownOperation,
        Reason::MissingMember,
        Reason::WrongType,
        Reason::DuplicateMember,
        Reason::MalformedJson,
        Reason::ImpossibleTime,
        Reason::NulInText,
        Reason::TextTooLong,
    ];

    /// The stable name, such as `unknown_playlist`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::UnknownPlaylist => "unknown_playlist",
            Reason::UnknownSong => "unknown_song",
            Reason::UnknownUser => "unknown_user",
            Reason::EmptyPlaylist => "empty_playlist",
            Reason::DuplicatePlaylist => "duplicate_playlist",
            Reason::UnknownOperation => "unknown_operation",
            Reason::MissingMember => "missing_member",
            Reason::WrongType => "wrong_type",
            Reason::DuplicateMember => "duplicate_member",
            Reason::MalformedJson => "malformed_json",
            Reason::ImpossibleTime => "impossible_time",
            Reason::NulInText => "nul_in_text",
            Reason::TextTooLong => "text_too_long",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A reason with what it is about. `Display` is the message for people. Making one allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection<'a> {
    /// [`Reason::UnknownPlaylist`]
    UnknownPlaylist(Missing<'a>),
    /// [`Reason::UnknownSong`]
    UnknownSong(Missing<'a>),
    /// [`Reason::UnknownUser`]
    UnknownUser(Missing<'a>),
    /// [`Reason::EmptyPlaylist`]
    EmptyPlaylist,
    /// [`Reason::DuplicatePlaylist`]
    DuplicatePlaylist(Id<'a>),
    /// [`Reason::UnknownOperation`]
    UnknownOperation(&'a str),
    /// [`Reason::MissingMember`]
    MissingMember(&'static str),
    /// [`Reason::WrongType`]
    WrongType {
        /// The member, or what else is of the wrong type.
        what: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// [`Reason::DuplicateMember`]
    DuplicateMember(&'a str),
    /// [`Reason::MalformedJson`]
    MalformedJson(&'a str),
    /// [`Reason::ImpossibleTime`]
    ImpossibleTime(&'a str),
    /// [`Reason::NulInText`]
    NulInText(&'static str),
    /// [`Reason::TextTooLong`]
    TextTooLong {
        /// The member.
        what: &'static str,
        /// Most bytes.
        limit: usize,
    },
}

/// An id that nothing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing<'a> {
    /// The id.
    pub id: Id<'a>,
    /// Whether something has the same text as an id of the other JSON type, which is a different id.
    pub has_twin: bool,
}

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)?;
        if self.has_twin {
            let twin = self.id.twin();
            write!(f, "; there is one with the {} {twin}", twin.kind.name())?;
        }
        Ok(())
    }
}

/// What becomes of an operation: it is applied, or it is not, and nothing has changed.
pub type Verdict<'a> = std::result::Result<(), Rejection<'a>>;

impl Rejection<'_> {
    /// The reason alone.
    pub fn reason(&self) -> Reason {
        match self {
            Rejection::UnknownPlaylist(_) => Reason::UnknownPlaylist,
            Rejection::UnknownSong(_) => Reason::UnknownSong,
            Rejection::UnknownUser(_) => Reason::UnknownUser,
            Rejection::EmptyPlaylist => Reason::EmptyPlaylist,
            Rejection::DuplicatePlaylist(_) => Reason::DuplicatePlaylist,
            Rejection::UnknownOperation(_) => Reason::UnknownOperation,
            Rejection::MissingMember(_) => Reason::MissingMember,
            Rejection::WrongType { .. } => Reason::WrongType,
            Rejection::DuplicateMember(_) => Reason::DuplicateMember,
            Rejection::MalformedJson(_) => Reason::MalformedJson,
            Rejection::ImpossibleTime(_) => Reason::ImpossibleTime,
            Rejection::NulInText(_) => Reason::NulInText,
            Rejection::TextTooLong { .. } => Reason::TextTooLong,
        }
    }
}

impl fmt::Display for Rejection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::UnknownPlaylist(id) => write!(f, "no playlist has the id {id}"),
            Rejection::UnknownSong(id) => write!(f, "no song has the id {id}"),
            Rejection::UnknownUser(id) => write!(f, "no user has the id {id}"),
            Rejection::EmptyPlaylist => f.write_str("a new playlist needs at least one song"),
            Rejection::DuplicatePlaylist(id) => write!(f, "a playlist has the id {id} already"),
            Rejection::UnknownOperation(name) => write!(
                f,
                "{name:?} is none of add_song_to_playlist, add_playlist, remove_playlist"
            ),
            Rejection::MissingMember(member) => write!(f, "member {member:?} is missing"),
            Rejection::WrongType { what, expected } => write!(f, "{what} must be {expected}"),
            Rejection::DuplicateMember(member) => write!(f, "member {member:?} stands twice"),
            Rejection::MalformedJson(message) => f.write_str(message),
            Rejection::ImpossibleTime(text) => {
                // Whatever stands there in place of a time may be long.
                let shown = text
                    .char_indices()
                    .nth(40)
                    .map_or(*text, |(end, _)| &text[..end]);
                let more = if shown.len() < text.len() { "…" } else { "" };
                write!(
                    f,
                    "{shown:?}{more} is no time; expected one such as 2022-05-20T12:19:10.516896"
                )
            }
            Rejection::NulInText(member) => write!(
                f,
                "{member} has the character U+0000, which Postgres cannot hold"
            ),
            Rejection::TextTooLong { what, limit } => write!(
                f,
                "{what} is longer than the {limit} bytes that Postgres can index"
            ),
        }
    }
}

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
        Error::of_reject(name, place, message).in_element(Element {
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
