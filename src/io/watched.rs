//! A file that is read once, and that nobody may change meanwhile.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::time::SystemTime;

use super::fault::{self, Operation};

/// A file or a pipe. Where it is a regular file its end is believed only if it is still what it was when it was opened: one that
/// another program cuts, or writes to, would look complete.
pub(super) struct Watched {
    file: File,
    opened: Option<State>,
}

/// What tells that a regular file was written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) length: u64,
    modified: Option<SystemTime>,
}

impl State {
    /// The state of a regular file; none of anything else.
    pub(super) fn of(file: &File) -> io::Result<Option<Self>> {
        let metadata = file.metadata()?;
        Ok(metadata.is_file().then(|| State {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }))
    }
}

/// The error for a file that has changed.
pub(super) fn changed() -> io::Error {
    io::Error::other("it was changed while it was read; run again")
}

impl Watched {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let opened = State::of(&file)?;
        Ok(Watched { file, opened })
    }

    /// What a regular file was when it was opened; empty for anything else.
    pub(super) fn opened(&self) -> State {
        self.opened.unwrap_or_default()
    }

    /// Goes on with the byte at `offset`.
    pub(super) fn seek(&mut self, offset: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(offset)).map(|_| ())
    }

    pub(super) fn into_file(self) -> File {
        self.file
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        fault::check(Operation::Read)?;
        let count = self.file.read(buffer)?;
        if count == 0 && !buffer.is_empty() && State::of(&self.file)? != self.opened {
            return Err(changed());
        }
        Ok(count)
    }
}
