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

pub use batch::BatchSize;
pub use format::ChangesFormat;

use crate::error::{Broken, Error, Result, Stop};
use crate::json::{self, Failure, Held, HoldLimit, Limits, Position, Window};
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

    /// Is told the layout, before the first operation.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn begins(&mut self, _format: ChangesFormat) -> Result<()> {
        Ok(())
    }

    /// How many operations it wants at once.
    fn batch_size(&self) -> BatchSize {
        BatchSize::SMALL
    }

    /// Is told how far CHANGES is dealt with, rejects included: from there on it can be read again another time.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn passed<'p>(&mut self, _passed: impl FnOnce() -> Passed<'p>) -> Result<()> {
        Ok(())
    }

    /// Whether operations shall not wait for further ones to fill a batch with, and [`waiting`](Self::waiting) be called.
    /// Only lines are read so.
    fn is_eager(&self) -> bool {
        false
    }

    /// Is called before more is read, which may take any time.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn waiting(&mut self) -> Result<()> {
        Ok(())
    }
}

/// How far CHANGES is dealt with.
#[derive(Clone, Copy, Debug)]
pub struct Passed<'p> {
    /// Operations up to there, rejected ones included.
    pub operations: u64,
    /// Behind the last one.
    pub position: Position,
    /// The last one's bytes.
    pub last: &'p [u8],
}

/// Where reading starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the first byte; the layout is told from what stands there unless it is given.
    Beginning(Option<ChangesFormat>),
    /// Behind operations that were dealt with before. An array or lines go on with what stands at `position`; a grouped
    /// document is read from its first byte.
    Behind {
        /// The layout.
        format: ChangesFormat,
        /// So many operations.
        operations: u64,
        /// Where the last one of them ends.
        position: Position,
    },
}

/// How much was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Operations, rejected ones included.
    pub operations: u64,
    /// Bytes.
    pub bytes: u64,
}

/// The operation in which reading ended, by its number and its path in the document.
fn broken(start: u64, number: u64, path: String) -> Option<Broken> {
    Some(Broken::new(start, "operation", number, path))
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
    read_from(name, source, Start::Beginning(format), limits, consumer)
}

/// As [`read`], from `start` on.
///
/// # Errors
/// As [`read`].
pub fn read_from(
    name: &str,
    source: impl Read,
    start: Start,
    limits: impl Into<Limits>,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    let Limits { hold, depth } = limits.into();
    let limit = HoldLimit {
        bytes: hold.bytes.min(Span::MAX_LENGTH),
        ..hold
    };
    let limits = Limits { hold: limit, depth };
    match start {
        Start::Behind {
            format: ChangesFormat::Array,
            operations,
            position,
        } => {
            // What has gone before stands for all that was read; so the array is one again.
            let source = array::STAND_IN.chain(source);
            let first = array::in_front_of(position);
            let mut window = Window::starting_at(source, limits, first);
            let format = ChangesFormat::Array;
            read_window(name, &mut window, format, operations, limit, consumer)
        }
        Start::Behind {
            format: ChangesFormat::Ndjson,
            operations,
            position,
        } => {
            let mut window = Window::starting_at(source, limits, position);
            let format = ChangesFormat::Ndjson;
            read_window(name, &mut window, format, operations, limit, consumer)
        }
        Start::Behind {
            format: ChangesFormat::Grouped,
            operations,
            ..
        } => {
            let mut window =
                Window::new(source, limits).map_err(|failure| Error::at_start(name, failure))?;
            let format = ChangesFormat::Grouped;
            read_window(name, &mut window, format, operations, limit, consumer)
        }
        Start::Beginning(format) => {
            let mut window =
                Window::new(source, limits).map_err(|failure| Error::at_start(name, failure))?;
            match begin(&mut window, format) {
                Ok(None) => Ok(Amount {
                    operations: 0,
                    bytes: window.offset(),
                }),
                Ok(Some(format)) => read_window(name, &mut window, format, 0, limit, consumer),
                Err(stop) => Err(stop.into_error(name, &window)),
            }
        }
    }
}

/// The layout of what begins in the window; none where there is nothing.
fn begin<R: Read>(
    window: &mut Window<R>,
    format: Option<ChangesFormat>,
) -> std::result::Result<Option<ChangesFormat>, Stop> {
    let start = window.offset();
    if !window
        .skip_blanks()
        .map_err(|error| Failure::of_io(error, start))?
    {
        return Ok(None);
    }
    let offset = window.offset();
    let head = window.look_ahead(4);
    let head = head.map_err(|error| Failure::of_io(error, offset))?;
    // Known at once, or every line would be rejected for the same reason.
    if let Some(message) = json::foreign_encoding(head) {
        return Err(Failure::data(offset, message).into());
    }
    match format {
        Some(format) => Ok(Some(format)),
        None => Ok(format::detect(window).map(Some)?),
    }
}

/// Reads what follows `before` operations.
fn read_window<R: Read>(
    name: &str,
    window: &mut Window<R>,
    format: ChangesFormat,
    before: u64,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    consumer.begins(format)?;
    let read = match format {
        ChangesFormat::Array => array::read(json::document_reader(window), before, limit, consumer),
        ChangesFormat::Ndjson => ndjson::read(window, before, limit, consumer),
        ChangesFormat::Grouped => {
            grouped::read(json::document_reader(window), before, limit, consumer)
        }
    };
    match read {
        Ok(operations) => Ok(Amount {
            operations,
            bytes: window.offset(),
        }),
        Err(stop) => Err(stop.into_error(name, window)),
    }
}
