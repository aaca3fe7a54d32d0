//! Why the reading of a stream of elements ended early, before its place is looked for.

use std::io::Read;

use super::{Element, Error};
use crate::json::{ElementPath, Failure, Window};

/// What ended it.
pub enum Stop {
    /// The input; where it is within an element, that one.
    Input(Failure, Option<Broken>),
    /// What the taker of the elements said.
    Consumer(Error),
}

/// The element in which reading ended.
pub struct Broken {
    /// Offset of its start.
    start: u64,
    element: Element,
}

impl Broken {
    /// An element by its kind, its number and, in JSON, its path in the document.
    pub fn new<'p>(
        start: u64,
        name: &'static str,
        number: u64,
        path: impl Into<Option<ElementPath<'p>>>,
    ) -> Self {
        let path = path.into();
        let path = path.map_or_else(String::new, |path| path.to_string());
        let element = Element { name, number, path };
        Broken { start, element }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Input(failure, None)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Consumer(error)
    }
}

impl Stop {
    /// The error that it is, in the input `name` whose window this is.
    #[cold]
    pub fn into_error<R: Read>(self, name: &str, window: &Window<R>) -> Error {
        let (failure, broken) = match self {
            Stop::Consumer(error) => return error,
            Stop::Input(failure, broken) => (failure, broken),
        };
        let start = broken.as_ref().map(|broken| broken.start);
        // What is in no element is in the document itself.
        let element = broken.map_or_else(Element::document, |broken| broken.element);
        Error::of_failure(name, failure, |offset| {
            window.place(offset, start.or(Some(offset)))
        })
        .in_element(element)
    }
}
