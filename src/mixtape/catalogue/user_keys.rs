//! The ids of users while the layout is not known.

use crate::io::Memory;
use crate::mixtape::key::Key;
use crate::mixtape::layout::Layout;
use crate::mixtape::room::{self, List, NoRoom};

/// The users' ids under both names that they can have, until the layout tells which one counts.
///
/// Keys of a name are kept only while every user so far has had it, so that nearly always one list stays empty.
pub(in crate::mixtape) struct UserKeys {
    count: usize,
    plain: List<Key>,
    wrapped: List<Key>,
}

impl UserKeys {
    /// None yet.
    pub(in crate::mixtape) fn new(memory: &Memory) -> Self {
        UserKeys {
            count: 0,
            plain: List::new_in(memory.clone()),
            wrapped: List::new_in(memory.clone()),
        }
    }

    /// Users so far.
    #[inline]
    pub(in crate::mixtape) fn len(&self) -> usize {
        self.count
    }

    /// Makes room for one more.
    #[inline]
    pub(in crate::mixtape) fn make_room(&mut self) -> Result<(), NoRoom> {
        room::reserve(&mut self.plain, 1)?;
        room::reserve(&mut self.wrapped, 1)
    }

    /// Adds those users behind these. Their texts have come behind `texts` bytes of others.
    pub(in crate::mixtape) fn append(
        &mut self,
        others: &UserKeys,
        texts: u64,
    ) -> Result<(), NoRoom> {
        for (keys, more) in [
            (&mut self.plain, &others.plain),
            (&mut self.wrapped, &others.wrapped),
        ] {
            if keys.len() == self.count {
                room::reserve(keys, more.len())?;
                keys.extend(more.iter().map(|key| key.moved(texts)));
            }
        }
        self.count += others.count;
        Ok(())
    }

    /// Adds a user's ids under both names.
    pub(in crate::mixtape) fn push(&mut self, plain: Option<Key>, wrapped: Option<Key>) {
        for (keys, key) in [(&mut self.plain, plain), (&mut self.wrapped, wrapped)] {
            if let Some(key) = key
                && keys.len() == self.count
            {
                keys.push(key);
            }
        }
        self.count += 1;
    }

    /// The keys that are kept, for tests to compare.
    #[cfg(test)]
    pub(in crate::mixtape) fn keys(&self) -> [&[Key]; 2] {
        [&self.plain, &self.wrapped]
    }

    /// Takes the only user out again: the ids under both names.
    pub(in crate::mixtape) fn take_last(&mut self) -> [Option<Key>; 2] {
        debug_assert!(self.count <= 1);
        self.count = 0;
        [self.plain.pop(), self.wrapped.pop()]
    }

    /// The layout that the users alone suggest.
    pub(in crate::mixtape) fn layout(&self) -> Layout {
        Layout::of_users([&self.plain, &self.wrapped].map(|keys| keys.len() < self.count))
    }

    /// The ids that count in `layout`, or the number of the first user that has none.
    pub(in crate::mixtape) fn into_keys(self, layout: Layout) -> Result<List<Key>, usize> {
        let keys = match layout {
            Layout::Plain => self.plain,
            Layout::Wrapped => self.wrapped,
        };
        if keys.len() == self.count {
            Ok(keys)
        } else {
            Err(keys.len())
        }
    }
}

#[cfg(test)]
mod tests;
