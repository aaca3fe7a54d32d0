//! The ids of users, or of songs.

use foldhash::quality::RandomState;

use super::directory::Directory;
use super::key::{Key, Texts};
use super::table::Unbuilt;

/// The ids of an array whose elements never change.
pub(super) struct IdSet {
    pub(super) keys: Vec<Key>,
    pub(super) directory: Directory,
}

impl IdSet {
    /// The set of the ids.
    pub(super) fn build(
        keys: Vec<Key>,
        texts: &Texts,
        hasher: &RandomState,
    ) -> std::result::Result<Self, (Unbuilt, Vec<Key>)> {
        match Directory::build(keys.len(), |index| keys[index as usize], texts, hasher) {
            Ok(directory) => Ok(IdSet { keys, directory }),
            Err(unbuilt) => Err((unbuilt, keys)),
        }
    }
}
