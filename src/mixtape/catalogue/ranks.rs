//! Ids that are numbers and ascend as they stand in the document, as they do where a counter gave them out.

use crate::io::Memory;
use crate::mixtape::key::Key;
use crate::mixtape::room::{self, List, NoRoom};

/// A set of bits, one for each number between the first id and the last, and in front of each word of it how many ids there
/// are before. How many come before an id is its number in the array: found in one place of memory, without a hash, and with
/// gaps where elements were removed. Two bits an id, so for millions of ids it stays in the cache, which no hash table does.
pub(in crate::mixtape) struct Ranks {
    first: u64,
    words: List<Word>,
}

#[derive(Clone, Copy, Default)]
struct Word {
    bits: u64,
    /// Ids in the words before, where there is any in this one.
    before: u32,
}

/// Numbers for one id, at most: up to there the bits take less memory than a hash table.
const SPARSEST: u64 = 16;

/// The first key's number, and how many words the numbers from it to the last one take; none where they cannot ascend, or are
/// few and far between.
fn span(count: usize, key: impl Fn(u32) -> Key) -> Option<(u64, usize)> {
    let number = |index| key(index).number();
    let last = number((count as u32).checked_sub(1)?)?;
    let first = number(0)?;
    let distance = last.checked_sub(first)?;
    let is_dense = distance / SPARSEST < count as u64;
    is_dense.then_some((first, (distance / 64 + 1) as usize))
}

impl Ranks {
    /// The ranks of keys `0..count`; none where they do not ascend, are no small numbers, or are few and far between.
    pub(in crate::mixtape) fn of(
        count: usize,
        key: impl Fn(u32) -> Key,
        memory: &Memory,
    ) -> Result<Option<Self>, NoRoom> {
        let Some((first, words)) = span(count, &key) else {
            return Ok(None);
        };
        let words = room::filled(Word::default(), words, memory)?;
        Ok(Ranks { first, words }.filled(count, key))
    }

    /// With all keys in it; none where they do not ascend.
    fn filled(mut self, count: usize, key: impl Fn(u32) -> Key) -> Option<Self> {
        let mut least = self.first;
        for index in 0..count as u32 {
            let number = key(index).number()?;
            let distance = number.checked_sub(self.first)?;
            if number < least {
                return None;
            }
            least = number + 1;
            let word = self.words.get_mut((distance / 64) as usize)?;
            if word.bits == 0 {
                word.before = index;
            }
            word.bits |= 1 << (distance % 64);
        }
        Some(self)
    }

    /// Which of the keys this one is.
    #[inline]
    pub(in crate::mixtape) fn find(&self, key: Key) -> Option<u32> {
        let distance = key.number()?.checked_sub(self.first)?;
        let word = self.words.get(usize::try_from(distance / 64).ok()?)?;
        let bit = 1u64 << (distance % 64);
        (word.bits & bit != 0).then(|| word.before + (word.bits & (bit - 1)).count_ones())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::mixtape::key::Texts;

    fn keys<'t>(ids: impl IntoIterator<Item = Id<'t>>) -> Vec<Key> {
        let mut texts = Texts::new(&Memory::UNLIMITED);
        ids.into_iter()
            .map(|id| Key::new(id, &mut texts).unwrap())
            .collect()
    }

    fn strings(numbers: &[u64]) -> Vec<Key> {
        let texts: Vec<String> = numbers.iter().map(u64::to_string).collect();
        keys(texts.iter().map(|text| Id::string(text)))
    }

    fn of(keys: &[Key]) -> Option<Ranks> {
        Ranks::of(keys.len(), |index| keys[index as usize], &Memory::UNLIMITED).unwrap()
    }

    #[test]
    fn finds_every_id_and_no_other_whatever_the_gaps() {
        for first in [0, 1, 63, 64, 1 << 40, (1 << 62) - 3000] {
            for gaps in [
                &[1][..],
                &[2],
                &[1, 1, 7],
                &[64],
                &[1, 60, 1, 1, 1, 1],
                &[15, 16],
            ] {
                let mut number = first;
                let mut numbers = vec![number];
                for gap in gaps.iter().cycle().take(150) {
                    number += gap;
                    numbers.push(number);
                }
                let Some(ranks) = of(&strings(&numbers)) else {
                    assert_eq!(gaps, [64], "the ids are dense enough");
                    continue;
                };
                for number in first.saturating_sub(70)..number + 200 {
                    let place = numbers.binary_search(&number).ok();
                    let key = strings(&[number])[0];
                    assert_eq!(ranks.find(key), place.map(|place| place as u32));
                    let text = number.to_string();
                    let key = keys([Id::number(&text)])[0];
                    assert_eq!(ranks.find(key), None, "a number is no string");
                }
            }
        }
    }

    #[test]
    fn are_made_of_ascending_small_numbers_of_one_kind_only() {
        assert!(of(&[]).is_none());
        assert!(of(&strings(&[7])).is_some());
        assert!(of(&strings(&[1, 32])).is_some());
        for numbers in [
            &[2, 1][..],
            &[1, 1],
            &[1, 3, 2, 4],
            &[1, 9, 4],
            &[1, 33],
            &[1, 1000],
            &[1, 1 << 63],
            &[1 << 63, (1 << 63) + 1],
        ] {
            assert!(of(&strings(numbers)).is_none(), "{numbers:?}");
        }
        for ids in [
            [Id::string("a"), Id::string("b"), Id::string("c")],
            [Id::string("1"), Id::string("02"), Id::string("3")],
            [Id::string("1"), Id::number("2"), Id::string("3")],
            [Id::string("1"), Id::string("2"), Id::number("3")],
        ] {
            assert!(of(&keys(ids)).is_none(), "{ids:?}");
        }
    }
}
