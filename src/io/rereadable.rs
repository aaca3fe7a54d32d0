//! An input that is read more than once: a regular file as it lies there, anything else from a spool.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::time::SystemTime;

use super::source::Source;
use super::spool::Spool;
use crate::error::{Error, Result};

/// An input that can be read from any offset, as often as wanted.
pub struct Rereadable {
    name: String,
    bytes: Bytes,
    length: u64,
}

enum Bytes {
    /// Read, not mapped: a mapping would crash us when another process shrinks the file.
    File {
        file: File,
        modified: Option<SystemTime>,
    },
    Spool(Spool),
}

impl Rereadable {
    /// Opens `path`; `-` is standard input. What is not a regular file is copied to a temporary file first.
    ///
    /// # Errors
    /// When it cannot be opened, or not be copied.
    pub fn open(path: &Path) -> Result<Self> {
        let source = Source::open(path)?;
        let name = source.name().to_owned();
        let is_regular = source.is_regular_file();
        let mut file = source.into_file();
        let metadata = file
            .metadata()
            .map_err(|error| Error::io("read", &name, error))?;
        let bytes = if is_regular {
            Bytes::File {
                file,
                modified: metadata.modified().ok(),
            }
        } else {
            let spool = Spool::fill(&mut file).map_err(|error| {
                Error::io("copy to a temporary file (TMPDIR says where)", &name, error)
            })?;
            Bytes::Spool(spool)
        };
        let length = match &bytes {
            Bytes::File { .. } => metadata.len(),
            Bytes::Spool(spool) => spool.bytes().len() as u64,
        };
        Ok(Rereadable {
            name,
            bytes,
            length,
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
    pub fn reader(&self, offset: u64) -> impl Read + '_ {
        ReaderAt {
            input: self,
            offset,
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
        let Bytes::File { file, modified } = &self.bytes else {
            return Ok(());
        };
        let metadata = file
            .metadata()
            .map_err(|error| Error::io("read", &self.name, error))?;
        if metadata.len() == self.length && metadata.modified().ok() == *modified {
            return Ok(());
        }
        Err(Error::io(
            "use",
            &self.name,
            io::Error::other("it was changed while it was read; run again"),
        ))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        match &self.bytes {
            #[cfg(unix)]
            Bytes::File { file, .. } => std::os::unix::fs::FileExt::read_at(file, buffer, offset),
            #[cfg(windows)]
            Bytes::File { file, .. } => {
                std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
            }
            Bytes::Spool(spool) => {
                let rest = spool.bytes().get(offset as usize..).unwrap_or_default();
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                Ok(count)
            }
        }
    }
}

struct ReaderAt<'i> {
    input: &'i Rereadable,
    offset: u64,
}

impl Read for ReaderAt<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read_at(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}
