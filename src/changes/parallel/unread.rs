//! What is left of a stream that was cut into pieces.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::iter;
use std::ops::Range;

use super::framing::{Frame, Framing};
use crate::json::{Position, Window};

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
        let (carry, stream) = self.framing.into_rest();
        let all = 0..carry.len();
        let pieces = self.frames.into_iter();
        Rest {
            kept: pieces
                .map(|frame| (frame.buffer, frame.bytes))
                .chain(iter::once((carry, all)))
                .collect(),
            stream,
            failed: None,
        }
    }
}

/// Bytes that were read already, and the stream behind them. They come together with some of the stream, so that a message about
/// the last of them shows what stands behind it, as if they had not been cut.
struct Rest<R> {
    kept: VecDeque<(Vec<u8>, Range<usize>)>,
    stream: R,
    /// Told once the bytes in front of it were read.
    failed: Option<io::Error>,
}

impl<R> Rest<R> {
    fn read_kept(&mut self, buffer: &mut [u8]) -> usize {
        let mut read = 0;
        while let Some((bytes, left)) = self.kept.front_mut() {
            let count = (buffer.len() - read).min(left.len());
            let taken = left.start..left.start + count;
            left.start = taken.end;
            buffer[read..read + count].copy_from_slice(&bytes[taken]);
            read += count;
            if left.start < left.end {
                break;
            }
            self.kept.pop_front();
        }
        read
    }
}

impl<R: Read> Read for Rest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut read = self.read_kept(buffer);
        if read == 0 {
            return self.stream.read(buffer);
        }
        let shown = buffer.len().min(read + Window::<&[u8]>::ROOM_BEHIND);
        while read < shown {
            match self.stream.read(&mut buffer[read..]) {
                Ok(0) => break,
                Ok(count) => read += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
