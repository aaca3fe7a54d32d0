//! Finds the records that share an artist and a title with another: the blocking, so that no product is ever made.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

/// Records by artist and title. Twelve bytes an entry, and four for each bucket of about four entries.
pub(super) struct Index {
    hasher: RandomState,
    entries: Vec<Entry>,
    /// Where the entries of each bucket start; a bucket is the highest bits of a hash.
    starts: Vec<u32>,
    shift: u32,
}

/// The halves of the hash, and the record.
type Entry = [u32; 3];

impl Index {
    pub(super) fn new() -> Self {
        Index {
            hasher: RandomState::default(),
            entries: Vec::new(),
            starts: Vec::new(),
            shift: 63,
        }
    }

    /// Adds a record under an artist and a title.
    pub(super) fn add(&mut self, name: &str, title: &str, record: u32) {
        let hash = self.hash(name, title);
        self.entries
            .push([(hash >> 32) as u32, hash as u32, record]);
    }

    /// Ends adding and begins finding.
    pub(super) fn build(&mut self) {
        self.entries.sort_unstable();
        self.entries.dedup();
        let bits = (self.entries.len() / 4).max(1).ilog2().clamp(1, 31);
        self.shift = 32 - bits;
        self.starts.clear();
        self.starts.reserve_exact((1 << bits) + 1);
        let mut at = 0;
        for bucket in 0..=1_u64 << bits {
            while at < self.entries.len() && u64::from(self.entries[at][0] >> self.shift) < bucket {
                at += 1;
            }
            self.starts
                .push(u32::try_from(at).expect("no more than 2^32 entries"));
        }
        self.entries.shrink_to_fit();
    }

    /// Appends every record under an artist and a title. Two pairs may share a hash: the caller looks at the records.
    pub(super) fn find(&self, name: &str, title: &str, found: &mut Vec<u32>) {
        let hash = self.hash(name, title);
        let (high, low) = ((hash >> 32) as u32, hash as u32);
        let bucket = (high >> self.shift) as usize;
        let (start, end) = (
            self.starts[bucket] as usize,
            self.starts[bucket + 1] as usize,
        );
        let same = self.entries[start..end]
            .iter()
            .filter(|entry| entry[0] == high && entry[1] == low);
        found.extend(same.map(|entry| entry[2]));
    }

    fn hash(&self, name: &str, title: &str) -> u64 {
        self.hasher.hash_one((name, title))
    }
}
