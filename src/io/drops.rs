//! A source for tests that gives little at a time.

use std::io::{self, Read};

/// Gives at most so many bytes at once, as slow pipes do: what lies in the window is not all of what is being looked at.
pub(crate) struct Drops<'b>(pub(crate) &'b [u8], pub(crate) usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.1);
        self.0.read(&mut buffer[..count])
    }
}
