//! Memory that has an end: beyond it, what grows lies in temporary files that are mapped.
//!
//! A mapped file's pages are the system's to write out and drop, so they count against nobody's limit, and what is touched often
//! stays in memory all the same. Everything is handed out through the interface that vectors and tables ask for memory, so what is
//! kept in them does not know where it lies.
#![allow(unsafe_code)] // an allocator, and what it hands out of mappings of its own

use std::alloc::Layout;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use allocator_api2::alloc::{AllocError, Allocator, Global};
use memmap2::MmapMut;

use super::fault::{self, Operation};
use crate::error::{Error, Result};

/// Smaller pieces are not worth a file: all of them together are far below any limit.
const SMALL: usize = 64 * 1024;

/// Zeros written at once.
const BLOCK: usize = 256 * 1024;

/// No piece needs to be aligned to more than a page, which is what mappings are aligned to.
const PAGE: usize = 4096;

/// Where to get memory from; clones draw on the same.
///
/// ```
/// use allocator_api2::vec::Vec;
/// use mixtape::io::Memory;
/// let memory = Memory::limited(1 << 20);
/// let mut list = Vec::new_in(memory.clone());
/// list.extend(0..1_000_000u64);
/// assert_eq!(list[999_999], 999_999);
/// assert!(memory.on_disk() >= 8_000_000);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Memory(Option<Arc<Limited>>);

#[derive(Debug)]
struct Limited {
    limit: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Bytes that the system's allocator gave.
    used: usize,
    /// By address.
    mapped: BTreeMap<usize, Mapped>,
    /// Bytes in the files of `mapped`.
    on_disk: u64,
    /// The most that there ever were.
    most_on_disk: u64,
    /// Why a file could not be made or grow.
    error: Option<io::Error>,
}

/// A piece in a file without a name.
#[derive(Debug)]
struct Mapped {
    file: File,
    map: MmapMut,
}

impl Memory {
    /// As much as the system gives.
    pub const UNLIMITED: Memory = Memory(None);

    /// At most `limit` bytes of the system's, and beyond that files in the folder for temporary ones (`TMPDIR`).
    pub fn limited(limit: usize) -> Self {
        Memory(Some(Arc::new(Limited {
            limit,
            state: Mutex::default(),
        })))
    }

    /// Makes a temporary file, if some will be needed, to see whether that can be done at all.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check(&self) -> Result<()> {
        if self.0.is_none() {
            return Ok(());
        }
        let folder = std::env::temp_dir();
        let name = format!("a file in {} (TMPDIR says where)", folder.display());
        tempfile::tempfile()
            .map(drop)
            .map_err(|error| Error::io("make", &name, error))
    }

    /// The most bytes that are the system's, where that is limited.
    pub fn limit(&self) -> Option<usize> {
        self.0.as_ref().map(|limited| limited.limit)
    }

    /// How many of some threads there is room for in a quarter of it, where each takes so many bytes; one in any case.
    pub fn threads(&self, threads: NonZeroUsize, each: usize) -> NonZeroUsize {
        let most = self.limit().map_or(usize::MAX, |limit| limit / 4 / each);
        NonZeroUsize::new(most).map_or(NonZeroUsize::MIN, |most| threads.min(most))
    }

    /// Whether something lies in files: then to grow means to write, and to ask for more than is needed costs.
    pub fn is_spilling(&self) -> bool {
        self.0
            .as_ref()
            .is_some_and(|limited| !limited.state().mapped.is_empty())
    }

    /// The most bytes that lay in files at any time.
    pub fn on_disk(&self) -> u64 {
        self.0
            .as_ref()
            .map_or(0, |limited| limited.state().most_on_disk)
    }

    /// Whether [`take_error`](Self::take_error) has something to say.
    pub fn has_failed(&self) -> bool {
        self.0
            .as_ref()
            .is_some_and(|limited| limited.state().error.is_some())
    }

    /// Why the last piece could not be had, where that was a file's fault.
    pub fn take_error(&self) -> Option<io::Error> {
        self.0.as_ref()?.state().error.take()
    }
}

// SAFETY: a piece is the system's, or all of a mapping that stays in `mapped`, at its place, until the piece is given back or
// grown; both keep their contents when the handle moves or is cloned, and clones share `mapped`. What does not succeed leaves
// the old piece as it was.
unsafe impl Allocator for Memory {
    fn allocate(&self, layout: Layout) -> std::result::Result<NonNull<[u8]>, AllocError> {
        match &self.0 {
            None => Global.allocate(layout),
            Some(limited) => limited.state().allocate(layout, limited.limit),
        }
    }

    unsafe fn deallocate(&self, piece: NonNull<u8>, layout: Layout) {
        match &self.0 {
            // SAFETY: without a limit every piece is the system's.
            None => unsafe { Global.deallocate(piece, layout) },
            // SAFETY: the caller's promise.
            Some(limited) => unsafe { limited.state().deallocate(piece, layout) },
        }
    }

