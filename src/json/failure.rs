//! Why a document could not be read on, before a file name is known.

use std::fmt;
use std::io::{self, ErrorKind};
use std::ops::Range;

use struson::reader::{JsonReaderPosition, ReaderError, SyntaxErrorKind};

use super::HoldLimit;

/// Reading ends here: what is wrong, and at which offset of the stream.
///
/// Rooms above put the input's name, line and column to it.
#[derive(Debug)]
pub enum Failure {
    /// The bytes cannot be got.
    Io(io::Error),
    /// What stands at `offset` is not what must stand there.
    Data {
        /// Offset in the stream.
        offset: u64,
        /// What is wrong, without the place.
        message: String,
    },
    /// A stated bound is passed at `offset`.
    Limit {
        /// Offset in the stream.
        offset: u64,
        /// Which bound, and the flag that lifts it.
        message: String,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Io(error) => error.fmt(f),
            Failure::Data { offset, message } | Failure::Limit { offset, message } => {
                write!(f, "{message} (byte {offset})")
            }
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// A [`Failure::Data`].
    #[cold]
    pub fn data(offset: u64, message: impl Into<String>) -> Self {
        Failure::Data {
            offset,
            message: message.into(),
        }
    }

    /// The place in the stream that it is about; none where that is the stream itself.
    pub fn offset(&self) -> Option<u64> {
        match self {
            Failure::Io(_) => None,
            Failure::Data { offset, .. } | Failure::Limit { offset, .. } => Some(*offset),
        }
    }

    /// The failure that struson's error is. `start` is the offset of the document in the stream.
    #[cold]
    pub fn of_reader(error: ReaderError, start: u64) -> Self {
        let offset = start + error_offset(&error);
        match error {
            ReaderError::IoError { error, .. } => Failure::of_io(error, offset),
            ReaderError::MaxNestingDepthExceeded {
                max_nesting_depth, ..
            } => Failure::Limit {
                offset,
                message: format!(
                    "nested more than {max_nesting_depth} levels deep; --max-depth sets this limit"
                ),
            },
            other => Failure::Data {
                offset,
                message: explain(&other),
            },
        }
    }

    /// A failed read at `offset`: a limit of ours, bytes that are not UTF-8, or really the source.
    #[cold]
    pub fn of_io(error: io::Error, offset: u64) -> Self {
        if let Some(limit) = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<HoldLimit>())
        {
            return limit.passed(offset);
        }
        if error.kind() == ErrorKind::InvalidData {
            return Failure::data(offset, error.to_string());
        }
        Failure::Io(error)
    }
}

impl HoldLimit {
    /// Checks what stands between two offsets of the stream.
    ///
    /// # Errors
    /// [`Failure::Limit`] at its start where it is longer than the limit.
    #[inline]
    pub fn check(self, range: &Range<u64>) -> Result<(), Failure> {
        if range.end - range.start <= self.bytes as u64 {
            return Ok(());
        }
        Err(self.passed(range.start))
    }

    /// What is wrong with something that starts at `start`, whose reading has ended with `failure`: where it is longer than the limit
    /// up to there, that is what counts. How much of it was read before that was noticed depends on what else is held.
    #[cold]
    pub fn judge(self, start: u64, failure: Failure) -> Failure {
        let end = failure.offset().unwrap_or(start).max(start);
        self.check(&(start..end)).err().unwrap_or(failure)
    }

    #[cold]
    fn passed(self, offset: u64) -> Failure {
        Failure::Limit {
            offset,
            message: self.to_string(),
        }
    }
}

/// Offset of an error within its document.
pub fn error_offset(error: &ReaderError) -> u64 {
    let location: &JsonReaderPosition = match error {
        ReaderError::SyntaxError(error) => &error.location,
        ReaderError::UnexpectedValueType { location, .. }
        | ReaderError::UnexpectedStructure { location, .. }
        | ReaderError::MaxNestingDepthExceeded { location, .. }
        | ReaderError::UnsupportedNumberValue { location, .. }
        | ReaderError::IoError { location, .. } => location,
        _ => return 0,
    };
    location.data_pos.unwrap_or(0)
}

/// An error in a person's words, without its place.
pub fn explain(error: &ReaderError) -> String {
    use SyntaxErrorKind as Kind;
    let ReaderError::SyntaxError(error) = error else {
        return match error {
            ReaderError::UnexpectedValueType {
                expected, actual, ..
            } => format!("expected {expected}, found {actual}").to_lowercase(),
            other => other.to_string(),
        };
    };
    match error.kind {
        Kind::IncompleteDocument => "the text ends before the JSON value does",
        Kind::InvalidLiteral | Kind::TrailingDataAfterLiteral => "expected true, false or null",
        Kind::MalformedNumber | Kind::TrailingDataAfterNumber => "malformed number",
        Kind::MissingComma => "expected ',' or the end of the array or object",
        Kind::MissingColon => "expected ':' after the member name",
        Kind::UnexpectedComma => "expected a value, found ','",
        Kind::UnexpectedColon => "expected a value, found ':'",
        Kind::UnexpectedClosingBracket => {
            "closing bracket where a value, or one of the other kind, must stand"
        }
        Kind::TrailingCommaNotEnabled => "trailing comma",
        Kind::ExpectingMemberNameOrObjectEnd => "expected a member name in double quotes or '}'",
        Kind::NotEscapedControlCharacter => {
            "control character in a string; JSON wants it escaped (\\n, \\t, \\u0000)"
        }
        Kind::UnknownEscapeSequence | Kind::MalformedEscapeSequence => "malformed escape sequence",
        Kind::UnpairedSurrogatePairEscapeSequence => "escaped surrogate without its partner",
        Kind::TrailingData => "unexpected text after the JSON value",
        Kind::CommentsNotEnabled => "comments are not JSON",
        _ => "expected a JSON value",
    }
    .to_owned()
}
