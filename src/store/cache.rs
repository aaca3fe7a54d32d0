//! Ids that were found in the store lately, in memory that does not grow.

use super::ids;
use crate::id::Id;

/// The numbers of ids that are small decimals, which nearly all are: of two that share a place the last one stays. Others are
/// looked up every time. It is right as long as nobody else writes to the store, which the lock sees to.
pub(super) struct Cache {
    /// Of zeros, until they are needed: then the system has not even given the memory.
    slots: Vec<Slot>,
    shift: u32,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The id; no id has this as zero.
    key: u64,
    number: i64,
}

fn key_of(id: Id<'_>) -> Option<u64> {
    ids::small(id).map(|key| key as u64 + 1)
}

impl Cache {
    /// Room for 2 to the `bits`, 16 bytes each.
    pub(super) fn new(bits: u32) -> Self {
        Cache {
            slots: vec![Slot::default(); 1 << bits],
            shift: u64::BITS - bits,
        }
    }

    pub(super) fn get(&self, id: Id<'_>) -> Option<i64> {
        let key = key_of(id)?;
        let slot = self.slots[self.place(key)];
        (slot.key == key).then_some(slot.number)
    }

    pub(super) fn put(&mut self, id: Id<'_>, number: i64) {
        if let Some(key) = key_of(id) {
            let place = self.place(key);
            self.slots[place] = Slot { key, number };
        }
    }

    pub(super) fn forget(&mut self, id: Id<'_>) {
        if let Some(key) = key_of(id) {
            let place = self.place(key);
            if self.slots[place].key == key {
                self.slots[place] = Slot::default();
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
        let mut cache = Cache::new(9); // fewer than there are ids
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
    }
}
