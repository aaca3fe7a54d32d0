//! The ids of users, or of songs.

use foldhash::quality::RandomState;

use super::directory::Directory;
use super::table::Unbuilt;
use crate::mixtape::key::{Key, Texts};
use crate::mixtape::room::List;

/// The ids of an array whose elements never change.
pub(in crate::mixtape) struct IdSet {
    pub(in crate::mixtape) keys: List<Key>,
    pub(in crate::mixtape) directory: Directory,
}

impl IdSet {
    /// The set of the ids.
    pub(in crate::mixtape) fn build(
        keys: List<Key>,
        texts: &Texts,
        hasher: &RandomState,
    ) -> std::result::Result<Self, (Unbuilt, List<Key>)> {
        match Directory::build(
            keys.len(),
            |index| keys[index as usize],
            texts,
            hasher,
            keys.allocator(),
        ) {
            Ok(directory) => Ok(IdSet { keys, directory }),
            Err(unbuilt) => Err((unbuilt, keys)),
        }
    }
}
