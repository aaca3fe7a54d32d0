//! The ids of users, or of songs.

use foldhash::fast::RandomState;

use super::key::{Key, Texts};
use super::table::{Duplicate, Table};

/// The ids of an array whose elements never change.
pub(super) struct IdSet {
    pub(super) keys: Vec<Key>,
    pub(super) table: Table,
}

impl IdSet {
    /// The set of the ids, or an id that stands twice.
    pub(super) fn build(
        keys: Vec<Key>,
        texts: &Texts,
        hasher: &RandomState,
    ) -> std::result::Result<Self, (Duplicate, Key)> {
        let table = Table::build(
            keys.len(),
            |index| keys[index as usize].hash(texts, hasher),
            |a, b| same(keys[a as usize], keys[b as usize], texts),
        )
        .map_err(|duplicate| (duplicate, keys[duplicate.second as usize]))?;
        Ok(IdSet { keys, table })
    }
}

/// Whether two keys stand for the same id.
pub(super) fn same(a: Key, b: Key, texts: &Texts) -> bool {
    a == b || a.with_id(texts, |a| b.with_id(texts, |b| a == b))
}
