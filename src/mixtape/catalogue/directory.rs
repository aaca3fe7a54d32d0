//! From the ids of an array to the numbers of its elements.

use foldhash::quality::RandomState;

use super::ranks::Ranks;
use super::table::{Table, Unbuilt};
use crate::io::Memory;
use crate::mixtape::key::{Key, Probe, Texts};

/// Finds the number of an id's element, exactly.
pub(in crate::mixtape) enum Directory {
    /// For ids that ascend.
    Ranks(Ranks),
    /// For any others.
    Table(Table),
}

impl Default for Directory {
    fn default() -> Self {
        Directory::Table(Table::empty())
    }
}

impl Directory {
    /// The directory of keys `0..count`.
    pub(in crate::mixtape) fn build(
        count: usize,
        key: impl Fn(u32) -> Key,
        texts: &Texts,
        hasher: &RandomState,
        memory: &Memory,
    ) -> Result<Self, Unbuilt> {
        if let Some(ranks) = Ranks::of(count, &key, memory).map_err(Unbuilt::NoRoom)? {
            return Ok(Directory::Ranks(ranks));
        }
        Table::build(
            count,
            |index| key(index).hash(texts, hasher),
            |a, b| same(key(a), key(b), texts),
            memory,
        )
        .map(Directory::Table)
    }

    /// The number of the element with this id.
    pub(in crate::mixtape) fn find(
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::id::Id;

    const COUNT: u64 = 1_000_000;

    type Numbered = fn(u64) -> String;

    fn scattered(number: u64) -> u64 {
        number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// Slots that are looked at to find an id in a table, on average: what it costs, without a clock.
    fn probes(id: Numbered) -> f64 {
        let (mut texts, hasher) = (Texts::new(&Memory::UNLIMITED), RandomState::default());
        let keys: Vec<Key> = (0..COUNT)
            .map(|number| Key::new(Id::string(&id(number)), &mut texts).unwrap())
            .collect();
        let hash = |index: u32| keys[index as usize].hash(&texts, &hasher);
        let same = |a: u32, b: u32| same(keys[a as usize], keys[b as usize], &texts);
        let table = Table::build(keys.len(), hash, same, &Memory::UNLIMITED).map_err(|_| "twice");
        let table = table.unwrap();
        let probes = (0..COUNT as u32).map(|index| table.probes(hash(index), index));
        probes.sum::<usize>() as f64 / COUNT as f64
    }

    /// What is usual, and what an attacker would try who knows the program, but not the seed of its hasher.
    #[test]
    fn no_ids_cost_more_than_twice_what_random_ids_cost() {
        let random = probes(|number| (scattered(number) >> 2).to_string());
        assert!((1.5..2.5).contains(&random), "{random}");
        let rows: [(&str, Numbered); 9] = [
            ("in sequence", |number| number.to_string()),
            ("equal low bits", |number| (number << 20).to_string()),
            ("equal high bits", |number| (number | 1 << 61).to_string()),
            ("multiples of a prime", |number| {
                (number * 1_000_003).to_string()
            }),
            ("above 2^62", |number| {
                (u64::MAX - (number << 24)).to_string()
            }),
            ("one prefix", |number| format!("{:p<64}{number}", "")),
            ("one suffix", |number| format!("{number:08}{:s<64}", "")),
            ("one length", |number| format!("x{number:0>15x}")),
            ("random texts", |number| format!("x{:x}", scattered(number))),
        ];
        for (name, id) in rows {
            let probes = probes(id);
            assert!(
                probes <= 2.0 * random,
                "{name}: {probes}, random ids {random}"
            );
        }
    }

    #[test]
    fn two_keys_are_the_same_where_their_ids_are() {
        let mut texts = Texts::new(&Memory::UNLIMITED);
        let ids = ["1", "2", "01", "x", ""].into_iter();
        let ids = ids.flat_map(|id| [Id::string(id), Id::number(id)]);
        // Each of them twice: of a text there are two keys then.
        let ids: Vec<Id<'_>> = ids.clone().chain(ids).collect();
        let mut key = |&id: &Id<'_>| Key::new(id, &mut texts).unwrap();
        let keys: Vec<Key> = ids.iter().map(&mut key).collect();
        for (&key, id) in keys.iter().zip(&ids) {
            for (&other, other_id) in keys.iter().zip(&ids) {
                let is_same = same(key, other, &texts);
                assert_eq!(is_same, id == other_id, "{id} and {other_id}");
            }
        }
    }

    #[test]
    fn no_two_runs_hash_alike() {
        let mut texts = Texts::new(&Memory::UNLIMITED);
        for id in ["1", "one"] {
            let key = Key::new(Id::string(id), &mut texts).unwrap();
            let hashes = (0..100).map(|_| key.hash(&texts, &RandomState::default()));
            assert!(hashes.collect::<HashSet<u64>>().len() > 90, "{id}");
        }
    }
}
