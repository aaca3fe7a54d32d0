//! CHANGES: a stream of operations in one of three layouts, one operation in memory at a time.

mod array;
mod batch;
mod element;
mod format;
mod grouped;
mod grouped_place;
mod names;
mod ndjson;
mod plain;
#[cfg(test)]
mod plain_tests;
mod understand;

use std::io::Read;

pub use format::ChangesFormat;

use crate::error::{Broken, Error, Result, Stop};
use crate::json::{self, ElementPath, Failure, Held, HoldLimit, Limits, Window};
use crate::operation::{Operation, Span};
use crate::rejects::{Reject, Verdict};

/// Takes the operations in file order.
pub trait Consumer {
    /// Applies operations in order and gives `verdict` each one's number in the batch and its outcome.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()>;

    /// Takes what could not be applied, or not even be understood; `held` shows what stands around it.
    ///
    /// # Errors
    /// When the run shall end, or cannot go on.
    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()>;
}

/// How much was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Operations, rejected ones included.
    pub operations: u64,
    /// Bytes.
    pub bytes: u64,
}

/// What messages call an element of CHANGES.
const OPERATION: &str = "operation";

/// The operation in which reading ended, by its number and its path in the document.
fn broken(start: u64, number: u64, path: ElementPath<'_>) -> Option<Broken> {
    Some(Broken::new(start, OPERATION, number, path))
}

/// Reads all operations and hands them to `consumer`.
///
/// `name` is what messages call the input; `format` is told from the first bytes where it is not given; `limits` bounds one
/// operation.
///
/// # Errors
/// When the input cannot be read, is malformed (a line of NDJSON alone is rejected instead), passes a limit, or when the
/// consumer returns an error.
pub fn read(
    name: &str,
    source: impl Read,
    format: Option<ChangesFormat>,
    limits: impl Into<Limits>,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    let Limits { hold, depth } = limits.into();
    let limit = HoldLimit {
        bytes: hold.bytes.min(Span::MAX_LENGTH),
        ..hold
    };
    let mut window = Window::new(source, Limits { hold: limit, depth })
        .map_err(|failure| Error::at_start(name, failure))?;
    match read_window(&mut window, format, limit, consumer) {
        Ok(operations) => Ok(Amount {
            operations,
            bytes: window.offset(),
        }),
        Err(stop) => Err(stop.into_error(name, &window)),
    }
}

fn read_window<R: Read>(
    window: &mut Window<R>,
    format: Option<ChangesFormat>,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    let start = window.offset();
    if !window
        .skip_blanks()
        .map_err(|error| Failure::of_io(error, start))?
    {
        return Ok(0);
    }
    let offset = window.offset();
    let head = window.look_ahead(4);
    let head = head.map_err(|error| Failure::of_io(error, offset))?;
    // Known at once, or every line would be rejected for the same reason.
    if let Some(message) = json::foreign_encoding(head) {
        return Err(Failure::data(offset, message).into());
    }
    let format = match format {
        Some(format) => format,
        None => format::detect(window)?,
    };
    match format {
        ChangesFormat::Array => array::read(json::document_reader(window), limit, consumer),
        ChangesFormat::Ndjson => ndjson::read(window, limit, consumer),
        ChangesFormat::Grouped => grouped::read(json::document_reader(window), limit, consumer),
    }
}
