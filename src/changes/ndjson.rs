//! An operation a line: a line that is not JSON can be set aside, and the next one read.

use std::io::Read;

use super::batch::Batch;
use super::element::{Element, OPERATION};
use super::{Broken, Consumer, Stop};
use crate::json::{self, DocumentReader, Failure, Held, HoldLimit, Window};
use crate::rejects::{Evidence, Reject, Rejection};

/// Reads all lines; returns how many are not blank.
pub(super) fn read<R: Read>(
    window: &mut Window<R>,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    let mut batch = Batch::default();
    let mut number = 0;
    loop {
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
        let read = read_line(window, batch.next());
        let end = window
            .skip_line()
            .map_err(|error| Failure::of_io(error, start))?;
        let read = read.and_then(|()| limit.check(&(start..end)));
        if read.is_ok() {
            batch.add();
            number += 1;
            if batch.is_full() {
                batch.apply(window, number, consumer)?;
            }
            continue;
        }
        batch.apply(window, number, consumer)?;
        number += 1;
        let (offset, message) = match read {
            Ok(()) => continue,
            Err(Failure::Data { offset, message }) => (offset, message),
            Err(failure) => {
                let broken = Broken::operation(start, number, "$".to_owned());
                return Err(Stop::Input(failure, Some(broken)));
            }
        };
        consumer.reject(&Reject {
            rejection: Rejection::MalformedJson(window.hint(offset).as_deref().unwrap_or(&message)),
            number,
            position: window.position(offset),
            evidence: Evidence::Raw(window.raw(start..end).trim_ascii_end()),
        })?;
    }
}

fn read_line<R: Read>(window: &mut Window<R>, element: &mut Element) -> Result<(), Failure> {
    let mut json = json::line_reader(window);
    element.read(&mut json, &OPERATION)?;
    json.finish()
}
