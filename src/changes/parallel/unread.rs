//! What is left of a stream that was cut into pieces.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::framing::{Frame, Framing};
use crate::json::Position;

/// Pieces, and the stream behind them.
pub(super) struct Unread<R> {
    frames: VecDeque<Frame>,
    framing: Framing<R>,
}

impl<R: Read> Unread<R> {
    /// At least one piece, and what follows.
    pub(super) fn new(frames: impl IntoIterator<Item = Frame>, framing: Framing<R>) -> Self {
        Unread {
            frames: frames.into_iter().collect(),
            framing,
        }
    }

    /// Whether nothing was read before.
    pub(super) fn is_all(&self) -> bool {
        self.frames[0].number == 0
    }

    /// What stands in front of it, as far as messages show that.
    pub(super) fn front(&self) -> &[u8] {
        let frame = &self.frames[0];
        &frame.buffer[..frame.bytes.start]
    }

    /// Where that begins.
    pub(super) fn first(&self) -> Position {
        self.frames[0].first
    }

    /// All of it.
    pub(super) fn into_bytes(self) -> impl Read {
        Frames(self.frames).chain(self.framing.into_rest())
    }
}

/// Pieces one behind the other.
struct Frames(VecDeque<Frame>);

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = self.0.front_mut() {
            let count = buffer.len().min(frame.bytes.len());
            if count > 0 {
                let start = frame.bytes.start;
                buffer[..count].copy_from_slice(&frame.buffer[start..start + count]);
                frame.bytes.start += count;
                return Ok(count);
            }
            self.0.pop_front();
        }
        Ok(0)
    }
}
