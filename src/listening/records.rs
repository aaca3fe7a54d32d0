//! The records of a CSV file, framed in a window, so that each can be looked at as it was written.

use std::io::Read;
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2};

use crate::json::{Failure, Held, Window};
use crate::limits;

/// Reads records after RFC 4180. Blank lines are none.
pub(super) struct Records {
    reader: Reader,
    /// What stands between fields: a comma, unless the header has none.
    separator: u8,
    text: Vec<u8>,
    ends: Vec<usize>,
    is_plain: bool,
    range: Range<u64>,
}

/// A record's fields.
#[derive(Clone, Copy)]
pub(super) struct Fields<'r> {
    text: &'r [u8],
    /// Where each field ends.
    ends: &'r [usize],
    /// What stands between fields.
    gap: usize,
}

impl<'r> Fields<'r> {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, number: usize) -> Option<&'r [u8]> {
        let end = *self.ends.get(number)?;
        let start = match number {
            0 => 0,
            _ => self.ends[number - 1] + self.gap,
        };
        Some(&self.text[start..end])
    }
}

impl Records {
    pub(super) fn new() -> Self {
        Records::separated_by(b',')
    }

    fn separated_by(separator: u8) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(separator).build();
        let (mut text, mut ends) = (vec![0; 1024], vec![0; 64]);
        // What it reads first may begin with a byte order mark, which it passes over: that is the window's business.
        reader.read_record(b"\n", &mut text, &mut ends);
        Records {
            reader,
            separator,
            text,
            ends,
            is_plain: false,
            range: 0..0,
        }
    }

    /// Reads the record again, which is a header, where its fields are separated by semicolons or tabs: programs that know a
    /// decimal comma write those. All that follow are then read so too.
    pub(super) fn settle_separator<R: Read>(&mut self, window: &Window<R>) -> Result<(), Failure> {
        let header = window.raw(self.range());
        let count = |separator: u8| memchr_iter(separator, header).count();
        let separator = if count(b'\t') > count(b';') {
            b'\t'
        } else {
            b';'
        };
        if self.ends.len() > 1 || count(separator) == 0 {
            return Ok(());
        }
        let limit = limits::of_row("the header", header.len());
        let range = self.range();
        *self = Records::separated_by(separator);
        self.next_quoted(&mut Window::new(header, limit)?)?;
        self.range = range;
        Ok(())
    }

    /// What stands between fields, where that is no comma.
    pub(super) fn unusual_separator(&self) -> Option<&'static str> {
        match self.separator {
            b',' => None,
            b'\t' => Some("tab"),
            _ => Some("semicolon"),
        }
    }

    /// Goes to the next record; false at the end. The record is held in the window until the next call.
    pub(super) fn next<R: Read>(&mut self, window: &mut Window<R>) -> Result<bool, Failure> {
        window.release();
        if self.next_plain(window) {
            return Ok(true);
        }
        self.next_quoted(window)
    }

    /// A short cut, where the line lies in the window as a whole and nothing in it is quoted: a record nearly always does.
    #[inline]
    fn next_plain<R: Read>(&mut self, window: &mut Window<R>) -> bool {
        let ahead = window.read_already();
        let Some(length) = memchr(b'\n', ahead) else {
            return false;
        };
        let line = &ahead[..length];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() || memchr2(b'"', b'\r', line).is_some() {
            return false;
        }
        self.ends.clear();
        self.ends.extend(memchr_iter(self.separator, line));
        self.ends.push(line.len());
        let start = window.offset();
        self.range = start..start + line.len() as u64;
        self.is_plain = true;
        window.hold(start);
        window.consume(length + 1);
        true
    }

    fn next_quoted<R: Read>(&mut self, window: &mut Window<R>) -> Result<bool, Failure> {
        // What a line end before has left over is no part of the record.
        loop {
            let available = window
                .available()
                .map_err(|error| Failure::of_io(error, self.range.end))?;
            let ends = available
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let ends = ends.count();
            let (is_done, is_end) = (ends < available.len(), available.is_empty());
            window.consume(ends);
            if is_end {
                return Ok(false);
            }
            if is_done {
                break;
            }
        }
        let start = window.offset();
        window.hold(start);
        self.is_plain = false;
        let (mut text, mut ends) = (0, 0);
        self.ends.resize(self.ends.capacity().max(64), 0);
        loop {
            let input = window
                .available()
                .map_err(|error| Failure::of_io(error, start))?;
            let (result, read, written, ended) =
                self.reader
                    .read_record(input, &mut self.text[text..], &mut self.ends[ends..]);
            window.consume(read);
            text += written;
            ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
            }
        }
        self.ends.truncate(ends);
        self.range = start..window.offset();
        Ok(true)
    }

    /// The fields of the record.
    #[inline]
    pub(super) fn fields<'r, R>(&'r self, window: &'r Window<R>) -> Fields<'r> {
        let (text, gap) = match self.is_plain {
            true => (window.raw(self.range.clone()), 1),
            false => (&self.text[..], 0),
        };
        Fields {
            text,
            ends: &self.ends,
            gap,
        }
    }

    /// Where the record stands in the stream, perhaps with its line end.
    pub(super) fn range(&self) -> Range<u64> {
        self.range.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::HoldLimit;
    use proptest::prelude::*;

    const LIMIT: HoldLimit = limits::of_row("one event", 1 << 20);

    /// Gives a few bytes at a time.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    fn ours(text: &[u8], chunk: usize) -> Vec<Vec<Vec<u8>>> {
        let mut window = Window::new(Slow(text, chunk), LIMIT).unwrap();
        let mut records = Records::new();
        let mut all = Vec::new();
        while records.next(&mut window).unwrap() {
            let fields = records.fields(&window);
            let fields = (0..fields.len()).map(|i| fields.get(i).unwrap().to_vec());
            all.push(fields.collect());
            // What a record was written as gives the record again, behind one that has no mark in front.
            let raw = [b"x\n", window.raw(records.range())].concat();
            assert_eq!(theirs(&raw)[1..], all[all.len() - 1..]);
        }
        all
    }

    fn theirs(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(text);
        let records = reader.byte_records().map(Result::unwrap);
        records
            .map(|record| record.iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_library(
            text in proptest::collection::vec(proptest::sample::select(&b"ab,,\"\n\n\r\xff"[..]), 0..200),
            chunk in 1usize..40,
        ) {
            prop_assert_eq!(ours(&text, chunk), theirs(&text));
        }
    }

    #[test]
    fn a_byte_order_mark_further_on_is_a_part_of_its_field() {
        let text = b"a,b\n\xef\xbb\xbfc,\"d\"\n";
        assert_eq!(ours(text, 4096), theirs(text));
        assert_eq!(ours(text, 4096)[1][0], b"\xef\xbb\xbfc");
    }

    #[test]
    fn a_long_record_of_many_fields_is_one() {
        let mut text = b"\"a\"".to_vec();
        text.extend_from_slice(&b",bcdefghij".repeat(5_000));
        assert_eq!(ours(&text, 4096), theirs(&text));
    }
}