    unsafe fn grow(
        &self,
        piece: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> std::result::Result<NonNull<[u8]>, AllocError> {
        match &self.0 {
            // SAFETY: without a limit every piece is the system's.
            None => unsafe { Global.grow(piece, old, new) },
            // SAFETY: the caller's promise.
            Some(limited) => unsafe { limited.state().grow(piece, old, new, limited.limit) },
        }
    }
}

impl Limited {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn allocate(
        &mut self,
        layout: Layout,
        limit: usize,
    ) -> std::result::Result<NonNull<[u8]>, AllocError> {
        if self.is_the_systems(0, layout, limit) {
            let piece = Global.allocate(layout)?;
            self.used += layout.size();
            return Ok(piece);
        }
        self.map(layout.size())
    }

    /// # Safety
    /// `piece` was given out here with this layout.
    unsafe fn deallocate(&mut self, piece: NonNull<u8>, layout: Layout) {
        if let Some(mapped) = self.mapped.remove(&piece.addr().get()) {
            self.on_disk -= mapped.map.len() as u64;
            return;
        }
        self.used -= layout.size();
        // SAFETY: it is no mapping, so it is the system's.
        unsafe { Global.deallocate(piece, layout) }
    }

    /// # Safety
    /// `piece` was given out here with the layout `old`, and `new` is no smaller.
    unsafe fn grow(
        &mut self,
        piece: NonNull<u8>,
        old: Layout,
        new: Layout,
        limit: usize,
    ) -> std::result::Result<NonNull<[u8]>, AllocError> {
        if self.mapped.contains_key(&piece.addr().get()) {
            return self.grow_mapped(piece.addr().get(), new.size());
        }
        if self.is_the_systems(old.size(), new, limit) {
            // SAFETY: it is no mapping, so it is the system's; the rest is the caller's promise.
            let grown = unsafe { Global.grow(piece, old, new) }?;
            self.used += new.size() - old.size();
            return Ok(grown);
        }
        let mapped = self.map(new.size())?;
        // SAFETY: both have at least the old size, and the new one was not there before.
        unsafe {
            mapped
                .cast::<u8>()
                .copy_from_nonoverlapping(piece, old.size());
            self.deallocate(piece, old);
        }
        Ok(mapped)
    }

    /// Whether a piece comes from the system, in place of one that has `old` bytes.
    fn is_the_systems(&self, old: usize, layout: Layout, limit: usize) -> bool {
        layout.size() < SMALL || layout.align() > PAGE || self.used - old + layout.size() <= limit
    }

    /// A piece of its own file.
    fn map(&mut self, size: usize) -> std::result::Result<NonNull<[u8]>, AllocError> {
        let made = fault::check(Operation::Create)
            .and_then(|()| tempfile::tempfile())
            .and_then(|file| {
                write_zeros(&file, size)?;
                Mapped::of(file)
            });
        self.keep(made, 0)
    }

    fn grow_mapped(
        &mut self,
        address: usize,
        size: usize,
    ) -> std::result::Result<NonNull<[u8]>, AllocError> {
        let old = &self.mapped[&address];
        let length = old.map.len();
        let grown = write_zeros(&old.file, size - length)
            .and_then(|()| old.file.try_clone())
            // A second view of the same pages, before the first one goes: the contents are never without one.
            .and_then(Mapped::of);
        let piece = self.keep(grown, length)?;
        self.mapped.remove(&address);
        Ok(piece)
    }

    /// Keeps a piece whose file had `old` bytes before.
    fn keep(
        &mut self,
        made: io::Result<Mapped>,
        old: usize,
    ) -> std::result::Result<NonNull<[u8]>, AllocError> {
        let mut mapped = made.map_err(|error| {
            self.error = Some(error);
            AllocError
        })?;
        let piece = NonNull::from(&mut mapped.map[..]);
        self.on_disk += (mapped.map.len() - old) as u64;
        self.most_on_disk = self.most_on_disk.max(self.on_disk);
        self.mapped.insert(piece.addr().get(), mapped);
        Ok(piece)
    }
}

impl Mapped {
    fn of(file: File) -> io::Result<Self> {
        // SAFETY: a mapping is unsound when the file shrinks or is written to otherwise while it is mapped. This file was created
        // by us, has no name by which another process could open it, and grows only.
        let map = unsafe { MmapMut::map_mut(&file)? };
        Ok(Mapped { file, map })
    }
}

/// Makes the file longer by so many zeros. They are written: a disk without room for them says so here, not when somebody touches a
/// page.
fn write_zeros(mut file: &File, count: usize) -> io::Result<()> {
    let zeros = vec![0; count.min(BLOCK)];
    let mut left = count;
    while left > 0 {
        let length = left.min(BLOCK);
        fault::check(Operation::Write)?;
        file.write_all(&zeros[..length])?;
        left -= length;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
