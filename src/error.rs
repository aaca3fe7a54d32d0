//! The one error of the library: what went wrong, where, and why.
//!
//! ```
//! use mixtape::ErrorKind;
//! use mixtape::top::{TopOptions, top};
//!
//! let scores = b"9: {\"id\": 1}\n7: {\"name\": \"no id\"}\n";
//! let error = top("scores", &scores[..], &TopOptions::default()).err().unwrap();
//! assert_eq!(error.kind(), ErrorKind::Data);
//! assert_eq!(error.kind().exit_code(), 2);
//! assert_eq!(error.to_string(), "scores:2:4: record 2, $: the record has no member \"id\" (byte 16)");
//! ```

mod stop;

use std::error::Error as StdError;
use std::fmt;
use std::io;

use crate::json::{Failure, Place, Position, Snippet};

pub use stop::{Broken, Stop};

/// What every fallible function of the library returns.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with its place in the input, where it has one. One pointer wide.
///
/// `Display` puts the place first: `changes.json:3:41: operation 2, $[1].song_ids: expected ',' or ']' (byte 118)`.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    input: Option<String>,
    place: Option<Place>,
    element: Option<Element>,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Which part of an input an error is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is: `operation`, `record`; empty for a document.
    pub name: &'static str,
    /// Which one of the input it is, from 1; of a document, 0.
    pub number: u64,
    /// Its JSON path in the document: `$[1]`, or `$` where it is one itself.
    pub path: String,
}

impl Element {
    /// The document that an input is as a whole.
    pub fn document() -> Self {
        Element {
            name: "",
            number: 0,
            path: "$".to_owned(),
        }
    }
}

/// What sort of error it is; decides the exit code.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file cannot be opened, read or written.
    Io,
    /// What was read is not what it must be.
    Data,
    /// A stated bound was passed.
    Limit,
    /// What was asked for by name is not there.
    Missing,
    /// What was asked for makes no sense.
    Usage,
}

impl ErrorKind {
    /// The exit code of a program that ends with such an error.
    pub fn exit_code(self) -> u8 {
        match self {
            ErrorKind::Io => 1,
            ErrorKind::Data | ErrorKind::Limit => 2,
            ErrorKind::Missing => 3,
            ErrorKind::Usage => 64,
        }
    }

    /// The stable name, for programs.
    pub fn name(self) -> &'static str {
        match self {
            ErrorKind::Io => "io",
            ErrorKind::Data => "data",
            ErrorKind::Limit => "limit",
            ErrorKind::Missing => "missing",
            ErrorKind::Usage => "usage",
        }
    }
}

impl Error {
    /// A file that cannot be opened or read. Bytes that cannot be decompressed are invalid data.
    #[cold]
    pub fn io(action: &str, name: &str, source: io::Error) -> Self {
        let kind = match source.kind() {
            io::ErrorKind::InvalidData => ErrorKind::Data,
            _ => ErrorKind::Io,
        };
        let message = format!("cannot {action} {name}");
        Error::new(kind, message, Some(Box::new(source)))
    }

    /// A file that cannot be written.
    #[cold]
    pub fn write(name: &str, source: io::Error) -> Self {
        let message = format!("{name}: write error");
        Error::new(ErrorKind::Io, message, Some(Box::new(source)))
    }

    /// A database that cannot be opened, read or written.
    #[cold]
    pub fn database(action: &str, name: &str, source: Box<dyn StdError + Send + Sync>) -> Self {
        let message = format!("cannot {action} {name}");
        Error::new(ErrorKind::Io, message, Some(source))
    }

