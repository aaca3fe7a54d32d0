//! Where output goes: a file that is complete or untouched, or a stream that is written through.

use std::io::{self, Write};
use std::path::Path;

use super::compress::Encoder;
use super::compression::Compression;
use super::path;
use super::standard::{STANDARD_OUTPUT, is_standard_stream};
use super::target::Target;
use crate::error::{Error, Result};

/// Bytes gathered before they are written.
const CAPACITY: usize = 256 * 1024;

/// An output under construction.
///
/// A regular file is made beside its target under a temporary name and takes the target's place in
/// [`finish`](Sink::finish); dropped without that, it leaves the target as it was. Standard output, pipes and devices are
/// written through.
pub struct Sink {
    name: String,
    buffer: Vec<u8>,
    encoder: Encoder<Target>,
    /// Bytes written so far, those in the buffer included.
    written: u64,
}

impl Sink {
    /// Begins an output at `path`, compressed as the name's ending says; `-` is standard output.
    ///
    /// # Errors
    /// When it cannot be made there: no such folder, no permission, a folder of that name, a loop of links.
    pub fn create(path: &Path) -> Result<Self> {
        Self::create_compressed(path, Compression::of_path(path))
    }

    /// Begins an output at `path` whose bytes are compressed, or not, whatever its name says.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_compressed(path: &Path, compression: Option<Compression>) -> Result<Self> {
        let name = if is_standard_stream(path) {
            STANDARD_OUTPUT.to_owned()
        } else {
            path.display().to_string()
        };
        let encoder = Target::open(path)
            .and_then(|target| Encoder::new(target, compression))
            .map_err(|error| Error::write(&name, error))?;
        Ok(Sink {
            name,
            buffer: Vec::with_capacity(CAPACITY),
            encoder,
            written: 0,
        })
    }

    /// An output that an earlier run has begun: of a regular file the first `kept` bytes stay, and what is written comes behind
    /// them, at once. The rest of it is cut off. Streams go on as they are. Never compressed.
    ///
    /// # Errors
    /// As [`create`](Self::create); when the file is shorter than that.
    pub fn continued(path: &Path, kept: u64) -> Result<Self> {
        let name = path.display().to_string();
        if is_standard_stream(path) || path::is_stream(path) {
            return Self::create_compressed(path, None);
        }
        let target = Target::open_behind(path, kept);
        let target = target.map_err(|error| Error::io("go on with", &name, error))?;
        Ok(Sink {
            name,
            buffer: Vec::with_capacity(CAPACITY),
            encoder: Encoder::Plain(target),
            written: kept,
        })
    }

    /// Puts what was written so far on the disk. The length of a [continued](Self::continued) file up to there.
    ///
    /// # Errors
    /// When that fails.
    pub fn checkpoint(&mut self) -> Result<Option<u64>> {
        let written = self.write_buffer().and_then(|()| match &mut self.encoder {
            Encoder::Plain(target) if target.checkpoint()? => Ok(Some(self.written)),
            _ => Ok(None),
        });
        written.map_err(|error| Error::write(&self.name, error))
    }

    /// An output that goes nowhere: for a run that only looks.
    pub fn nowhere() -> Self {
        Sink {
            name: "<nowhere>".to_owned(),
            buffer: Vec::with_capacity(CAPACITY),
            encoder: Encoder::Plain(Target::Nowhere),
            written: 0,
        }
    }

    /// Bytes written so far, before they are compressed.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// What messages call this output.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts all that was written in place: flushed and, for a file, on the disk and under its name.
    ///
    /// # Errors
    /// When any step fails; a file's target is then as it was before.
    pub fn finish(mut self) -> Result<()> {
        self.write_buffer()
            .and_then(|()| self.encoder.finish())
            .and_then(Target::finish)
            .map_err(|error| Error::write(&self.name, error))
    }

    /// The library's error for a failed write into this sink.
    pub fn error(&self, error: io::Error) -> Error {
        Error::write(&self.name, error)
    }

    /// Writes all of `bytes` as they lie there, and leaves an empty vector in their place, with room of its own or none.
    ///
    /// # Errors
    /// As those of [`write_all`](Write::write_all).
    pub(crate) fn write_block(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        self.write_buffer()?;
        self.written += bytes.len() as u64;
        std::mem::swap(&mut self.buffer, bytes);
        self.write_buffer()?;
        std::mem::swap(&mut self.buffer, bytes);
        Ok(())
    }

    #[cold]
    fn write_large(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = self.write(bytes)?;
            bytes = &bytes[count..];
        }
        Ok(())
    }

    fn write_buffer(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            // Handed over as it is.
            Encoder::Plain(target) => target.write_block(&mut self.buffer),
            encoder => {
                encoder.write_all(&self.buffer)?;
                self.buffer.clear();
                Ok(())
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + bytes.len() > CAPACITY {
            self.write_buffer()?;
        }
        let count = bytes.len().min(CAPACITY);
        self.buffer.extend_from_slice(&bytes[..count]);
        self.written += count as u64;
        Ok(count)
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() <= CAPACITY {
            self.buffer.extend_from_slice(bytes);
            self.written += bytes.len() as u64;
            return Ok(());
        }
        self.write_large(bytes)
    }

    /// Hands over what is gathered. Nothing becomes visible in a file before [`Sink::finish`].
    fn flush(&mut self) -> io::Result<()> {
        self.write_buffer()
    }
}
