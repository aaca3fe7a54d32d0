//! A dump, row by row: a JSON array, or a row a line.

use std::io::Read;

use struson::reader::ValueType;

use super::row::{Nul, Row, RowBuffer};
use crate::error::{Error, Result};
use crate::json::{self, DocumentReader, Failure, Held, HoldLimit, Window, ask, expect};
use crate::rejects::{Evidence, Reject, Rejection};

/// Takes what a dump holds, in its order.
pub(super) trait Consumer {
    fn row(&mut self, row: &Row<'_>) -> Result<()>;

    fn reject(&mut self, reject: &Reject<'_>) -> Result<()>;
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Rows, rejected ones included.
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// Why reading ended early.
enum Stop {
    Input(Failure),
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

/// Reads all rows of `source`, which messages call `name`.
pub(super) fn read(
    name: &str,
    source: impl Read,
    limit: HoldLimit,
    nul: Nul,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    let mut window = Window::new(source, limit).map_err(|error| Error::io("read", name, error))?;
    match read_window(&mut window, limit, nul, consumer) {
        Ok(rows) => Ok(Amount {
            rows,
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
    limit: HoldLimit,
    nul: Nul,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    let start = window.offset();
    let more = window
        .skip_blanks()
        .map_err(|error| Failure::of_io(error, start))?;
    if !more {
        return Ok(0);
    }
    match window.read_already()[0] {
        b'[' => read_array(json::document_reader(window), limit, nul, consumer),
        b'{' => read_lines(window, limit, nul, consumer),
        _ => Err(Stop::Input(Failure::data(
            window.offset(),
            "expected '[' (an array of rows) or '{' (a row a line)",
        ))),
    }
}

fn read_array<J: DocumentReader>(
    mut json: J,
    limit: HoldLimit,
    nul: Nul,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    expect(&mut json, ValueType::Array, "rows")?;
    ask(&mut json, J::begin_array)?;
    let mut buffer = RowBuffer::default();
    let mut number = 0;
    while ask(&mut json, J::has_next)? {
        number += 1;
        let start = json.offset();
        json.hold(start);
        buffer.read(&mut json)?;
        limit.check(&(buffer.start..buffer.end))?;
        hand_over(&buffer, json.held(), number, nul, consumer)?;
        json.release();
    }
    ask(&mut json, J::end_array)?;
    json.finish()?;
    Ok(number)
}

fn read_lines<R: Read>(
    window: &mut Window<R>,
    limit: HoldLimit,
    nul: Nul,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    let mut buffer = RowBuffer::default();
    let mut number = 0;
    loop {
        window.release();
        let offset = window.offset();
        let more = window
            .skip_blanks()
            .map_err(|error| Failure::of_io(error, offset))?;
        if !more {
            return Ok(number);
        }
        number += 1;
        let start = window.offset();
        window.hold(start);
        let read = read_line(window, &mut buffer);
        let end = window
            .skip_line()
            .map_err(|error| Failure::of_io(error, start))?;
        match read.and_then(|()| limit.check(&(start..end))) {
            Ok(()) => hand_over(&buffer, window, number, nul, consumer)?,
            Err(Failure::Data { offset, message }) => consumer.reject(&Reject {
                rejection: Rejection::MalformedJson(&message),
                number,
                position: window.position(offset),
                evidence: Evidence::Raw(window.raw(start..end).trim_ascii_end()),
            })?,
            Err(failure) => return Err(failure.into()),
        }
    }
}

fn read_line<R: Read>(
    window: &mut Window<R>,
    buffer: &mut RowBuffer,
) -> std::result::Result<(), Failure> {
    let mut json = json::line_reader(window);
    buffer.read(&mut json)?;
    json.finish()
}

fn hand_over(
    buffer: &RowBuffer,
    held: &dyn Held,
    number: u64,
    nul: Nul,
    consumer: &mut impl Consumer,
) -> Result<()> {
    match buffer.row(nul) {
        Ok(row) => consumer.row(&row),
        Err(rejection) => consumer.reject(&Reject {
            rejection,
            number,
            position: held.position(buffer.start),
            evidence: Evidence::Row(held.raw(buffer.start..buffer.end)),
        }),
    }
}
