//! A stream that gives what it likes.

use std::io::{self, ErrorKind, Read};

/// Gives so many bytes at a time, one count after the other and over again; at a 0 it says that it was interrupted.
pub(in crate::changes::parallel) struct Uneven<'b> {
    pub(in crate::changes::parallel) bytes: &'b [u8],
    pub(in crate::changes::parallel) counts: Vec<usize>,
    pub(in crate::changes::parallel) turn: usize,
}

impl Read for Uneven<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.counts[self.turn % self.counts.len()];
        self.turn += 1;
        if count == 0 {
            return Err(ErrorKind::Interrupted.into());
        }
        let most = buffer.len().min(count);
        self.bytes.read(&mut buffer[..most])
    }
}
