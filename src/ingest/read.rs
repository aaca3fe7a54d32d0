//! A dump, row by row: a JSON array, or a row a line.

use std::io::Read;

use struson::reader::ValueType;

use super::row::{Row, RowBuffer};
use crate::database::TextLimits;
use crate::error::{Broken, Error, Result, Stop};
use crate::json::{
    self, DocumentReader, ElementPath, Failure, Held, HoldLimit, Window, ask, expect,
};
use crate::rejects::{Evidence, Reject, Rejection};
use crate::time::Time;

/// Takes what a dump holds, in its order.
pub(super) trait Consumer {
    fn rows(&mut self, rows: &[Row<'_>]) -> Result<()>;

    fn reject(&mut self, reject: &Reject<'_>) -> Result<()>;
}

/// Rows in a batch: enough for the lookups of one to hide those of the others.
const BATCH: usize = 32;

/// A batch ends early when its texts are longer than this together.
const MAX_BATCH_BYTES: u64 = 128 * 1024;

/// Rows read and not yet taken, and the buffers to read them into.
#[derive(Default)]
struct Batch {
    buffers: Vec<RowBuffer>,
    times: Vec<Time>,
    filled: usize,
    bytes: u64,
}

impl Batch {
    /// The buffer to read the next row into.
    fn next(&mut self) -> &mut RowBuffer {
        if self.filled == self.buffers.len() {
            self.buffers.push(RowBuffer::default());
        }
        &mut self.buffers[self.filled]
    }

    /// Counts in what was read into [`next`](Self::next), unless it cannot be used; hands the batch over once it is full.
    fn add(
        &mut self,
        held: &dyn Held,
        (number, path): (u64, ElementPath<'_>),
        limits: TextLimits,
        consumer: &mut impl Consumer,
    ) -> Result<()> {
        let buffer = self.buffers[self.filled].effective();
        let time = match buffer.judge(limits) {
            Ok(time) => time,
            Err(rejection) => {
                return consumer.reject(&Reject {
                    rejection,
                    element: ROW,
                    number,
                    path: Some(path),
                    position: held.position(buffer.start),
                    evidence: Evidence::Row(held.raw(buffer.start..buffer.end)),
                });
            }
        };
        self.times.push(time);
        self.bytes += buffer.end - buffer.start;
        self.filled += 1;
        if self.filled == BATCH || self.bytes > MAX_BATCH_BYTES {
            return self.hand_over(consumer);
        }
        Ok(())
    }

    /// Hands over what is read, and is empty then.
    fn hand_over(&mut self, consumer: &mut impl Consumer) -> Result<()> {
        let filled = std::mem::take(&mut self.filled);
        let read = self.buffers[..filled].iter().zip(&self.times);
        let rows: Vec<Row<'_>> = read
            .map(|(buffer, time)| buffer.effective().row(*time))
            .collect();
        consumer.rows(&rows)?;
        self.times.clear();
        self.bytes = 0;
        Ok(())
    }
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Rows, rejected ones included.
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// Reads all rows of `source`, which messages call `name`.
pub(super) fn read(
    name: &str,
    source: impl Read,
    limit: HoldLimit,
    limits: TextLimits,
    consumer: &mut impl Consumer,
) -> Result<Amount> {
    let mut window =
        Window::new(source, limit).map_err(|failure| Error::at_start(name, failure))?;
    match read_window(&mut window, limit, limits, consumer) {
        Ok(rows) => Ok(Amount {
            rows,
            bytes: window.offset(),
        }),
        Err(stop) => Err(stop.into_error(name, &window)),
    }
}

/// What messages call an element of a source.
const ROW: &str = "row";

/// The row in which reading ended.
fn broken(start: u64, number: u64, path: ElementPath<'_>) -> Option<Broken> {
    Some(Broken::new(start, ROW, number, path))
}

fn read_window<R: Read>(
    window: &mut Window<R>,
    limit: HoldLimit,
    limits: TextLimits,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    let start = window.offset();
    if !window.skip_blanks()? {
        return Ok(0);
    }
    if let Some(message) = json::foreign_encoding(window.read_already()) {
        return Err(Failure::data(start, message).into());
    }
    match window.read_already()[0] {
        b'[' => read_array(json::document_reader(window), limit, limits, consumer),
        b'{' => read_lines(window, limit, limits, consumer),
        _ => {
            let expected = "expected '[' (an array of rows) or '{' (a row a line)";
            Err(Failure::data(window.offset(), expected).into())
        }
    }
}

fn read_array<J: DocumentReader>(
    mut json: J,
    limit: HoldLimit,
    limits: TextLimits,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    expect(&mut json, ValueType::Array, "rows")?;
    ask(&mut json, J::begin_array)?;
    let mut batch = Batch::default();
    let mut number = 0;
    while ask(&mut json, J::has_next)? {
        let path = ElementPath::item(number);
        number += 1;
        let start = json.offset();
        json.hold(start);
        let buffer = batch.next();
        buffer
            .read(&mut json)
            .and_then(|()| limit.check(&(start..buffer.end)))
            .map_err(|failure| Stop::Input(failure, broken(start, number, path)))?;
        batch.add(json.held(), (number, path), limits, consumer)?;
        json.release();
    }
    batch.hand_over(consumer)?;
    ask(&mut json, J::end_array)?;
    json.finish()?;
    Ok(number)
}

fn read_lines<R: Read>(
    window: &mut Window<R>,
    limit: HoldLimit,
    limits: TextLimits,
    consumer: &mut impl Consumer,
) -> std::result::Result<u64, Stop> {
    let mut batch = Batch::default();
    let mut number = 0;
    loop {
        window.release();
        if !window.skip_blanks()? {
            batch.hand_over(consumer)?;
            return Ok(number);
        }
        number += 1;
        let start = window.offset();
        window.hold(start);
        let read = read_line(window, batch.next());
        let end = window
            .skip_line()
            .map_err(|error| Failure::of_io(error, start))?;
        match read.and_then(|()| limit.check(&(start..end))) {
            Ok(()) => batch.add(window, (number, ElementPath::DOCUMENT), limits, consumer)?,
            Err(Failure::Data { offset, message }) => consumer.reject(&Reject {
                rejection: Rejection::MalformedJson(
                    window.hint(offset..u64::MAX).as_deref().unwrap_or(&message),
                ),
                element: ROW,
                number,
                path: Some(ElementPath::DOCUMENT),
                position: window.position(offset),
                evidence: Evidence::Raw(window.raw(start..end).trim_ascii_end()),
            })?,
            Err(failure) => {
                return Err(Stop::Input(
                    failure,
                    broken(start, number, ElementPath::DOCUMENT),
                ));
            }
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
