//! Memory for what grows with the input, asked for before it is needed: where there is none, the run ends with an error that
//! says so, and does not abort.

use std::fmt;

use crate::error::Error;
use crate::json::Failure;

/// There is no memory for the index to grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoRoom {
    /// Bytes that were asked for, in one piece.
    wanted: usize,
}

impl NoRoom {
    /// No room for `count` things of a type.
    #[cold]
    pub(super) fn for_many<T>(count: usize) -> Self {
        NoRoom {
            wanted: count.saturating_mul(size_of::<T>()),
        }
    }

    /// As the failure of reading what stands at `offset`.
    #[cold]
    pub(super) fn at(self, offset: u64) -> Failure {
        Failure::Limit {
            offset,
            message: self.to_string(),
        }
    }
}

impl fmt::Display for NoRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the index does not fit into memory: it needs {} bytes more, in one piece; allow the program more memory \
             (ulimit -v, or the container's limit), or apply the changes in parts where it is they that do not fit",
            self.wanted
        )
    }
}

impl From<NoRoom> for Error {
    fn from(none: NoRoom) -> Self {
        Error::limit(none.to_string())
    }
}

/// Makes room for `count` more entries of `list`.
#[inline]
pub(super) fn reserve<T>(list: &mut Vec<T>, count: usize) -> Result<(), NoRoom> {
    if list.capacity() - list.len() >= count {
        return Ok(());
    }
    grow(list, count)
}

#[cold]
#[inline(never)]
fn grow<T>(list: &mut Vec<T>, count: usize) -> Result<(), NoRoom> {
    // Twice as much as before, so that growing stays rare; where that is too much, as little as will do for a while.
    let little = count + list.len() / 8;
    list.try_reserve(count)
        .or_else(|_| list.try_reserve_exact(little))
        .map_err(|_| NoRoom::for_many::<T>(list.len() + little))
}

/// So many equal entries.
pub(super) fn filled<T: Clone>(value: T, count: usize) -> Result<Vec<T>, NoRoom> {
    let mut list = Vec::new();
    list.try_reserve_exact(count)
        .map_err(|_| NoRoom::for_many::<T>(count))?;
    list.resize(count, value);
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn what_no_memory_can_hold_is_refused_with_its_size() {
        let mut list = vec![1u64];
        let none = reserve(&mut list, usize::MAX / 8).unwrap_err();
        assert_eq!(list, [1]);
        assert_eq!(
            filled(0u64, usize::MAX / 8).unwrap_err(),
            NoRoom::for_many::<u64>(usize::MAX / 8)
        );
        let error = Error::from(none);
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert!(error.to_string().contains(" bytes more"), "{error}");
    }

    #[test]
    fn room_is_there_when_it_is_needed() {
        let mut list: Vec<u32> = Vec::new();
        for count in [1, 2, 1000, 0, 7] {
            reserve(&mut list, count).unwrap();
            let capacity = list.capacity();
            list.extend(std::iter::repeat_n(3, count));
            assert_eq!(list.capacity(), capacity);
        }
        assert_eq!(filled(3, 1010).unwrap(), list);
    }
}
