//! The names that an operation's unknown members have had, to notice one that stands twice.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::quality::RandomState;
use hashbrown::HashTable;

/// Up to here comparing with each name is cheaper than hashing.
const FEW: usize = 8;

/// Names as ranges of a text that they share.
#[derive(Default)]
pub(super) struct Names {
    ranges: Vec<Range<usize>>,
    /// All of them once they are more than [`FEW`], so that an operation of a million members takes no hour.
    table: HashTable<Range<usize>>,
    hasher: RandomState,
}

impl Names {
    pub(super) fn clear(&mut self) {
        self.ranges.clear();
        self.table.clear();
    }

    /// Adds the name that is `range` of `text`. False where it was there.
    pub(super) fn insert(&mut self, text: &str, range: Range<usize>) -> bool {
        let name = &text[range.clone()];
        if self.ranges.len() < FEW {
            if self.ranges.iter().any(|other| text[other.clone()] == *name) {
                return false;
            }
            self.ranges.push(range);
            return true;
        }
        let hash = |range: &Range<usize>| self.hasher.hash_one(&text[range.clone()]);
        if self.table.is_empty() {
            for range in &self.ranges {
                self.table.insert_unique(hash(range), range.clone(), hash);
            }
        }
        if self
            .table
            .find(hash(&range), |other| text[other.clone()] == *name)
            .is_some()
        {
            return false;
        }
        self.table.insert_unique(hash(&range), range, hash);
        true
    }
}