    /// What is there already does not go with what is to come.
    #[cold]
    pub fn conflict(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Data, message.into(), None)
    }

    /// Something that was asked for by its name, and that nothing is called.
    #[cold]
    pub fn missing(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Missing, message.into(), None)
    }

    /// A demand that makes no sense.
    #[cold]
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Usage, message.into(), None)
    }

    /// A bound that was passed at no place in particular.
    #[cold]
    pub fn limit(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Limit, message.into(), None)
    }

    /// Invalid data at a place of the input `name`.
    #[cold]
    pub fn data(name: &str, position: Position, message: impl Into<String>) -> Self {
        Error::data_at(name, Place::of_position(position), message)
    }

    /// Invalid data at a place of the input `name`, with what stands there.
    #[cold]
    pub fn data_at(name: &str, place: Place, message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Data, message.into(), None).at(name, place)
    }

    /// A reader's failure to begin with the input `name`.
    #[cold]
    pub fn at_start(name: &str, failure: Failure) -> Self {
        Error::of_failure(name, failure, |_| Place::of_position(Position::START))
    }

    /// A reader's failure in the input `name`; `place` finds what stands at its offset.
    #[cold]
    pub fn of_failure(name: &str, failure: Failure, place: impl FnOnce(u64) -> Place) -> Self {
        let (kind, offset, message) = match failure {
            Failure::Io(source) => return Error::io("read", name, source),
            Failure::Data { offset, message } => (ErrorKind::Data, offset, message),
            Failure::Limit { offset, message } => (ErrorKind::Limit, offset, message),
        };
        let place = place(offset);
        let message = place.hint.clone().unwrap_or(message);
        Error::new(kind, message, None).at(name, place)
    }

    fn new(
        kind: ErrorKind,
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Error(Box::new(Inner {
            kind,
            input: None,
            place: None,
            element: None,
            message,
            source,
        }))
    }

    fn at(mut self, name: &str, place: Place) -> Self {
        self.0.input = Some(name.to_owned());
        self.0.place = Some(place);
        self
    }

    /// The same error, about this element.
    pub fn in_element(mut self, element: Element) -> Self {
        self.0.element = Some(element);
        self
    }

    /// The same error, its place found out by `find`. Where that fails the place stays as it is.
    pub fn found_by(mut self, find: impl FnOnce(u64) -> io::Result<Place>) -> Self {
        if let Some(place) = &mut self.0.place
            && let Ok(found) = find(place.position.byte)
        {
            if let Some(hint) = &found.hint {
                self.0.message.clone_from(hint);
            }
            *place = found;
        }
        self
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The input that it is about, as messages call it, if it is about data.
    pub fn input(&self) -> Option<&str> {
        self.0.input.as_deref()
    }

    /// Where in the input it is, if it is about data.
    pub fn position(&self) -> Option<Position> {
        self.0.place.as_ref().map(|place| place.position)
    }

    /// The line around the place, where it could be looked at.
    pub fn snippet(&self) -> Option<&Snippet> {
        self.0.place.as_ref()?.snippet.as_ref()
    }

    /// The operation or record that it is about, where it is about one.
    pub fn element(&self) -> Option<(&'static str, u64)> {
        let element = self.0.element.as_ref()?;
        (!element.name.is_empty()).then_some((element.name, element.number))
    }

    /// The JSON path of the place, where it is known: `$[1].song_ids`.
    pub fn path(&self) -> Option<String> {
        let element = self.0.element.as_ref()?;
        let path = self.0.place.as_ref()?.path.as_ref()?;
        Some(format!("{}{path}", element.path))
    }

    /// What is wrong, without its place.
    pub fn message(&self) -> String {
        match &self.0.source {
            // Shown here, not left to the chain: what the system says is the point of these messages.
            Some(source) => format!("{}: {source}", self.0.message),
            None => self.0.message.clone(),
        }
    }

    /// All but the byte, which a picture of the place shows.
    pub fn headline(&self) -> String {
        let mut line = String::new();
        if let (Some(input), Some(position)) = (self.input(), self.position()) {
            line += &format!("{input}:{}:{}: ", position.line, position.column);
        }
        let element = self
            .element()
            .map(|(name, number)| format!("{name} {number}"));
        match (element, self.path()) {
            (Some(element), Some(path)) => line += &format!("{element}, {path}: "),
            (Some(one), None) | (None, Some(one)) => line += &format!("{one}: "),
            (None, None) => {}
        }
        line + &self.message()
    }

    /// Whether a reader of our output has gone away, which is no error to a pipe.
    pub fn is_broken_pipe(&self) -> bool {
        self.source()
            .and_then(|source| source.downcast_ref::<io::Error>())
            .is_some_and(|source| source.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        match self.position() {
            Some(position) => write!(f, " (byte {})", position.byte),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
