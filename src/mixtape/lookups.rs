//! The lookups of a batch of operations, waiting and done.

use super::key::Key;

/// What an id is in the document: the index of its entry.
pub(super) type Found = Option<u32>;

/// The lookups of a batch, in the order in which applying its operations asks for them.
#[derive(Default)]
pub(super) struct Lookups {
    pub(super) pending: Vec<Pending>,
    pub(super) found: Vec<Found>,
    /// Places in `found` of what was looked up among the playlists.
    pub(super) playlists: Vec<u32>,
}

/// Which of the three arrays an id is looked up in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    Users,
    Playlists,
    Songs,
}

/// A number to be looked up in a hash table.
pub(super) struct Pending {
    pub(super) set: Set,
    pub(super) hash: u64,
    pub(super) key: Key,
    /// Where in `found` the result goes.
    pub(super) place: u32,
}

impl Lookups {
    /// The results, in the order of the lookups.
    pub(super) fn found(&self) -> impl Iterator<Item = Found> + '_ {
        self.found.iter().copied()
    }
}
