//! An operation a line: a line that is not JSON can be set aside, and the next one read.

use std::io::Read;
use std::ops::Range;

use super::batch::Batch;
use super::plain::Plain;
use super::{Consumer, OPERATION, Passed, broken};
use crate::error::Stop;
use crate::json::{self, Blanks, DocumentReader, ElementPath, Failure, Held, HoldLimit, Window};
use crate::rejects::{Evidence, Reject, Rejection};

/// Reads all lines behind `before` operations; returns how many are not blank, with those.
pub(super) fn read<R: Read>(
    window: &mut Window<R>,
    before: u64,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    let mut batch = Batch::new(consumer.batch_size(), |_| ElementPath::DOCUMENT);
    let mut number = before;
    loop {
        if consumer.is_eager() && memchr::memchr(b'\n', window.read_already()).is_none() {
            batch.apply(window, number, consumer)?;
            consumer.waiting()?;
        }
        if batch.is_empty() {
            window.release();
        }
        let offset = window.offset();
        let more = window
            .skip_blanks()
            .map_err(|error| Failure::of_io(error, offset))?;
        if !more {
            batch.apply(window, number, consumer)?;
            return Ok(number);
        }
        let start = window.offset();
        if batch.is_empty() {
            window.hold(start);
        }
        let read = read_line(window, &mut batch);
        let end = window
            .skip_line()
            .map_err(|error| Failure::of_io(error, start))?;
        let checked = read.and_then(|read| limit.check(&(start..end)).map(|()| read));
        let failure = match checked {
            Ok(read) => {
                match read {
                    Line::Plain(plain) => batch.add_plain(start, plain),
                    Line::Element(range) => batch.add_element(range),
                }
                number += 1;
                if batch.is_full() {
                    batch.apply(window, number, consumer)?;
                }
                continue;
            }
            Err(failure) => failure,
        };
        batch.apply(window, number, consumer)?;
        number += 1;
        let (offset, message) = match failure {
            Failure::Data { offset, message } => (offset, message),
            failure => {
                return Err(Stop::Input(
                    failure,
                    broken(start, number, ElementPath::DOCUMENT),
                ));
            }
        };
        consumer.reject(
            &Reject {
                rejection: Rejection::MalformedJson(
                    window.hint(offset).as_deref().unwrap_or(&message),
                ),
                element: OPERATION,
                number,
                path: Some(ElementPath::DOCUMENT),
                position: window.position(offset),
                evidence: Evidence::Raw(window.raw(start..end).trim_ascii_end()),
            },
            &*window,
        )?;
        consumer.passed(|| Passed {
            operations: number,
            position: window.position(end),
            last: b"",
        })?;
    }
}

/// What a line is.
enum Line {
    Plain(Plain),
    /// The value in the batch's buffer, which stands there.
    Element(Range<u64>),
}

#[inline]
fn read_line<R: Read>(window: &mut Window<R>, batch: &mut Batch) -> Result<Line, Failure> {
    let ahead = window.read_already();
    if let Some(plain) = Plain::find(ahead, Blanks::OfOneLine) {
        let length = plain.length() as usize;
        if ends_line(&ahead[length..]) {
            window.consume(length);
            return Ok(Line::Plain(plain));
        }
    }
    let mut json = json::line_reader(window);
    let range = batch.read_element(&mut json)?;
    json.finish()?;
    Ok(Line::Element(range))
}

/// Whether only blanks come before the line feed.
fn ends_line(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    rest.find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n')
}
