//! One thing that could not be used, and how it is shown.

use super::{Reason, Rejection};
use crate::error::{Element, Error};
use crate::json::{ElementPath, Held, Place, Position};

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

impl Reject<'_> {
    /// The error that it is to a run that shall end with the first one; `held` shows what stands there.
    pub fn error(&self, name: &str, held: &dyn Held) -> Error {
        self.error_at(name, held.place(self.position.byte, u64::MAX))
    }

    pub(super) fn shown(&self, name: &str) -> Shown {
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
