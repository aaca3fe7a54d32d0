//! A pipe's bytes kept in an unlinked temporary file and mapped, so that they can be read twice.
#![allow(unsafe_code)] // one block: mapping a file of our own

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// The whole of a stream, on disk, without a name. The system may evict its pages; it ends with the process.
pub(super) struct Spool(Mmap);

impl Spool {
    /// Copies `source` to its end into the folder for temporary files (`TMPDIR`).
    pub(super) fn fill(source: &mut File) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(source, &mut file)?;
        // SAFETY: a mapping is unsound when the file shrinks or changes while it is mapped. This file was created by us,
        // has no name by which another process could open it, and our only handle on it is dropped right here.
        Ok(Spool(unsafe { Mmap::map(&file)? }))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
