//! Memory for what grows with the input, asked for before it is needed: where there is none, the run ends with an error that
//! says so, and does not abort.

use std::fmt;
use std::io;

use crate::error::Error;
use crate::io::Memory;
use crate::json::Failure;

/// What grows with the input.
pub(super) type List<T> = allocator_api2::vec::Vec<T, Memory>;

/// There is no memory for the index to grow.
#[derive(Debug)]
pub(super) struct NoRoom {
    /// Bytes that were asked for, in one piece.
    wanted: usize,
    /// They should have come from a temporary file.
    file: Option<Box<io::Error>>,
}

impl NoRoom {
    /// No room for `count` things of a type.
    #[cold]
    pub(super) fn for_many<T>(count: usize, memory: &Memory) -> Self {
        NoRoom {
            wanted: count.saturating_mul(size_of::<T>()),
            file: memory.take_error().map(Box::new),
        }
    }

    /// As the failure of reading what stands at `offset`.
    #[cold]
    pub(super) fn at(self, offset: u64) -> Failure {
        match self.file {
            Some(error) => Failure::Io(of_file(*error)),
            None => Failure::Limit {
                offset,
                message: self.to_string(),
            },
        }
    }
}

impl fmt::Display for NoRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the index does not fit into memory: it needs {} bytes in one piece; allow the program more memory \
             (ulimit -v, or the container's limit), let it lie on the disk (--max-memory), or apply the changes in parts \
             where it is they that do not fit",
            self.wanted
        )
    }
}

impl From<NoRoom> for Error {
    fn from(none: NoRoom) -> Self {
        match none.file {
            Some(error) => Error::io("go on", "with the mixtape", of_file(*error)),
            None => Error::limit(none.to_string()),
        }
    }
}

/// A temporary file's error, with what a user can do about it.
#[cold]
fn of_file(error: io::Error) -> io::Error {
    let folder = std::env::temp_dir();
    let message = format!(
        "its index cannot lie in {} (--max-memory sends it there, TMPDIR says where): {error}",
        folder.display()
    );
    io::Error::new(error.kind(), message)
}

/// Makes room for `count` more entries of `list`.
#[inline]
pub(super) fn reserve<T>(list: &mut List<T>, count: usize) -> Result<(), NoRoom> {
    if list.capacity() - list.len() >= count {
        return Ok(());
    }
    grow(list, count)
}

#[cold]
#[inline(never)]
fn grow<T>(list: &mut List<T>, count: usize) -> Result<(), NoRoom> {
    // Twice as much as before, so that growing stays rare; where that is too much, as little as will do for a while.
    let little = count + list.len() / 8;
    let grown = if list.allocator().is_spilling() {
        // A file's bytes are written before they are used.
        list.try_reserve_exact(little)
    } else {
        // What a file has refused is not asked of it again.
        list.try_reserve(count)
            .or_else(|error| match list.allocator().has_failed() {
                true => Err(error),
                false => list.try_reserve_exact(little),
            })
    };
    let is_small = list.capacity() * size_of::<T>() <= SMALL;
    grown
        .ok()
        .filter(|()| is_small || leaves_room())
        .ok_or_else(|| NoRoom::for_many::<T>(list.len() + little, list.allocator()))
}

/// What nobody asks for before it is needed, in all threads together: a run that has not even this ends before it aborts.
const SPARE: usize = 8 << 20;

/// Of lists as short as this, in bytes, there are few: what they take together is less than what is spared.
const SMALL: usize = 64 << 10;

/// Whether there is memory for what does not grow with the input.
pub(super) fn leaves_room() -> bool {
    // Asked of the system: the allocator would learn from it that blocks of this size come and go, and copy those that grow.
    memmap2::MmapMut::map_anon(SPARE).is_ok()
}

/// So many equal entries.
pub(super) fn filled<T: Clone>(value: T, count: usize, memory: &Memory) -> Result<List<T>, NoRoom> {
    let mut list = List::new_in(memory.clone());
    list.try_reserve_exact(count)
        .map_err(|_| NoRoom::for_many::<T>(count, memory))?;
    list.resize(count, value);
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn what_no_memory_can_hold_is_refused_with_its_size() {
        let mut list = filled(1u64, 3, &Memory::UNLIMITED).unwrap();
        let none = reserve(&mut list, 1 << 60).unwrap_err();
        assert_eq!(list, [1, 1, 1]);
        for (none, bytes) in [
            (none, "9223372036854775832"),
            (
                filled(0u64, 1 << 60, &Memory::UNLIMITED).unwrap_err(),
                "9223372036854775808",
            ),
        ] {
            let error = Error::from(none);
            assert_eq!(error.kind(), ErrorKind::Limit);
            assert_eq!(
                error.to_string(),
                format!(
                    "the index does not fit into memory: it needs {bytes} bytes in one piece; allow the program more \
                     memory (ulimit -v, or the container's limit), let it lie on the disk (--max-memory), or apply the \
                     changes in parts where it is they that do not fit"
                )
            );
        }
    }

    #[test]
    fn a_list_in_a_file_grows_by_an_eighth() {
        let mut list: List<u8> = List::new_in(Memory::limited(0));
        for length in [100_000, 100_003, 800_000] {
            let more = length - list.len();
            reserve(&mut list, more).unwrap();
            list.resize(length, 0);
            let more = list.capacity() + 1 - length;
            reserve(&mut list, more).unwrap();
            assert_eq!(list.capacity(), length + more + length / 8);
        }
    }

    #[test]
    fn room_is_there_when_it_is_needed() {
        let mut list: List<u32> = List::new_in(Memory::UNLIMITED);
        for count in [1, 2, 1000, 0, 7] {
            reserve(&mut list, count).unwrap();
            let capacity = list.capacity();
            list.extend(std::iter::repeat_n(3, count));
            assert_eq!(list.capacity(), capacity);
        }
        assert_eq!(filled(3, 1010, &Memory::UNLIMITED).unwrap(), list);
    }
}
