//! Opening what is read once, from its beginning to its end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::compression::{Compression, MAGIC_LENGTH};
use super::decompress::{Decompressed, WindowLimit};
use super::fault::{self, Operation};
use super::progress::Progress;
use super::standard::{STANDARD_INPUT, is_standard_stream, standard_input};
use super::watched::Watched;
use crate::error::{Error, Result};

/// An input that is read once: a file or standard input, with the name that messages call it by. Compressed bytes (gzip,
/// zstd, told by the first ones) are decompressed on the way.
pub struct Source {
    name: String,
    input: Input,
}

enum Input {
    /// A regular file that lies there from its beginning on, as it is.
    Regular(Watched, Progress),
    Stream {
        bytes: Box<Decompressed>,
        /// Bytes of the file beneath, where it is one.
        length: Option<u64>,
        progress: Progress,
    },
}

/// How to open a source.
#[derive(Clone, Debug)]
pub struct SourceOptions {
    /// How far back a zstd stream may refer.
    pub max_window: WindowLimit,
    /// Is told of every byte that is read.
    pub progress: Progress,
}

impl Default for SourceOptions {
    fn default() -> Self {
        SourceOptions {
            max_window: WindowLimit::DEFAULT,
            progress: Progress::default(),
        }
    }
}

impl Source {
    /// Opens `path`; `-` is standard input.
    ///
    /// # Errors
    /// When the file cannot be opened, or is a folder.
    pub fn open(path: &Path, options: &SourceOptions) -> Result<Self> {
        let name = name_of(path);
        let is_standard = is_standard_stream(path);
        let opened = if is_standard {
            standard_input()
        } else {
            File::open(path)
        };
        let input = opened
            .and_then(refuse_folder)
            .and_then(|file| Input::of_file(file, path, is_standard, options))
            .map_err(|error| Error::io("open", &name, with_advice(error, &name)))?;
        Ok(Source { name, input })
    }

    /// What messages call this input: the path as it was given, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes in the file beneath, compressed ones where it is compressed; none for a pipe.
    pub fn length(&self) -> Option<u64> {
        match &self.input {
            Input::Regular(file, _) => Some(file.opened().length),
            Input::Stream { length, .. } => *length,
        }
    }

    /// Whether the same bytes can be had again by opening its path: those of a pipe are gone once they are read.
    pub fn can_be_opened_again(&self) -> bool {
        self.name != STANDARD_INPUT && self.length().is_some()
    }

    /// Whether it is a regular file, not compressed, that lies there from its beginning on: one that can be read at any
    /// place.
    pub fn is_regular_file(&self) -> bool {
        matches!(self.input, Input::Regular(..))
    }

    /// Goes on with the byte at `offset` of a [regular file](Self::is_regular_file).
    ///
    /// # Errors
    /// When it cannot.
    pub fn seek(&mut self, offset: u64) -> Result<()> {
        let sought = match &mut self.input {
            Input::Regular(file, _) => file.seek(offset),
            Input::Stream { .. } => Err(io::ErrorKind::NotSeekable.into()),
        };
        sought.map_err(|error| Error::io("read", &self.name, error))
    }

    /// The file of [`is_regular_file`](Self::is_regular_file), or itself.
    pub(super) fn into_regular_file(self) -> std::result::Result<Watched, Self> {
        match self.input {
            Input::Regular(file, _) => Ok(file),
            Input::Stream { .. } => Err(self),
        }
    }

    pub(super) fn progress(&self) -> &Progress {
        match &self.input {
            Input::Regular(_, progress) | Input::Stream { progress, .. } => progress,
        }
    }
}

impl Input {
    fn of_file(
        file: File,
        path: &Path,
        is_standard: bool,
        options: &SourceOptions,
    ) -> io::Result<Self> {
        let data = file.metadata()?;
        let progress = options.progress.clone();
        let promised = Compression::of_path(path);
        // Of standard input, somebody may have read a part. A pipe is not asked yet: that could wait for ever.
        if data.is_file() && !is_standard && promised.is_none() {
            let mut head = [0; MAGIC_LENGTH];
            let length = read_at(&file, &mut head, 0)?;
            if Compression::of_magic(&head[..length]).is_none() {
                return Ok(Input::Regular(Watched::new(file)?, progress));
            }
        }
        let length = data.is_file().then_some(data.len());
        let file = Watched::new(file)?;
        let bytes = Decompressed::new(file, options.max_window, promised, progress.clone());
        Ok(Input::Stream {
            bytes: Box::new(bytes),
            length,
            progress,
        })
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.input {
            Input::Regular(file, progress) => {
                let count = file.read(buffer)?;
                progress.advance(count as u64);
                Ok(count)
            }
            Input::Stream { bytes, .. } => bytes.read(buffer),
        }
    }
}

/// Reads at an offset, wherever the file stands.
pub(super) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    fault::check(Operation::Read)?;
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_at(file, buffer, offset);
    #[cfg(windows)]
    return std::os::windows::fs::FileExt::seek_read(file, buffer, offset);
}

/// The name that messages use for an input path.
fn name_of(path: &Path) -> String {
    if is_standard_stream(path) {
        STANDARD_INPUT.to_owned()
    } else {
        path.display().to_string()
    }
}

/// What to do about a file that is none.
fn with_advice(error: io::Error, name: &str) -> io::Error {
    if error.kind() != io::ErrorKind::NotFound || !name.contains("://") {
        return error;
    }
    let message = "it is no file; fetch what the URL names, and pipe that in as -";
    io::Error::new(io::ErrorKind::NotFound, message)
}

/// Opening a folder works on Unix and only reading fails, with a message that helps nobody.
fn refuse_folder(file: File) -> io::Result<File> {
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    Ok(file)
}
