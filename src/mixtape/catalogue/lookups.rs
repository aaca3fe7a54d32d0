//! The lookups of operations, waiting and done.

use crate::mixtape::key::Key;
use crate::mixtape::kind::Kind;
use crate::operation::OperationKind;

/// What an id is in the document: the index of its entry.
pub(in crate::mixtape) type Found = Option<u32>;

/// What the ids of operations are in the document, in the order in which applying the operations asks for them.
#[derive(Default)]
pub struct Resolved {
    pub(super) pending: Vec<Pending>,
    pub(in crate::mixtape) found: Vec<u32>,
    /// Of those found, the ones that were asked for.
    pub(in crate::mixtape) taken: usize,
    /// What sorts of operations ask, one after the other.
    pub(super) kinds: Vec<OperationKind>,
    /// Of these operations, those that have asked.
    begun: usize,
}

/// An operation of which nothing but this need be known: the indexes of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mixtape) enum Known {
    AddSong { playlist: u32, song: u32 },
    RemovePlaylist { playlist: u32 },
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
        self.kinds.clear();
        self.begun = 0;
    }

    /// The next operation begins to ask.
    #[inline]
    pub(in crate::mixtape) fn begin(&mut self) {
        self.begun += 1;
    }

    /// All that the next operation would ask for, where that is a playlist that the document has, and a song that it has, if
    /// any.
    #[inline]
    pub(in crate::mixtape) fn peek(&self) -> Option<Known> {
        let kind = *self.kinds.get(self.begun)?;
        let found = |number: usize| match self.found.get(self.taken + number) {
            None | Some(&NONE) => None,
            Some(&found) => Some(found),
        };
        match kind {
            OperationKind::AddSongToPlaylist => Some(Known::AddSong {
                playlist: found(0)?,
                song: found(1)?,
            }),
            OperationKind::RemovePlaylist => Some(Known::RemovePlaylist {
                playlist: found(0)?,
            }),
            OperationKind::AddPlaylist => None,
        }
    }

    /// The next operation has asked for all that it [would](Self::peek).
    #[inline]
    pub(in crate::mixtape) fn pass(&mut self, known: Known) {
        self.begun += 1;
        self.taken += match known {
            Known::AddSong { .. } => 2,
            Known::RemovePlaylist { .. } => 1,
        };
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
