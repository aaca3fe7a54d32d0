//! A source for tests that gives little at a time.

use std::io::{self, Read, Seek, SeekFrom};

/// Gives at most so many bytes at once, as slow pipes do: what lies in the window is not all of what is being looked at.
pub(crate) struct Drops<R>(pub(crate) R, pub(crate) usize);

impl<R: Read> Read for Drops<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.1);
        self.0.read(&mut buffer[..count])
    }
}

impl<R: Seek> Seek for Drops<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}
