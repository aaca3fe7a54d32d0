//! What can still be looked at of a stream: bytes, where they are, and what messages show of them.

use std::ops::Range;

use super::Window;
use crate::json::encoding::hint;
use crate::json::path::PathTracker;
use crate::json::snippet::{BEFORE, BEHIND};
use crate::json::{Place, Position, Snippet};

/// What messages show in front of a place, with the one byte more that says whether something is cut off, and a character that
/// would be cut in two.
pub(crate) const SHOWN_BEFORE: usize = BEFORE + 1 + 3;

/// The bytes of a stream that can still be looked at.
pub trait Held {
    /// The held bytes of a range of stream offsets.
    fn raw(&self, range: Range<u64>) -> &[u8];

    /// Line and column of an offset in the window, or of the marked one; of the window's first byte for any other that has
    /// left it.
    fn position(&self, offset: u64) -> Position;

    /// Where an offset is, and what stands around it: nothing from the offset `end` on, and no more than was read.
    fn place(&self, offset: u64, end: u64) -> Place;
}

/// Bytes of which messages show nothing from an offset on: whether what stands there was read depends on who reads.
pub(crate) struct ShownUpTo<'h> {
    /// The bytes.
    pub(crate) held: &'h dyn Held,
    /// The offset.
    pub(crate) end: u64,
}

impl Held for ShownUpTo<'_> {
    fn raw(&self, range: Range<u64>) -> &[u8] {
        self.held.raw(range)
    }

    fn position(&self, offset: u64) -> Position {
        self.held.position(offset)
    }

    fn place(&self, offset: u64, end: u64) -> Place {
        self.held.place(offset, end.min(self.end))
    }
}

impl<R> Held for Window<R> {
    fn raw(&self, range: Range<u64>) -> &[u8] {
        &self.buffer[self.index(range.start)..self.index(range.end)]
    }

    fn position(&self, offset: u64) -> Position {
        if let (true, Some(position)) = (offset == self.marked, self.marked_position) {
            return position;
        }
        let seen = self.seen.get();
        let mut position = if seen.byte <= offset {
            seen
        } else {
            self.first
        };
        position.advance(&self.buffer[self.index(position.byte)..self.index(offset)]);
        self.seen.set(position);
        position
    }

    fn place(&self, offset: u64, end: u64) -> Place {
        self.place_up_to(offset, None, end)
    }
}

impl<R> Window<R> {
    /// Where an offset of the window is, and what stands around it. The path is that from the offset `element` on, where an
    /// element starts that is in the window still, or marked.
    pub fn place(&self, offset: u64, element: Option<u64>) -> Place {
        self.place_up_to(offset, element, u64::MAX)
    }

    fn place_up_to(&self, offset: u64, element: Option<u64>, end: u64) -> Place {
        if offset < self.first.byte {
            let path = (element == Some(offset)).then(String::new);
            let position = self.position(offset);
            return Place {
                path,
                ..Place::of_position(position)
            };
        }
        let at = self.index(offset);
        let path = element.and_then(|element| {
            let mut path = PathTracker::default();
            if element == offset {
                return Some(String::new());
            } else if element == self.marked {
                path = self.left.clone();
            } else if element < self.first.byte {
                return None;
            }
            path.feed(&self.buffer[self.index(element)..at.max(self.index(element))]);
            Some(path.to_string())
        });
        // One byte more than is shown tells whether something is cut off.
        let before = &self.buffer[at.saturating_sub(BEFORE + 1)..at];
        let behind = &self.buffer[at..self.index(end).clamp(at, at + BEHIND + 4)];
        Place {
            position: self.position(offset),
            path,
            snippet: Some(Snippet::around(before, behind)),
            hint: self.hint(offset..u64::MAX),
        }
    }

    /// What the first byte of a range, and those behind it, say about the whole input, if they say something.
    pub fn hint(&self, range: Range<u64>) -> Option<String> {
        let head = &self.buffer[..if self.first.byte == 0 { self.end } else { 0 }];
        let behind = &self.buffer[self.index(range.start)..self.index(range.end)];
        hint(head, behind, range.start)
    }
}
