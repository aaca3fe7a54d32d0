//! An operation a line: a line that is not JSON can be set aside, and the next one read.

use std::io::Read;
use std::ops::Range;

use super::BatchSize;
use super::Consumer;
use super::batch::Batch;
use super::gathered::Gathered;
use super::place::broken;
use super::plain::Plain;
use crate::error::Stop;
use crate::json::{self, Blanks, DocumentReader, ElementPath, Failure, Window};

/// Reads all lines behind `before` operations; returns how many are not blank, with those.
pub(super) fn read<R: Read>(
    window: &mut Window<R>,
    before: u64,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    let mut batch = new_batch(consumer.batch_size());
    let mut number = before;
    loop {
        if consumer.is_eager() && memchr::memchr(b'\n', window.read_already()).is_none() {
            batch.apply(window, number, consumer)?;
            consumer.waiting()?;
        }
        let added = add_line(window, &mut batch);
        number += u64::from(matches!(added, Ok(true)));
        if batch.is_full() || !matches!(added, Ok(true)) {
            batch.apply(window, number, consumer)?;
        }
        match added {
            Ok(true) => {}
            Ok(false) => return Ok(number),
            Err((failure, start)) => {
                let line = start.and_then(|start| broken(start, number + 1, ElementPath::DOCUMENT));
                return Err(Stop::Input(failure, line));
            }
        }
    }
}

/// Reads all lines of a window on bytes into the batch, as many of those that are not blank as there is room for.
pub(super) fn gather<R: Read>(
    window: &mut Window<R>,
    batch: &mut Batch,
) -> Result<Gathered, Failure> {
    let mut gathered = Gathered::NOTHING;
    loop {
        gathered.make_room(batch);
        if !add_line(window, batch).map_err(|(failure, _)| failure)? {
            return Ok(gathered);
        }
        gathered.operations += 1;
    }
}

/// For lines, each a document of its own.
pub(super) fn new_batch(size: BatchSize) -> Batch {
    Batch::new(size, |_| ElementPath::DOCUMENT, Blanks::OfOneLine)
}

/// Adds the next line that is not blank; false where there is none. A failure comes with the start of its line, if it is in one.
fn add_line<R: Read>(
    window: &mut Window<R>,
    batch: &mut Batch,
) -> Result<bool, (Failure, Option<u64>)> {
    if batch.is_empty() {
        window.release();
    }
    if !window.skip_blanks().map_err(|failure| (failure, None))? {
        return Ok(false);
    }
    let start = window.offset();
    if batch.is_empty() {
        window.hold(start);
    }
    let in_line = |failure| (failure, Some(start));
    let read = read_line(window, batch);
    // A source that could not be read says the same again here.
    let end = window
        .skip_line()
        .map_err(|error| in_line(Failure::of_io(error, start)))?;
    let limit = window.limits().hold;
    limit.check(&(start..end)).map_err(in_line)?;
    match read {
        Ok(Line::Plain(plain)) => batch.add_plain(start, plain),
        Ok(Line::Element(range)) => batch.add_element(range),
        Err(Failure::Data { offset, message }) => {
            // Of what follows only the line end counts: NUL bytes in front of it are not the last ones.
            let hint = window.hint(offset..end + 1);
            batch.add_malformed(start..end, offset, hint.unwrap_or(message));
        }
        Err(failure) => return Err(in_line(failure)),
    }
    Ok(true)
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
    if let Some(plain) = batch.find_plain(ahead) {
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

#[cfg(test)]
mod tests {
    use super::ends_line;

    #[test]
    fn only_blanks_up_to_a_line_feed_end_a_line() {
        for text in ["\n", "\r\n", " \t\r \n7", "\n7"] {
            assert!(ends_line(text.as_bytes()), "{text:?}");
        }
        // What is not there yet may be anything.
        for text in ["", " ", "\r", "7\n", " ,\n", "\0\n"] {
            assert!(!ends_line(text.as_bytes()), "{text:?}");
        }
    }
}
