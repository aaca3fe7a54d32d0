//! Cuts a stream into pieces.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;

use crate::json::{Position, SHOWN_BEFORE, Window};

/// Where pieces may end.
#[derive(Clone, Debug)]
pub(super) enum Cut {
    /// Behind a line end.
    BehindLine,
    /// Behind an element of an array, to be proven.
    BehindElement {
        /// What is expected between two elements.
        gap: Vec<u8>,
    },
}

/// A piece of the stream.
pub(super) struct Frame {
    /// The pieces count from 0.
    pub(super) number: u64,
    pub(super) buffer: Vec<u8>,
    /// The piece in the buffer. What stands in front of it there is shown by messages.
    pub(super) bytes: Range<usize>,
    /// Where the buffer begins.
    pub(super) first: Position,
    pub(super) end: End,
}

/// How a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With a cut.
    Cut,
    /// With the stream.
    Stream,
    /// Nobody knows how: the stream could not be read further, or has no place for a cut.
    Unknown,
}

/// A piece without a cut grows to so many times the usual size. Several may lie in memory.
const MOST_SIZES: usize = 16;

/// A stream on its way into pieces.
pub(super) struct Framing<R> {
    source: R,
    cut: Cut,
    /// Bytes of a piece, unless no cut is found.
    size: usize,
    /// The most bytes of a piece.
    most: usize,
    number: u64,
    /// What was read behind the last cut, and what stands in front of that.
    carry: Vec<u8>,
    front: usize,
    /// Where it begins.
    first: Position,
    /// The last piece was given.
    is_over: bool,
    error: Option<io::Error>,
}

impl<R: Read> Framing<R> {
    /// Of a stream behind the bytes `front`, which begin at `first`. No operation is longer than `longest`.
    pub(super) fn new(
        source: R,
        front: Vec<u8>,
        first: Position,
        cut: Cut,
        size: usize,
        longest: usize,
    ) -> Self {
        Framing {
            source,
            cut,
            size,
            most: size.max(longest).min(MOST_SIZES * size),
            number: 0,
            front: front.len(),
            carry: front,
            first,
            is_over: false,
            error: None,
        }
    }

    /// The next piece, in this buffer; none behind the last one.
    pub(super) fn next(&mut self, mut buffer: Vec<u8>) -> Option<Frame> {
        if self.is_over {
            return None;
        }
        let start = self.front;
        let mut end = self.carry.len();
        let mut size = self.size.max(end - start);
        make_room(&mut buffer, start + size);
        buffer[..end].copy_from_slice(&self.carry);
        let (cut, how) = loop {
            let filled = fill(&mut self.source, &mut buffer[..start + size], &mut end);
            match filled {
                Ok(true) => {}
                Ok(false) => break (end, End::Stream),
                Err(error) => {
                    self.error = Some(error);
                    break (end, End::Unknown);
                }
            }
            if let Some(length) = self.cut.last(&buffer[start..end]) {
                break (start + length, End::Cut);
            }
            if size >= self.most {
                break (end, End::Unknown);
            }
            size *= 2;
            make_room(&mut buffer, start + size);
        };
        let first = self.first;
        let number = self.number;
        self.number += 1;
        self.is_over = how != End::Cut;
        let front = front_of(&buffer[..cut]);
        self.carry.clear();
        self.carry.extend_from_slice(&buffer[front..end]);
        self.front = cut - front;
        self.first.advance(&buffer[..front]);
        Some(Frame {
            number,
            buffer,
            bytes: start..cut,
            first,
            end: how,
        })
    }

    /// What stands behind the pieces: the bytes that were read already, and the stream to be read on.
    pub(super) fn into_rest(mut self) -> (Vec<u8>, impl Read) {
        self.carry.drain(..self.front);
        let rest = Rest {
            source: self.source,
            error: self.error,
        };
        (self.carry, rest)
    }
}

/// Room for so many bytes, and those behind them that readers want. A buffer that has once been long does not stay so.
fn make_room(buffer: &mut Vec<u8>, length: usize) {
    let length = length + Window::<&[u8]>::ROOM_BEHIND;
    if buffer.len() > 2 * length {
        *buffer = Vec::new();
    }
    if buffer.len() < length {
        buffer.resize(length, 0);
    }
}

/// Fills the buffer from `end` on; false where the stream has ended.
fn fill(source: &mut impl Read, buffer: &mut [u8], end: &mut usize) -> io::Result<bool> {
    while *end < buffer.len() {
        match source.read(&mut buffer[*end..]) {
            Ok(0) => return Ok(false),
            Ok(count) => *end += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// Where what messages show of the last line begins.
fn front_of(bytes: &[u8]) -> usize {
    let mut front = bytes.len().saturating_sub(SHOWN_BEFORE);
    if let Some(line_end) = memchr::memrchr(b'\n', &bytes[front..]) {
        return front + line_end + 1;
    }
    let is_continuation = |byte: &u8| (*byte as i8) < -0x40;
    while bytes.get(front).is_some_and(is_continuation) {
        front += 1;
    }
    front
}

impl Cut {
    /// The length of the longest piece with which `bytes` begin.
    fn last(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Cut::BehindLine => memchr::memrchr(b'\n', bytes).map(|end| end + 1),
            Cut::BehindElement { gap } => {
                let expected = [b"}", &gap[..], b"{"].concat();
                memchr::memmem::rfind(bytes, &expected)
                    .or_else(|| last_gap(bytes))
                    .map(|brace| brace + 1)
            }
        }
    }
}

/// The last brace behind which a comma and another object follow.
fn last_gap(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some(open) = memchr::memrchr(b'{', rest) {
        rest = &rest[..open];
        let before = rest.trim_ascii_end().strip_suffix(b",");
        if let Some(b'}') = before.and_then(|before| before.trim_ascii_end().last()) {
            return before.map(|before| before.trim_ascii_end().len() - 1);
        }
    }
    None
}

/// A stream behind what was read of it.
struct Rest<R> {
    source: R,
    /// Why it could not be read on, to be told to who reads here first, and goes no further.
    error: Option<io::Error>,
}

impl<R: Read> Read for Rest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.source.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests;
