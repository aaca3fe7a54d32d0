//! The ids of users, or of songs.

use foldhash::quality::RandomState;

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

    /// Slots that are looked at to find an id of the set, on average: what its table costs, without a clock.
    fn probes(id: Numbered) -> f64 {
        let (mut texts, hasher) = (Texts::default(), RandomState::default());
        let keys: Vec<Key> = (0..COUNT)
            .map(|number| Key::new(Id::string(&id(number)), &mut texts))
            .collect();
        let set = IdSet::build(keys, &texts, &hasher)
            .map_err(|_| "twice")
            .unwrap();
        let probes = (0..)
            .zip(&set.keys)
            .map(|(index, key)| set.table.probes(key.hash(&texts, &hasher), index));
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
    fn no_two_runs_hash_alike() {
        let mut texts = Texts::default();
        for id in ["1", "one"] {
            let key = Key::new(Id::string(id), &mut texts);
            let hashes = (0..100).map(|_| key.hash(&texts, &RandomState::default()));
            assert!(hashes.collect::<HashSet<u64>>().len() > 90, "{id}");
        }
    }
}
