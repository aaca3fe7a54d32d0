//! Who is on both sides: the reason why nothing was found for a media item.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

/// Whom the track table has, for the reasons why nothing was found. By hash alone: a reason may be wrong once in 2^64.
#[derive(Default)]
pub(super) struct Artists {
    hasher: RandomState,
    met: HashMap<u64, bool, RandomState>,
}

impl Artists {
    pub(super) fn expect(&mut self, name: &str) {
        self.met.entry(self.hasher.hash_one(name)).or_insert(false);
    }

    pub(super) fn meet(&mut self, name: &str) {
        self.met.insert(self.hasher.hash_one(name), true);
    }

    pub(super) fn meet_expected(&mut self, name: &str) {
        if let Some(met) = self.met.get_mut(&self.hasher.hash_one(name)) {
            *met = true;
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.met.get(&self.hasher.hash_one(name)) == Some(&true)
    }
}
