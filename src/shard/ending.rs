//! Where the changes end a run: at an operation that passes a limit, or at the first reject of a strict one.

use serde::{Deserialize, Serialize};

use crate::error::{Element, Error, ErrorKind};
use crate::json::{Failure, Place, Position, Snippet};

/// The operation, and what is wrong with it: an error on its way to the one process that shows it.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Ending {
    /// Which operation it is, of all changes.
    pub(super) number: u64,
    /// Line, column and byte in all changes.
    position: (u64, u64, u64),
    is_limit: bool,
    path: Option<String>,
    message: String,
    /// The line around it, and the place in that.
    snippet: Option<(String, usize, usize)>,
}

impl Ending {
    /// What an error about an operation says; none where it is about something else.
    pub(super) fn of(error: &Error) -> Option<Self> {
        let (_, number) = error.element()?;
        let position = error.position()?;
        let snippet = error.snippet();
        Some(Ending {
            number,
            position: (position.line, position.column, position.byte),
            is_limit: error.kind() == ErrorKind::Limit,
            path: error.path(),
            message: error.message(),
            snippet: snippet.map(|own| (own.text.clone(), own.place.start, own.place.end)),
        })
    }

    /// The same of an operation that stands elsewhere.
    pub(super) fn at(self, number: u64, position: Position) -> Self {
        Ending {
            number,
            position: (position.line, position.column, position.byte),
            ..self
        }
    }

    /// The error that it was, in changes of this name.
    pub(super) fn into_error(self, name: &str) -> Error {
        let (line, column, offset) = self.position;
        let message = self.message;
        let failure = match self.is_limit {
            true => Failure::Limit { offset, message },
            false => Failure::Data { offset, message },
        };
        let snippet = self.snippet.map(|(text, start, end)| Snippet {
            text,
            place: start..end,
        });
        let position = Position {
            line,
            column,
            byte: offset,
        };
        let place = Place {
            path: self.path.as_ref().map(|_| String::new()),
            snippet,
            ..Place::of_position(position)
        };
        Error::of_failure(name, failure, |_| place).in_element(Element {
            name: "operation",
            number: self.number,
            path: self.path.unwrap_or_default(),
        })
    }
}
