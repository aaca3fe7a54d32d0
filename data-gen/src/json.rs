//! A small JSON writer that lays out its output as Python's `json` module does.

use crate::text::{self, Phrase};

/// How the output is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// On so many levels, from the outermost, each element has a line of its own; any deeper
    /// level is written within the line.
    lines: u64,
    /// Whether spaces follow `:` and, within a line, `,`.
    spaced: bool,
}

impl Style {
    /// As `json.dumps(value, indent=2)`.
    pub(crate) const INDENTED: Self = Self::lines(u64::MAX);
    /// As `json.dumps(value)`.
    pub(crate) const ONE_LINE: Self = Self::lines(0);
    /// As `json.dumps(value, separators=(",", ":"))`.
    pub(crate) const COMPACT: Self = Self {
        lines: 0,
        spaced: false,
    };

    /// Elements on lines of their own, but only on so many outer levels.
    pub(crate) const fn lines(lines: u64) -> Self {
        Self {
            lines,
            spaced: true,
        }
    }
}

/// Knows where in the document the output is, and so which separator is due.
///
/// The output itself is passed to each call, as it is handed out in chunks meanwhile.
#[derive(Debug)]
pub(crate) struct Json {
    style: Style,
    depth: u64,
    /// The innermost object or array has no element yet.
    empty: bool,
    /// A key has been written, and its value has not.
    after_key: bool,
}

impl Json {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            depth: 0,
            empty: true,
            after_key: false,
        }
    }

    /// Begins an object or an array, given its opening bracket.
    pub(crate) fn open(&mut self, out: &mut Vec<u8>, bracket: u8) {
        self.separate(out);
        out.push(bracket);
        self.depth += 1;
        self.empty = true;
    }

    /// Ends the innermost object or array, given its closing bracket.
    pub(crate) fn close(&mut self, out: &mut Vec<u8>, bracket: u8) {
        let on_lines = self.depth <= self.style.lines;
        self.depth -= 1;
        if on_lines && !self.empty {
            self.break_line(out);
        }
        out.push(bracket);
        // The level around it has at least this element; a new document starts with none.
        self.empty = self.depth == 0;
    }

    /// The key of a member; its value comes next. The key must need no escapes.
    pub(crate) fn key(&mut self, out: &mut Vec<u8>, key: &str) {
        self.string(out, key);
        out.extend_from_slice(if self.style.spaced { b": " } else { b":" });
        self.after_key = true;
    }

    /// A string, given the text between its quotes with any escapes already made.
    pub(crate) fn string(&mut self, out: &mut Vec<u8>, escaped: &str) {
        self.separate(out);
        out.push(b'"');
        out.extend_from_slice(escaped.as_bytes());
        out.push(b'"');
    }

    /// A string of a phrase, which has its escapes already.
    pub(crate) fn phrase(&mut self, out: &mut Vec<u8>, phrase: Phrase) {
        self.separate(out);
        out.push(b'"');
        text::append(phrase, out);
        out.push(b'"');
    }

    /// An id, which is a number written as a string.
    pub(crate) fn id(&mut self, out: &mut Vec<u8>, id: u64) {
        self.string(out, itoa::Buffer::new().format(id));
    }

    /// An array of ids.
    pub(crate) fn ids(&mut self, out: &mut Vec<u8>, ids: &[u64]) {
        self.open(out, b'[');
        for &id in ids {
            self.id(out, id);
        }
        self.close(out, b']');
    }

    /// Writes what stands between the element before and the one that comes now.
    fn separate(&mut self, out: &mut Vec<u8>) {
        if self.after_key {
            self.after_key = false;
            return;
        }
        if self.depth == 0 {
            return;
        }
        if !self.empty {
            out.push(b',');
        }
        if self.depth <= self.style.lines {
            self.break_line(out);
        } else if self.style.spaced && !self.empty {
            out.push(b' ');
        }
        self.empty = false;
    }

    fn break_line(&self, out: &mut Vec<u8>) {
        out.push(b'\n');
        for _ in 0..self.depth {
            out.extend_from_slice(b"  ");
        }
    }
}
