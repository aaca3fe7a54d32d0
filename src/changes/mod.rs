//! CHANGES: a stream of operations in one of three layouts, one operation in memory at a time.

mod array;
mod batch;
mod element;
mod format;
mod grouped;
mod names;
mod ndjson;
mod plain;
#[cfg(test)]
mod plain_tests;
mod understand;

use std::io::Read;

pub use format::ChangesFormat;

use crate::error::{Error, Result};
use crate::json::{self, Failure, Held, HoldLimit, Window};
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

    /// Takes what could not be applied, or not even be understood.
    ///
    /// # Errors
    /// When the run shall end, or cannot go on.
    fn reject(&mut self, reject: &Reject<'_>) -> Result<()>;
}

/// How much was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Operations, rejected ones included.
    pub operations: u64,
    /// Bytes.
    pub bytes: u64,
}

/// Why reading ended early.
enum Stop {
    /// The input.
    Input(Failure),
    /// What the consumer said.
    Consumer(Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Input(failure)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Consumer(error)
    }
}

/// Reads all operations and hands them to `consumer`.
///
/// `name` is what messages call the input; `format` is told from the first bytes where it is not given; `limit` bounds one
/// operation.
///
/// # Errors
/// When the input cannot be read, is malformed (a line of NDJSON alone is rejected instead), passes a limit, or when the
/// consumer returns an error.
pub fn read(
    name: &str,
    source: impl Read,
    format: Option<ChangesFormat>,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    let limit = HoldLimit {
        bytes: limit.bytes.min(Span::MAX_LENGTH),
        ..limit
    };
    let mut window = Window::new(source, limit).map_err(|error| Error::io("read", name, error))?;
    match read_window(&mut window, format, limit, consumer) {
        Ok(operations) => Ok(Amount {
            operations,
            bytes: window.offset(),
        }),
        Err(Stop::Consumer(error)) => Err(error),
        Err(Stop::Input(failure)) => Err(Error::of_failure(name, failure, |offset| {
            window.position(offset)
        })),
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
