//! A hash table from ids to their numbers in an array, built once, at its final size.

use crate::io::Memory;
use crate::mixtape::room::{self, List, NoRoom};

/// Open addressing with linear probing over four-byte slots.
///
/// A slot holds an index plus one in its low bits and, in the bits that the count leaves free, a part of the hash: probing
/// passes over nearly all other ids without looking at them. Equality is always the caller's, on the ids themselves.
pub(in crate::mixtape) struct Table {
    slots: List<u32>,
    /// Bits that hold the index plus one.
    index_bits: u32,
}

/// Two places of an array that hold the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mixtape) struct Duplicate {
    pub(in crate::mixtape) first: u32,
    pub(in crate::mixtape) second: u32,
}

/// Why there is no table.
#[derive(Debug)]
pub(in crate::mixtape) enum Unbuilt {
    /// An id stands twice.
    Twice(Duplicate),
    /// There is no memory for it.
    NoRoom(NoRoom),
}

/// The most entries: an index plus one fits four bytes, and so does every reference to an entry.
pub(in crate::mixtape) const MAX_ENTRIES: usize = u32::MAX as usize - 8;

/// Entries that are put in together.
const AT_ONCE: usize = 32;

impl Table {
    /// One of no entries.
    pub(in crate::mixtape) fn empty() -> Self {
        Table {
            slots: List::new_in(Memory::UNLIMITED),
            index_bits: 0,
        }
    }

    /// Builds the table of entries `0..count`.
    pub(in crate::mixtape) fn build(
        count: usize,
        hash: impl Fn(u32) -> u64,
        equal: impl Fn(u32, u32) -> bool,
        memory: &Memory,
    ) -> Result<Self, Unbuilt> {
        debug_assert!(count <= MAX_ENTRIES);
        // Load 5/8: two slots are looked at on average, in one cache line.
        let mut table = Table {
            slots: room::filled(0, count + count / 5 * 3 + 8, memory).map_err(Unbuilt::NoRoom)?,
            index_bits: usize::BITS - count.leading_zeros(),
        };
        let count = count as u32;
        let mut hashes = [0; AT_ONCE];
        for start in (0..count).step_by(AT_ONCE) {
            let entries = start..count.min(start.saturating_add(AT_ONCE as u32));
            // Their slots are anywhere in memory: read here, one does not wait for the other.
            let mut sum = 0;
            for (index, slot) in entries.clone().zip(&mut hashes) {
                *slot = hash(index);
                sum ^= table.touch(*slot);
            }
            std::hint::black_box(sum);
            for (index, &hash) in entries.zip(&hashes) {
                if let Some(first) = table.find(hash, |other| equal(other, index)) {
                    return Err(Unbuilt::Twice(Duplicate {
                        first,
                        second: index,
                    }));
                }
                table.insert(hash, index);
            }
        }
        Ok(table)
    }

    /// The entry with this hash for which `equal` holds.
    pub(in crate::mixtape) fn find(&self, hash: u64, equal: impl Fn(u32) -> bool) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mark = self.mark(hash);
        let mut at = self.home(hash);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return None;
            }
            if slot & !self.index_mask() == mark {
                let index = (slot & self.index_mask()) - 1;
                if equal(index) {
                    return Some(index);
                }
            }
            at = self.behind(at);
        }
    }

    /// Reads the slot at which a search for this hash starts, so that it is in the cache when the search comes.
    pub(in crate::mixtape) fn touch(&self, hash: u64) -> u32 {
        self.slots[self.home(hash)]
    }

    /// Slots that are looked at until the entry `index`, which has this hash, is found.
    #[cfg(test)]
    pub(super) fn probes(&self, hash: u64, index: u32) -> usize {
        let mut at = self.home(hash);
        let mut count = 1;
        while self.slots[at] & self.index_mask() != index + 1 {
            at = self.behind(at);
            count += 1;
        }
        count
    }

    fn insert(&mut self, hash: u64, index: u32) {
        let mut at = self.home(hash);
        while self.slots[at] != 0 {
            at = self.behind(at);
        }
        self.slots[at] = self.mark(hash) | (index + 1);
    }

    /// Where probing starts: the hash as a fraction of the table's length (Lemire's reduction), so that any length will do.
    fn home(&self, hash: u64) -> usize {
        ((u128::from(hash) * self.slots.len() as u128) >> 64) as usize
    }

    fn behind(&self, at: usize) -> usize {
        if at + 1 == self.slots.len() {
            0
        } else {
            at + 1
        }
    }

    /// The low half of the hash, which `home` uses least, above the index's bits.
    fn mark(&self, hash: u64) -> u32 {
        hash as u32 & !self.index_mask()
    }

    fn index_mask(&self) -> u32 {
        ((1u64 << self.index_bits) - 1) as u32
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn scattered(key: u64) -> u64 {
        key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn build(keys: &[u64], hash: impl Fn(u64) -> u64) -> Result<Table, Unbuilt> {
        Table::build(
            keys.len(),
            |index| hash(keys[index as usize]),
            |a, b| keys[a as usize] == keys[b as usize],
            &Memory::UNLIMITED,
        )
    }

    #[test]
    fn finds_every_entry_and_no_other_even_when_all_hashes_collide() {
        for hash in [scattered as fn(u64) -> u64, |_| u64::MAX, |_| 0] {
            for count in [0, 1, 2, 7, 100, 1000] {
                let keys: Vec<u64> = (0..count).map(|key| key * 3).collect();
                let table = build(&keys, hash).map_err(|_| "duplicate").unwrap();
                for key in 0..count * 3 {
                    let found = table.find(hash(key), |index| keys[index as usize] == key);
                    assert_eq!(found, (key % 3 == 0).then_some((key / 3) as u32));
                }
            }
        }
    }

    /// Of keys that are all different.
    fn built(count: u64) -> Table {
        let keys: Vec<u64> = (0..count).collect();
        build(&keys, scattered).map_err(|_| "duplicate").unwrap()
    }

    #[test]
    fn two_slots_are_looked_at_to_find_an_entry_on_average() {
        let count = 1000;
        let table = built(count);
        let probes = (0..count).map(|key| table.probes(scattered(key), key as u32));
        let average = probes.sum::<usize>() as f64 / count as f64;
        assert!((1.0..2.5).contains(&average), "{average}");
    }

    #[test]
    fn nearly_all_other_ids_are_passed_over_without_a_look_at_them() {
        let count = 1000;
        let table = built(count);
        let looks = Cell::new(0);
        for key in count..3 * count {
            let found = table.find(scattered(key), |_| {
                looks.set(looks.get() + 1);
                false
            });
            assert_eq!(found, None);
        }
        assert!(looks.get() < 20, "{}", looks.get());
    }

    /// As the documentation of the index says.
    #[test]
    fn a_table_takes_little_more_than_six_bytes_an_entry() {
        let (memory, count) = (Memory::limited(0), 30_000);
        let hash = |index| scattered(u64::from(index));
        let table = Table::build(count, hash, |_, _| false, &memory);
        let table = table.map_err(|_| "duplicate").unwrap();
        let taken = memory.on_disk() as f64 / count as f64;
        assert!((6.4..6.5).contains(&taken), "{taken}");
        assert!(table.find(hash(7), |index| index == 7).is_some());
    }

    #[test]
    fn names_both_places_of_a_duplicate() {
        let Err(Unbuilt::Twice(duplicate)) = build(&[5, 6, 7, 6, 5], |key| key) else {
            panic!("two ids stand twice");
        };
        assert_eq!((duplicate.first, duplicate.second), (1, 3));
    }
}
