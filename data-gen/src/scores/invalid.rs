//! Lines that a careful reader refuses, each for one reason.

use super::Lines;
use crate::text;

impl Lines {
    /// Appends a line, without its end, that is invalid in one of eight ways.
    pub(super) fn append_invalid(&mut self, out: &mut Vec<u8>) {
        match self.random.below(8) {
            0 => {
                // The record has colons, but no integer stands before the first of them.
                self.append_score(out);
                out.push(b' ');
                self.append_record(out);
            }
            1 => {
                out.extend_from_slice(self.random.pick(&BAD_SCORES).as_bytes());
                out.extend_from_slice(b": ");
                self.append_record(out);
            }
            kind => {
                self.append_score(out);
                out.extend_from_slice(b": ");
                self.append_invalid_record(kind, out);
            }
        }
    }

    fn append_invalid_record(&mut self, kind: u64, out: &mut Vec<u8>) {
        match kind {
            2 => self.append_truncated_record(out),
            3 => out.extend_from_slice(self.random.pick(&NOT_OBJECTS).as_bytes()),
            // The only id is not the record's own.
            4 => self.append_record_of(b"\"parent\": {\"id\": \"7\"}", out),
            5 => self.append_record_of(b"\"id\": {\"value\": \"7\"}", out),
            6 => {
                let control = self.random.pick(&CONTROLS);
                self.append_record_with_note(&[control], out);
            }
            _ => {
                let bytes = self.random.pick(&NOT_UTF8);
                self.append_record_with_note(bytes, out);
            }
        }
    }

    /// Cuts a record anywhere after its first byte: no proper beginning of an object is JSON.
    fn append_truncated_record(&mut self, out: &mut Vec<u8>) {
        let start = out.len();
        self.append_record(out);
        let kept = 1 + self.random.below((out.len() - start - 1) as u64);
        out.truncate(start + kept as usize);
    }

    /// A record of this member and a text.
    fn append_record_of(&mut self, member: &[u8], out: &mut Vec<u8>) {
        out.push(b'{');
        out.extend_from_slice(member);
        out.extend_from_slice(b", \"data\": \"");
        text::sentence(&mut self.random, out);
        out.extend_from_slice(b"\"}");
    }

    /// A record like the others with one more string, which holds these bytes as they are.
    fn append_record_with_note(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        self.append_record(out);
        out.pop(); // the closing brace
        out.extend_from_slice(b", \"remark\": \"bad ");
        out.extend_from_slice(bytes);
        out.extend_from_slice(b" bytes\"}");
    }
}

const BAD_SCORES: [&str; 8] = ["", "12.5", "abc", "0x1f", "1_000", "--7", "seven", "1 2"];

const NOT_OBJECTS: [&str; 8] = [
    "[1, 2]",
    "\"text\"",
    "null",
    "42",
    "true",
    "[{\"id\": \"1\"}]",
    "\"{\\\"id\\\": 1}\"",
    "{}, {}",
];

/// Control characters of all sorts, except the one that would end the line.
const CONTROLS: [u8; 8] = [0x00, 0x01, 0x08, 0x09, 0x0b, 0x0d, 0x1b, 0x1f];

/// A stray continuation, cut-off sequences, overlong forms, a surrogate, too large a character,
/// and bytes that never occur.
const NOT_UTF8: [&[u8]; 8] = [
    b"\x80",
    b"\xc3",
    b"\xe2\x82",
    b"\xc0\xaf",
    b"\xe0\x80\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xff\xfe",
];
