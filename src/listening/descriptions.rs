//! What tracks are described by: work, composer and title, once for all rows that have the same.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::batch::Texts;
use super::numbers::{NONE, fits};
use crate::error::Result;
use crate::names::{Name, Names};

/// Different descriptions, called by numbers; [`NONE`] is that without a text.
#[derive(Default)]
pub(super) struct Descriptions {
    texts: Names,
    descriptions: Vec<Texts<Name>>,
    numbers: HashTable<u32>,
    /// For each track the description that was used last: nearly always the right one.
    last: Vec<u32>,
    hasher: RandomState,
}

impl Descriptions {
    /// The description of a row that had the description `before`: a text that is not there leaves the earlier one.
    #[inline]
    pub(super) fn describe(
        &mut self,
        before: u32,
        track: Name,
        texts: Texts<Option<&str>>,
    ) -> Result<u32> {
        if before != NONE {
            return self.describe_again(before, track, texts);
        }
        if texts == [None; 3] {
            return Ok(NONE);
        }
        match self.last.get(track.index()) {
            Some(&last) if self.texts(last) == texts.map(|text| text.map(str::as_bytes)) => {
                Ok(last)
            }
            _ => self.number(track, texts),
        }
    }

    #[cold]
    fn describe_again(
        &mut self,
        before: u32,
        track: Name,
        texts: Texts<Option<&str>>,
    ) -> Result<u32> {
        let before = self.descriptions[before as usize];
        let before = before.map(|name| self.texts.get(name).map(str::to_owned));
        let mut both = texts;
        for (text, before) in both.iter_mut().zip(&before) {
            *text = text.or(before.as_deref());
        }
        self.number(track, both)
    }

    /// The number of a description, which is a new one where it was not seen before.
    fn number(&mut self, track: Name, texts: Texts<Option<&str>>) -> Result<u32> {
        let mut names = [Name::NULL; 3];
        for (name, text) in names.iter_mut().zip(texts) {
            *name = self.texts.intern_nullable(text)?;
        }
        let Descriptions {
            descriptions,
            numbers,
            last,
            hasher,
            ..
        } = self;
        let hash = hasher.hash_one(names);
        let of = |&number: &u32| descriptions[number as usize];
        let number = match numbers.find(hash, |number| of(number) == names) {
            Some(&number) => number,
            None => {
                let number = fits(descriptions.len())?;
                numbers.insert_unique(hash, number, |number| hasher.hash_one(of(number)));
                descriptions.push(names);
                number
            }
        };
        if last.len() <= track.index() {
            last.resize(track.index() + 1, NONE);
        }
        last[track.index()] = number;
        Ok(number)
    }

    /// The texts of a description.
    #[inline]
    pub(super) fn texts(&self, description: u32) -> Texts<Option<&[u8]>> {
        match description {
            NONE => [None; 3],
            description => {
                self.descriptions[description as usize].map(|name| self.texts.bytes_of(name))
            }
        }
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Texts<Name>>() + 20;
        self.texts.bytes() + self.descriptions.len() * each + self.last.len() * 4
    }

    /// Forgets everything but the memory for it.
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.descriptions.clear();
        self.numbers.clear();
        self.last.clear();
    }
}
