//! Operations gathered to be applied together.

mod apply;

use std::ops::Range;

use super::BatchSize;
use super::element::Element;
use super::plain::{Plain, PlainFinder};
use super::spelling::OPERATION;
use crate::json::{Blanks, DocumentReader, ElementPath, Failure, PlainBytes};

/// Elements of CHANGES in file order, whose bytes are held, and the buffers to read them into.
pub(super) struct Batch {
    size: BatchSize,
    /// Where the operation with a number stands.
    path: fn(u64) -> ElementPath<'static>,
    finder: PlainFinder,
    entries: Vec<Entry>,
    elements: Vec<Element>,
    /// Of these buffers, those that entries refer to.
    filled: usize,
    /// Of the entries whose ids were looked up, those that are no operations, by their place.
    no_operations: Vec<usize>,
}

/// An element of CHANGES.
struct Entry {
    /// Offsets in the stream.
    start: u64,
    end: u64,
    what: What,
}

enum What {
    Plain(Plain),
    /// Number of the buffer that it was read into.
    Element(usize),
    /// A line that is no JSON: where it is not, and why.
    Malformed {
        at: u64,
        message: Box<str>,
    },
}

impl Batch {
    /// An empty one; `path` tells where the operation with a number stands, and `blanks` what stands between its tokens.
    pub(super) fn new(
        size: BatchSize,
        path: fn(u64) -> ElementPath<'static>,
        blanks: Blanks,
    ) -> Self {
        Batch {
            size,
            path,
            finder: PlainFinder::new(blanks),
            entries: Vec::new(),
            elements: Vec::new(),
            filled: 0,
            no_operations: Vec::new(),
        }
    }

    /// The plain operation with which `bytes` begin, to be [added](Self::add_plain) or not.
    #[inline]
    pub(super) fn find_plain(&mut self, bytes: &[u8]) -> Option<Plain> {
        self.finder.find(bytes)
    }

    /// Adds the plain operations with which `bytes`, which start at `start`, begin, and which commas separate: as many of them as
    /// it has room for, none longer than `longest`. Returns how many they are, and how many bytes.
    pub(super) fn add_plain_ones(
        &mut self,
        bytes: &[u8],
        start: u64,
        longest: usize,
    ) -> (u64, usize) {
        let (mut count, mut length) = (0, 0);
        let mut rest = PlainBytes::new(bytes, self.finder.blanks());
        loop {
            let at = rest.at();
            let found = self.finder.find(&bytes[at..]);
            let Some(plain) = found.filter(|plain| plain.length() <= longest as u64) else {
                return (count, length);
            };
            self.add_plain(start + at as u64, plain);
            count += 1;
            length = at + plain.length() as usize;
            rest.skip(plain.length() as usize);
            rest.skip_blanks();
            if self.is_full() || rest.byte(b',').is_none() {
                return (count, length);
            }
            rest.skip_blanks();
        }
    }

    /// Adds the plain operation that starts at `start`.
    #[inline]
    pub(super) fn add_plain(&mut self, start: u64, plain: Plain) {
        self.entries.push(Entry {
            start,
            end: start + plain.length(),
            what: What::Plain(plain),
        });
    }

    /// Reads the value at which `json` stands and returns where that is, to be [added](Self::add_element) or not.
    pub(super) fn read_element<J: DocumentReader>(
        &mut self,
        json: &mut J,
    ) -> Result<Range<u64>, Failure> {
        if self.filled == self.elements.len() {
            self.elements.push(Element::with_room());
        }
        let element = &mut self.elements[self.filled];
        element.read(json, &OPERATION)?;
        Ok(element.start..element.end)
    }

    /// Adds what was read last, which stands there.
    pub(super) fn add_element(&mut self, range: Range<u64>) {
        self.entries.push(Entry {
            start: range.start,
            end: range.end,
            what: What::Element(self.filled),
        });
        self.filled += 1;
    }

    /// Adds a line that is no JSON.
    pub(super) fn add_malformed(&mut self, range: Range<u64>, at: u64, message: String) {
        self.entries.push(Entry {
            start: range.start,
            end: range.end,
            what: What::Malformed {
                at,
                message: message.into(),
            },
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        let bytes = match &self.entries[..] {
            [first, .., last] => last.end - first.start,
            _ => 0,
        };
        let BatchSize {
            operations,
            bytes: most,
            elements,
        } = self.size;
        self.entries.len() >= operations || bytes > most || self.filled >= elements
    }

    /// Forgets what it has.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.no_operations.clear();
        for element in &mut self.elements[..self.filled] {
            element.forget_if_large();
        }
        self.filled = 0;
    }
}

#[cfg(test)]
mod tests;
