//! Ids that were found in the store lately, in memory that does not grow.

use super::key;
use crate::id::Id;

/// Small decimal ids that exist, which nearly all are: of two that share a place the last one stays. Others are looked up every
/// time. It is right as long as nobody else writes to the store, which the lock sees to.
pub(super) struct Cache {
    /// The id; no id has this as zero. All are zeros until they are needed: then the system has not even given the memory.
    keys: Vec<u64>,
    /// Its number; of none, where nobody asks for it.
    numbers: Vec<u32>,
    shift: u32,
}

fn key_of(id: Id<'_>) -> Option<u64> {
    key::small(id).map(|key| key as u64 + 1)
}

impl Cache {
    /// Room for 2 to the `bits`, with their numbers: 12 bytes each.
    pub(super) fn of_numbers(bits: u32) -> Self {
        Cache {
            numbers: vec![0; 1 << bits],
            ..Cache::of_ids(bits)
        }
    }

    /// Room for 2 to the `bits`, 8 bytes each. What is found has the number 0.
    pub(super) fn of_ids(bits: u32) -> Self {
        Cache {
            keys: vec![0; 1 << bits],
            numbers: Vec::new(),
            shift: u64::BITS - bits,
        }
    }

    pub(super) fn get(&self, id: Id<'_>) -> Option<i64> {
        let key = key_of(id)?;
        let place = self.place(key);
        let number = || self.numbers.get(place).copied().map_or(0, i64::from);
        (self.keys[place] == key).then(number)
    }

    pub(super) fn put(&mut self, id: Id<'_>, number: i64) {
        let Some(key) = key_of(id) else { return };
        let place = self.place(key);
        if let Some(known) = self.numbers.get_mut(place) {
            // Four billion playlists are more than it is worth to remember.
            let Ok(number) = u32::try_from(number) else {
                return self.forget(id);
            };
            *known = number;
        }
        self.keys[place] = key;
    }

    pub(super) fn forget(&mut self, id: Id<'_>) {
        if let Some(key) = key_of(id) {
            let place = self.place(key);
            if self.keys[place] == key {
                self.keys[place] = 0;
            }
        }
    }

    /// Fibonacci hashing: neighbours lie apart.
    fn place(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::IdKind;
    use std::collections::HashMap;

    #[test]
    fn what_it_knows_is_what_was_put_last() {
        let mut cache = Cache::of_numbers(9); // fewer than there are ids
        let mut model: HashMap<(IdKind, u64), i64> = HashMap::new();
        let mut hits = 0;
        for step in 0..20_000u64 {
            let value = step * 7919 % 701;
            let text = value.to_string();
            let id = match step % 3 {
                0 => Id::number(&text),
                _ => Id::string(&text),
            };
            if let Some(number) = cache.get(id) {
                assert_eq!(model.get(&(id.kind, value)), Some(&number));
                hits += 1;
            }
            if step % 5 == 4 {
                cache.forget(id);
                model.remove(&(id.kind, value));
                assert_eq!(cache.get(id), None);
            } else {
                cache.put(id, step as i64);
                model.insert((id.kind, value), step as i64);
            }
        }
        assert!(hits > 100, "{hits}");
        cache.put(Id::string("x"), 1);
        assert_eq!(cache.get(Id::string("x")), None);
        cache.put(Id::string("3"), 7);
        cache.put(Id::string("3"), 1 << 32);
        assert_eq!(cache.get(Id::string("3")), None);
        let mut exists = Cache::of_ids(9);
        exists.put(Id::number("5"), 1 << 40);
        assert_eq!(exists.get(Id::number("5")), Some(0));
        assert_eq!(exists.get(Id::string("5")), None);
    }
}
