//! Turns a source of small pieces into a reader, through one reused chunk of memory.

use std::io::{self, BufRead, Read};

/// Something that makes its output piece by piece.
pub(crate) trait Source {
    /// Appends the next piece, or appends nothing and answers `false` once all have been made.
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool;
}

/// How much is made at a time: enough to make the cost of a call vanish, and it fits in a cache.
const CHUNK: usize = 64 * 1024;

/// A source and the part of its output that has not been read yet.
#[derive(Debug)]
pub(crate) struct Stream<S> {
    source: S,
    chunk: Vec<u8>,
    read: usize,
}

impl<S: Source> Stream<S> {
    pub(crate) fn new(source: S) -> Self {
        // The last piece may reach past the end of the chunk; a quarter more holds almost any.
        Self {
            source,
            chunk: Vec::with_capacity(CHUNK + CHUNK / 4),
            read: 0,
        }
    }
}

impl<S: Source> BufRead for Stream<S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read == self.chunk.len() {
            self.chunk.clear();
            self.read = 0;
            while self.chunk.len() < CHUNK && self.source.append_piece(&mut self.chunk) {}
        }
        Ok(&self.chunk[self.read..])
    }

    fn consume(&mut self, amount: usize) {
        self.read = self.chunk.len().min(self.read + amount);
    }
}

impl<S: Source> Read for Stream<S> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(buf)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// Gives a public generator, a newtype around a [`Stream`], the traits of a reader.
macro_rules! reads_as_its_stream {
    ($generator:ty) => {
        impl std::io::Read for $generator {
            fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
                std::io::Read::read(&mut self.0, buf)
            }
        }

        impl std::io::BufRead for $generator {
            fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
                std::io::BufRead::fill_buf(&mut self.0)
            }

            fn consume(&mut self, amount: usize) {
                std::io::BufRead::consume(&mut self.0, amount);
            }
        }
    };
}
pub(crate) use reads_as_its_stream;
