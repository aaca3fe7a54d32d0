//! The lookups of a batch of operations, waiting and done.

use super::key::Key;

/// What an id is in the document: the index of its entry.
pub(super) type Found = Option<u32>;

/// The lookups of a batch, in the order in which applying its operations asks for them.
#[derive(Default)]
pub(super) struct Lookups {
    pub(super) pending: Vec<Pending>,
    pub(super) found: Vec<Found>,
}

/// Which of the three arrays an id is looked up in.
#[derive(Clone, Copy)]
pub(super) enum Set {
    Users,
    Playlists,
    Songs,
}

/// An id to be looked up.
pub(super) struct Pending {
    pub(super) set: Set,
    pub(super) hash: u64,
    /// None: the id is a text and was resolved when it was added.
    pub(super) key: Option<Key>,
}

impl Lookups {
    /// The results, in the order of the lookups.
    pub(super) fn found(&self) -> impl Iterator<Item = Found> + '_ {
        self.found.iter().copied()
    }
}
