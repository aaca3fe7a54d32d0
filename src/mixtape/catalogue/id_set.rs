//! The ids of users, or of songs.

use foldhash::quality::RandomState;

use super::directory::Directory;
use super::key::{Key, Texts};
use super::room::List;
use super::table::Unbuilt;

/// The ids of an array whose elements never change.
pub(super) struct IdSet {
    pub(super) keys: List<Key>,
    pub(super) directory: Directory,
}

impl IdSet {
    /// The set of the ids.
    pub(super) fn build(
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
