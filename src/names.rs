//! Texts kept once each, called by the number of their first appearance.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::error::{Error, Result};

/// A text's number in its [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name(u32);

impl Name {
    /// What stands where there is no text. Never the number of one.
    pub(crate) const NULL: Name = Name(u32::MAX);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// The id in a table: from 1, in the order of first appearance. None for [`NULL`](Self::NULL).
    pub(crate) fn id(self) -> Option<u64> {
        (self != Name::NULL).then(|| u64::from(self.0) + 1)
    }
}

/// Different texts, one behind the other in one block of memory.
#[derive(Default)]
pub(crate) struct Names {
    text: Vec<u8>,
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl Names {
    /// The number of `text`, which is a new one where it was not seen before.
    ///
    /// # Errors
    /// When there are more than four billion.
    pub(crate) fn intern(&mut self, text: &str) -> Result<Name> {
        let Names {
            text: all,
            ends,
            numbers,
            hasher,
        } = self;
        let of = |number: u32| slice(all, ends, number as usize);
        let hash = hasher.hash_one(text.as_bytes());
        if let Some(&number) = numbers.find(hash, |&number| of(number) == text.as_bytes()) {
            return Ok(Name(number));
        }
        let number = u32::try_from(ends.len())
            .ok()
            .filter(|&number| Name(number) != Name::NULL)
            .ok_or_else(|| Error::limit("more than 4294967294 different ids or texts"))?;
        let rehash = |&number: &u32| hasher.hash_one(of(number));
        numbers.insert_unique(hash, number, rehash);
        all.extend_from_slice(text.as_bytes());
        ends.push(all.len());
        Ok(Name(number))
    }

    /// As [`intern_nullable`](Self::intern_nullable), for several texts at once.
    ///
    /// In three rounds, in each of which no text waits for the memory that another one needs: with many names it is memory that
    /// takes the time.
    pub(crate) fn intern_all<'t>(
        &mut self,
        texts: impl Iterator<Item = Option<&'t str>> + Clone,
        names: &mut Vec<Name>,
    ) -> Result<()> {
        names.clear();
        names.extend(texts.clone().map(|text| {
            let mut likely = Name::NULL;
            if let Some(text) = text {
                let hash = self.hasher.hash_one(text.as_bytes());
                // The first one whose hash looks like this: nearly always the right one.
                self.numbers.find(hash, |&number| {
                    likely = Name(number);
                    true
                });
            }
            likely
        }));
        let lengths = names
            .iter()
            .map(|&name| self.bytes_of(name).map_or(0, <[u8]>::len));
        std::hint::black_box(lengths.sum::<usize>());
        for (text, name) in texts.zip(names) {
            if self.bytes_of(*name) != text.map(str::as_bytes) {
                *name = self.intern_nullable(text)?;
            }
        }
        Ok(())
    }

    /// Looks at texts, so that they are in the cache when they are needed.
    pub(crate) fn touch(&self, names: impl Iterator<Item = Name>) {
        let first = |name| self.bytes_of(name).and_then(|text| text.first().copied());
        std::hint::black_box(names.filter_map(first).fold(0, |all, byte| all ^ byte));
    }

    /// As [`intern`](Self::intern), [`Name::NULL`] for no text.
    pub(crate) fn intern_nullable(&mut self, text: Option<&str>) -> Result<Name> {
        text.map_or(Ok(Name::NULL), |text| self.intern(text))
    }

    /// The text; none for [`Name::NULL`].
    pub(crate) fn get(&self, name: Name) -> Option<&str> {
        self.bytes_of(name).map(whole)
    }

    /// The text's bytes; none for [`Name::NULL`].
    #[inline]
    pub(crate) fn bytes_of(&self, name: Name) -> Option<&[u8]> {
        (name != Name::NULL).then(|| slice(&self.text, &self.ends, name.index()))
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All texts, in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| whole(slice(&self.text, &self.ends, number)))
    }

    /// Forgets all texts, and keeps the memory for others.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.numbers.clear();
    }

    /// About how much memory they take.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.len() * 16
    }
}

/// Bytes that were put in as a text.
fn whole(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("texts are cut where they were joined")
}

// Bytes and not texts: looking whether a character is cut costs as much as all the rest.
#[inline]
fn slice<'t>(text: &'t [u8], ends: &[usize], number: usize) -> &'t [u8] {
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &text[start..ends[number]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_number_and_numbers_follow_first_appearance() {
        let mut names = Names::default();
        let texts: Vec<String> = (0..2000).map(|i| format!("{}", i % 700)).collect();
        for (i, text) in texts.iter().enumerate() {
            let name = names.intern(text).unwrap();
            assert_eq!(name.index(), i % 700);
            assert_eq!(names.get(name), Some(text.as_str()));
        }
        assert_eq!(names.len(), 700);
        assert!(names.iter().eq(texts[..700].iter()));
        assert_eq!(names.intern_nullable(None).unwrap(), Name::NULL);
        assert_eq!((names.get(Name::NULL), Name::NULL.id()), (None, None));
        let empty = names.intern("").unwrap();
        assert_eq!((names.get(empty), empty.id()), (Some(""), Some(701)));
    }

    #[test]
    fn several_at_once_are_as_one_after_the_other() {
        let texts: Vec<String> = (0..3000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 23).to_string())
            .collect();
        let (mut one, mut all) = (Names::default(), Names::default());
        let mut names = Vec::new();
        for (i, batch) in texts.chunks(7).enumerate() {
            let batch = || {
                batch
                    .iter()
                    .map(|text| (i % 3 > 0 || text != "77").then_some(text.as_str()))
            };
            all.intern_all(batch(), &mut names).unwrap();
            let expected: Vec<Name> = batch()
                .map(|text| one.intern_nullable(text).unwrap())
                .collect();
            assert_eq!(names, expected);
        }
        assert!(all.iter().eq(one.iter()));
    }
}
