//! CHANGES read by one thread.

use std::io::Read;

use super::array::Part;
use super::{ChangesFormat, Consumer, array, format, grouped, ndjson};
use crate::error::{Error, Result, Stop};
use crate::json::{self, Failure, HoldLimit, Limits, Position, Window};
use crate::operation::Span;

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
    let limits = bounded(limits);
    match start {
        Start::Behind {
            format: format @ (ChangesFormat::Array | ChangesFormat::Ndjson),
            operations,
            position,
        } => {
            let mut window = Window::starting_at(source, limits, position);
            consumer.begins(format)?;
            read_window(name, &mut window, format, Part::REST, operations, consumer)
        }
        Start::Behind {
            format, operations, ..
        } => {
            let mut window = open(name, source, limits)?;
            consumer.begins(format)?;
            read_window(name, &mut window, format, Part::WHOLE, operations, consumer)
        }
        Start::Beginning(format) => {
            let mut window = open(name, source, limits)?;
            match begin(name, &mut window, format)? {
                None => Ok(Amount::of_nothing(&window)),
                Some(format) => {
                    consumer.begins(format)?;
                    read_window(name, &mut window, format, Part::WHOLE, 0, consumer)
                }
            }
        }
    }
}

impl Amount {
    /// There is nothing but blanks.
    pub(super) fn of_nothing<R: Read>(window: &Window<R>) -> Self {
        Amount {
            operations: 0,
            bytes: window.offset(),
        }
    }
}

/// Spans can point into no longer operations.
pub(super) fn bounded(limits: impl Into<Limits>) -> Limits {
    let Limits { hold, depth } = limits.into();
    let hold = HoldLimit {
        bytes: hold.bytes.min(Span::MAX_LENGTH),
        ..hold
    };
    Limits { hold, depth }
}

/// A window that stands on the first byte.
pub(super) fn open<R: Read>(name: &str, source: R, limits: Limits) -> Result<Window<R>> {
    Window::new(source, limits).map_err(|failure| Error::at_start(name, failure))
}

/// The layout of what begins in the window; none where there is nothing.
pub(super) fn begin<R: Read>(
    name: &str,
    window: &mut Window<R>,
    format: Option<ChangesFormat>,
) -> Result<Option<ChangesFormat>> {
    detect(window, format).map_err(|stop| stop.into_error(name, window))
}

fn detect<R: Read>(
    window: &mut Window<R>,
    format: Option<ChangesFormat>,
) -> std::result::Result<Option<ChangesFormat>, Stop> {
    if !window.skip_blanks()? {
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

/// Reads what stands in the window, of an array that `part`, behind `before` operations.
pub(super) fn read_window<R: Read>(
    name: &str,
    window: &mut Window<R>,
    format: ChangesFormat,
    part: Part,
    before: u64,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    let read = match format {
        ChangesFormat::Array => array::read(window, part, before, consumer),
        ChangesFormat::Ndjson => ndjson::read(window, before, consumer),
        ChangesFormat::Grouped => grouped::read(json::document_reader(window), before, consumer),
    };
    match read {
        Ok(operations) => Ok(Amount {
            operations,
            bytes: window.offset(),
        }),
        Err(stop) => Err(stop.into_error(name, window)),
    }
}
