//! The one error of the library: what went wrong, where, and why.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use crate::json::{Failure, Position};

/// What every fallible function of the library returns.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with its place in the input, where it has one. One pointer wide.
///
/// `Display` puts the place first: `changes.json:3:41: expected ',' or ']'`.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    input: Option<String>,
    position: Option<Position>,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
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
    /// What was asked for makes no sense.
    Usage,
}

impl ErrorKind {
    /// The exit code of a program that ends with such an error.
    pub fn exit_code(self) -> u8 {
        match self {
            ErrorKind::Io => 1,
            ErrorKind::Data | ErrorKind::Limit => 2,
            ErrorKind::Usage => 64,
        }
    }
}

impl Error {
    /// A file that cannot be opened, read or written.
    #[cold]
    pub fn io(action: &str, name: &str, source: io::Error) -> Self {
        Error::new(
            ErrorKind::Io,
            format!("cannot {action} {name}"),
            Some(Box::new(source)),
        )
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
        Error::new(ErrorKind::Data, message.into(), None).at(name, position)
    }

    /// A reader's failure in the input `name`; `position` finds the line and column of its offset.
    #[cold]
    pub fn of_failure(
        name: &str,
        failure: Failure,
        position: impl FnOnce(u64) -> Position,
    ) -> Self {
        match failure {
            Failure::Io(source) => Error::io("read", name, source),
            Failure::Data { offset, message } => Error::data(name, position(offset), message),
            Failure::Limit { offset, message } => Error::limit(message).at(name, position(offset)),
        }
    }

    fn new(
        kind: ErrorKind,
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Error(Box::new(Inner {
            kind,
            input: None,
            position: None,
            message,
            source,
        }))
    }

    fn at(mut self, name: &str, position: Position) -> Self {
        self.0.input = Some(name.to_owned());
        self.0.position = Some(position);
        self
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where in the input it is, if it is about data.
    pub fn position(&self) -> Option<Position> {
        self.0.position
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
        let Inner {
            input,
            position,
            message,
            source,
            ..
        } = &*self.0;
        if let (Some(input), Some(position)) = (input, position) {
            write!(f, "{input}:{}:{}: ", position.line, position.column)?;
        }
        f.write_str(message)?;
        if let Some(position) = position {
            write!(f, " (byte {})", position.byte)?;
        }
        // Shown here, not left to the chain: what the system says is the point of these messages.
        if let Some(source) = source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
