//! From the ids of an array to the numbers of its elements.

use foldhash::fast::RandomState;

use super::key::{Key, Probe, Texts};
use super::ranks::Ranks;
use super::table::{Table, Unbuilt};

/// Finds the number of an id's element, exactly.
pub(super) enum Directory {
    /// For ids that ascend.
    Ranks(Ranks),
    /// For any others.
    Table(Table),
}

impl Default for Directory {
    fn default() -> Self {
        Directory::Table(Table::default())
    }
}

impl Directory {
    /// The directory of keys `0..count`.
    pub(super) fn build(
        count: usize,
        key: impl Fn(u32) -> Key,
        texts: &Texts,
        hasher: &RandomState,
    ) -> Result<Self, Unbuilt> {
        if let Some(ranks) = Ranks::of(count, &key) {
            return Ok(Directory::Ranks(ranks));
        }
        Table::build(
            count,
            |index| key(index).hash(texts, hasher),
            |a, b| same(key(a), key(b), texts),
        )
        .map(Directory::Table)
    }

    /// The number of the element with this id.
    pub(super) fn find(
        &self,
        probe: &Probe<'_>,
        key: impl Fn(u32) -> Key,
        texts: &Texts,
    ) -> Option<u32> {
        match self {
            Directory::Ranks(ranks) => ranks.find(probe.key?),
            Directory::Table(table) => {
                table.find(probe.hash, |index| probe.equals(key(index), texts))
            }
        }
    }
}

/// Whether two keys stand for the same id.
fn same(a: Key, b: Key, texts: &Texts) -> bool {
    a == b || a.with_id(texts, |a| b.with_id(texts, |b| a == b))
}
