//! A pipe's bytes kept in an unlinked temporary file and mapped, so that they can be read twice.
#![allow(unsafe_code)] // one block: mapping a file of our own

use std::io::{self, Read, Write};

use memmap2::Mmap;

use super::fault::{self, Operation};

/// Bytes copied at once.
const BLOCK: usize = 256 * 1024;

/// The whole of a stream, on disk, without a name. The system may evict its pages; it ends with the process.
pub(super) struct Spool(Mmap);

impl Spool {
    /// Copies `source` to its end into the folder for temporary files (`TMPDIR`).
    pub(super) fn fill(source: &mut impl Read) -> io::Result<Self> {
        fault::check(Operation::Create)?;
        let mut file = tempfile::tempfile()?;
        let mut block = vec![0; BLOCK];
        loop {
            match source.read(&mut block) {
                Ok(0) => break,
                Ok(count) => {
                    fault::check(Operation::Write)?;
                    file.write_all(&block[..count])?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        // SAFETY: a mapping is unsound when the file shrinks or changes while it is mapped. This file was created by us,
        // has no name by which another process could open it, and our only handle on it is dropped right here.
        Ok(Spool(unsafe { Mmap::map(&file)? }))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
