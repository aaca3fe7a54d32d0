//! An input that is read more than once: a regular file as it lies there, anything else from a spool.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use super::progress::{Phase, Progress};
use super::source::{Source, SourceOptions, read_at};
use super::spool::Spool;
use super::watched::{State, changed};
use crate::error::{Error, Result};

/// An input that can be read from any offset, as often as wanted.
pub struct Rereadable {
    name: String,
    bytes: Bytes,
    length: u64,
    /// Is told of every byte that is read.
    progress: Progress,
}

/// Copying what cannot be read twice.
const COPYING: Phase = Phase {
    name: "copying",
    items: "",
};

enum Bytes {
    /// Read, not mapped: a mapping would crash us when another process shrinks the file.
    File {
        file: File,
        opened: State,
    },
    Spool(Spool),
}

impl Rereadable {
    /// Opens `path`; `-` is standard input. What is not a regular file, or is compressed, is copied to a temporary file first.
    ///
    /// # Errors
    /// When it cannot be opened, or not be copied.
    pub fn open(path: &Path, options: &SourceOptions) -> Result<Self> {
        Self::of_source(Source::open(path, options)?)
    }

    /// A source that nobody has read from.
    ///
    /// # Errors
    /// When it cannot be copied, where it must be.
    pub fn of_source(source: Source) -> Result<Self> {
        let name = source.name().to_owned();
        let progress = source.progress().clone();
        let (bytes, length) = match source.into_regular_file() {
            Ok(file) => {
                let opened = file.opened();
                let file = file.into_file();
                (Bytes::File { file, opened }, opened.length)
            }
            Err(mut source) => {
                progress.begin(COPYING, source.length());
                let spool = Spool::fill(&mut source).map_err(|error| match error.kind() {
                    io::ErrorKind::InvalidData => Error::io("read", &name, error),
                    _ => {
                        let copy = format!("{name} to a temporary file (TMPDIR says where)");
                        Error::io("copy", &copy, error)
                    }
                })?;
                let length = spool.length();
                (Bytes::Spool(spool), length)
            }
        };
        Ok(Rereadable {
            name,
            bytes,
            length,
            progress,
        })
    }

    /// What messages call this input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes in all.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// A reader of its own from `offset` to the end.
    pub fn reader(&self, offset: u64) -> ReaderAt<'_> {
        ReaderAt {
            input: self,
            offset,
            told: Some(&self.progress),
        }
    }

    /// A reader from `offset` on of which the progress is not told: for what another reader passes over, too.
    pub fn reader_aside(&self, offset: u64) -> ReaderAt<'_> {
        ReaderAt {
            input: self,
            offset,
            told: None,
        }
    }

    /// The bytes of a range, which must lie within the input.
    ///
    /// # Errors
    /// When they cannot be read, or the file has become shorter.
    pub fn read_range(&self, range: Range<u64>) -> Result<Vec<u8>> {
        let mut bytes = vec![0; (range.end - range.start) as usize];
        self.reader(range.start)
            .read_exact(&mut bytes)
            .map_err(|error| Error::io("read", &self.name, error))?;
        Ok(bytes)
    }

    /// Checks that nobody has written to the file since it was opened: what was copied from it by offsets found before
    /// would be wrong.
    ///
    /// # Errors
    /// When it has changed.
    pub fn check_unchanged(&self) -> Result<()> {
        let Bytes::File { file, opened } = &self.bytes else {
            return Ok(());
        };
        match State::of(file) {
            Ok(state) if state == Some(*opened) => Ok(()),
            Ok(_) => Err(Error::io("use", &self.name, changed())),
            Err(error) => Err(Error::io("read", &self.name, error)),
        }
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        match &self.bytes {
            Bytes::File { file, .. } => read_at(file, buffer, offset),
            Bytes::Spool(spool) => Ok(spool.read(buffer, offset)),
        }
    }
}

/// Reads a [`Rereadable`] from an offset on. What it is moved over counts as read.
pub struct ReaderAt<'i> {
    input: &'i Rereadable,
    offset: u64,
    told: Option<&'i Progress>,
}

impl ReaderAt<'_> {
    fn move_to(&mut self, offset: u64) {
        if let Some(progress) = self.told {
            progress.advance(offset.saturating_sub(self.offset));
        }
        self.offset = offset;
    }
}

impl Read for ReaderAt<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read_at(buffer, self.offset)?;
        self.move_to(self.offset + count as u64);
        Ok(count)
    }
}

impl Seek for ReaderAt<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let offset = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::Current(distance) => self.offset.checked_add_signed(distance),
            SeekFrom::End(distance) => self.input.length.checked_add_signed(distance),
        };
        self.move_to(offset.ok_or(io::ErrorKind::InvalidInput)?);
        Ok(self.offset)
    }
}
