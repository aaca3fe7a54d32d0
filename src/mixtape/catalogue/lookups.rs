//! The lookups of operations, waiting and done.

use crate::mixtape::key::Key;
use crate::mixtape::kind::Kind;

/// What an id is in the document: the index of its entry.
pub(in crate::mixtape) type Found = Option<u32>;

/// What the ids of operations are in the document, in the order in which applying the operations asks for them.
#[derive(Default)]
pub struct Resolved {
    pub(super) pending: Vec<Pending>,
    pub(in crate::mixtape) found: Vec<u32>,
    /// Of those found, the ones that were asked for.
    pub(in crate::mixtape) taken: usize,
}

/// In place of the index of an entry: there is none.
pub(in crate::mixtape) const NONE: u32 = u32::MAX;

/// A number to be looked up in a hash table.
pub(super) struct Pending {
    /// Whose array it is looked up in.
    pub(in crate::mixtape) kind: Kind,
    pub(in crate::mixtape) hash: u64,
    pub(in crate::mixtape) key: Key,
    /// Where in `found` the result goes.
    pub(in crate::mixtape) place: u32,
}

impl Resolved {
    /// Forgets all of it.
    pub fn clear(&mut self) {
        self.found.clear();
        self.taken = 0;
    }

    #[inline]
    pub(in crate::mixtape) fn push(&mut self, found: Found) {
        self.found.push(found.unwrap_or(NONE));
    }

    /// What was looked up next.
    ///
    /// # Panics
    /// When all was taken.
    #[inline]
    pub(in crate::mixtape) fn next(&mut self) -> Found {
        let found = self.found[self.taken];
        self.taken += 1;
        (found != NONE).then_some(found)
    }
}
