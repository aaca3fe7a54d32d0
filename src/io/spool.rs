//! A pipe's bytes kept in an unlinked temporary file and mapped, so that they can be read twice.
#![allow(unsafe_code)] // two blocks: mapping a file of our own, and letting go of its pages

use std::io::{self, Read, Write};

use memmap2::Mmap;

use super::fault::{self, Operation};

/// Bytes of the mapping that stay behind a reader.
const KEPT: usize = 1 << 20;

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

    pub(super) fn length(&self) -> u64 {
        self.0.len() as u64
    }

    /// Copies from `offset` on into `buffer`; returns how many bytes.
    pub(super) fn read(&self, buffer: &mut [u8], offset: u64) -> usize {
        let rest = self.0.get(offset as usize..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.forget(offset as usize, offset as usize + count);
        count
    }

    /// Lets go of the pages that reading has left behind: they would count as ours until the system wants them, and the whole
    /// of a mixtape with them.
    fn forget(&self, from: usize, to: usize) {
        let first = from / KEPT * KEPT;
        if to / KEPT * KEPT == first {
            return;
        }
        let length = to / KEPT * KEPT - first;
        #[cfg(unix)]
        // SAFETY: what is dropped is read from the file again when somebody looks at it. The mapping is shared and read-only,
        // and the file has all its bytes, so no write of ours is lost.
        let advised = unsafe {
            self.0
                .unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, first, length)
        };
        // Without it only more memory counts as ours.
        #[cfg(unix)]
        let _ = advised;
        #[cfg(not(unix))]
        let _ = length;
    }
}
