//! The table under construction: every track that was recommended or heard, as numbers.

use std::hash::BuildHasher;
use std::num::NonZeroUsize;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::batch::Texts;
use super::lists::{Encode, EncodedConsumer, Entry, Heard, Lists, ListsConsumer};
use super::ordered::Ordered;
use super::summary::TableCounts;
use crate::error::{Error, Result};
use crate::names::{Name, Names};

/// Where there is no description, or nothing was heard.
const NONE: u32 = u32::MAX;

/// Rows of a list that lie one behind the other and are found by looking at each; further ones are hashed.
const NEAR: u32 = 64;

/// A user's playlist.
pub(super) struct List {
    pub(super) user: Name,
    /// The digits of its name.
    pub(super) playlist: Name,
    /// The latest row of PLAYLISTS that has it, from 1; 0 where none has.
    pub(super) line: u32,
    /// Its first row, and how many of its rows lie from there on.
    pub(super) first: u32,
    pub(super) near: u32,
}

/// A track of a list.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) list: u32,
    pub(super) track: Name,
    /// The latest row of PLAYLISTS that recommends it, from 1; 0 where none does.
    pub(super) line: u32,
    /// Its place there, from 1.
    pub(super) place: u32,
    pub(super) description: u32,
    pub(super) heard: u32,
}

/// Memory grows with the different tracks of lists, not with how often they were heard.
#[derive(Default)]
pub(super) struct Table {
    pub(super) users: Names,
    playlists: Names,
    pub(super) tracks: Names,
    texts: Names,
    pub(super) lists: Vec<List>,
    list_numbers: HashTable<u32>,
    pub(super) rows: Vec<Row>,
    /// Rows that are not near the first one of their list.
    far: HashTable<u32>,
    heard: Vec<Heard>,
    descriptions: Vec<Texts<Name>>,
    description_numbers: HashTable<u32>,
    /// For each track the description that was used last: nearly always the right one.
    described: Vec<u32>,
    hasher: RandomState,
}

/// A list's number.
#[derive(Clone, Copy)]
pub(super) struct ListNumber(u32);

impl Table {
    /// The list of a user.
    pub(super) fn list(&mut self, user: &str, playlist: &str) -> Result<ListNumber> {
        let key = (self.users.intern(user)?, self.playlists.intern(playlist)?);
        let Table {
            lists,
            list_numbers,
            hasher,
            rows,
            ..
        } = self;
        let hash = hasher.hash_one(key);
        let of = |&number: &u32| {
            let list = &lists[number as usize];
            (list.user, list.playlist)
        };
        if let Some(&number) = list_numbers.find(hash, |number| of(number) == key) {
            return Ok(ListNumber(number));
        }
        let number = fits(lists.len())?;
        list_numbers.insert_unique(hash, number, |number| hasher.hash_one(of(number)));
        lists.push(List {
            user: key.0,
            playlist: key.1,
            line: 0,
            first: fits(rows.len())?,
            near: 0,
        });
        Ok(ListNumber(number))
    }

    /// A row of PLAYLISTS, later than all before, says what is in a list now.
    pub(super) fn begin(&mut self, list: ListNumber, line: u32) {
        self.lists[list.0 as usize].line = line;
    }

    /// The list has a track at this place, from 1. The first place of a track counts.
    pub(super) fn recommend(
        &mut self,
        list: ListNumber,
        place: u32,
        track: &str,
        texts: Texts<Option<&str>>,
    ) -> Result<()> {
        let row = self.row(list, track)?;
        let line = self.lists[list.0 as usize].line;
        let Row {
            track,
            line: before,
            description,
            ..
        } = self.rows[row];
        if before == line {
            return Ok(());
        }
        let description = match description {
            NONE => self.describe(track, texts)?,
            _ => self.describe_again(description, track, texts)?,
        };
        let row = &mut self.rows[row];
        (row.line, row.place, row.description) = (line, place, description);
        Ok(())
    }

    /// A track of a list was heard.
    pub(super) fn hear(&mut self, list: ListNumber, track: &str, heard: &Heard) -> Result<()> {
        let row = self.row(list, track)?;
        let number = &mut self.rows[row].heard;
        if *number == NONE {
            *number = fits(self.heard.len())?;
            self.heard.push(*heard);
            return Ok(());
        }
        self.heard[*number as usize].add(heard)
    }

    /// The row of a track in a list, which is a new one where there was none.
    fn row(&mut self, number: ListNumber, track: &str) -> Result<usize> {
        let known = self.tracks.len();
        let track = self.tracks.intern(track)?;
        if self.tracks.len() > known {
            self.described.push(NONE);
        }
        let Table {
            lists,
            rows,
            far,
            hasher,
            ..
        } = self;
        let list = &mut lists[number.0 as usize];
        let (first, near) = (list.first as usize, list.near as usize);
        let place = rows[first..first + near]
            .iter()
            .position(|row| row.track == track);
        if let Some(place) = place {
            return Ok(first + place);
        }
        let next = rows.len();
        let row = Row {
            list: number.0,
            track,
            line: 0,
            place: 0,
            description: NONE,
            heard: NONE,
        };
        if next == first + near && list.near < NEAR {
            list.near += 1;
        } else {
            let key = |&row: &u32| (rows[row as usize].list, rows[row as usize].track);
            let hash = hasher.hash_one((number.0, track));
            if let Some(&row) = far.find(hash, |row| key(row) == (number.0, track)) {
                return Ok(row as usize);
            }
            let rehash = |row: &u32| hasher.hash_one(key(row));
            far.insert_unique(hash, fits(next)?, rehash);
        }
        fits(next)?;
        rows.push(row);
        Ok(next)
    }

    /// The number of a track's description.
    fn describe(&mut self, track: Name, texts: Texts<Option<&str>>) -> Result<u32> {
        if texts == [None; 3] {
            return Ok(NONE);
        }
        let last = self.described[track.index()];
        if last != NONE && self.texts_of(last) == texts {
            return Ok(last);
        }
        let mut names = [Name::NULL; 3];
        for (name, text) in names.iter_mut().zip(texts) {
            *name = self.texts.intern_nullable(text)?;
        }
        let Table {
            descriptions,
            description_numbers,
            described,
            hasher,
            ..
        } = self;
        let hash = hasher.hash_one(names);
        let of = |&number: &u32| descriptions[number as usize];
        let known = description_numbers.find(hash, |number| of(number) == names);
        let number = match known {
            Some(&number) => number,
            None => {
                let number = fits(descriptions.len())?;
                let rehash = |number: &u32| hasher.hash_one(of(number));
                description_numbers.insert_unique(hash, number, rehash);
                descriptions.push(names);
                number
            }
        };
        described[track.index()] = number;
        Ok(number)
    }

    /// The same where the row had a description: a text that is not there leaves the earlier one.
    #[cold]
    fn describe_again(
        &mut self,
        before: u32,
        track: Name,
        texts: Texts<Option<&str>>,
    ) -> Result<u32> {
        let owned = self.texts_of(before).map(|text| text.map(str::to_owned));
        let mut both = texts;
        for (text, before) in both.iter_mut().zip(&owned) {
            *text = text.or(before.as_deref());
        }
        self.describe(track, both)
    }

    fn texts_of(&self, description: u32) -> Texts<Option<&str>> {
        if description == NONE {
            return [None; 3];
        }
        self.descriptions[description as usize].map(|name| self.texts.get(name))
    }

    /// About how much memory it takes, that for putting it in order included.
    pub(super) fn bytes(&self) -> usize {
        let names = [&self.users, &self.playlists, &self.tracks, &self.texts];
        let names: usize = names.iter().map(|names| names.bytes()).sum();
        // While a hash table grows there are two of them.
        let hashed = self.lists.len() + self.far.len() + self.description_numbers.len();
        names
            + self.lists.len() * (size_of::<List>() + 8)
            + self.rows.len() * (size_of::<Row>() + 4)
            + self.heard.len() * size_of::<Heard>()
            + self.descriptions.len() * size_of::<Texts<Name>>()
            + self.described.len() * 4
            + hashed * 20
    }

    /// Forgets everything but the memory for it.
    pub(super) fn clear(&mut self) {
        let names = [
            &mut self.users,
            &mut self.playlists,
            &mut self.tracks,
            &mut self.texts,
        ];
        names.into_iter().for_each(Names::clear);
        self.lists.clear();
        self.list_numbers.clear();
        self.rows.clear();
        self.far.clear();
        self.heard.clear();
        self.descriptions.clear();
        self.description_numbers.clear();
        self.described.clear();
    }

    /// A row with its texts.
    pub(super) fn entry(&self, row: &Row) -> Entry<'_> {
        let texts = match row.description {
            NONE => [Name::NULL; 3],
            description => self.descriptions[description as usize],
        };
        Entry {
            track: self.tracks.bytes_of(row.track).unwrap_or_default(),
            line: row.line,
            place: row.place,
            texts: texts.map(|name| self.texts.bytes_of(name)),
            heard: match row.heard {
                NONE => Heard::NEVER,
                number => self.heard[number as usize],
            },
        }
    }

    pub(super) fn digits(&self, list: &List) -> &str {
        self.playlists.get(list.playlist).unwrap_or_default()
    }
}

impl Lists for Table {
    fn for_each(&mut self, each: &mut ListsConsumer<'_>) -> Result<()> {
        let ordered = Ordered::of(self);
        ordered.for_each(&ordered.lists, each)
    }

    fn for_each_encoded(
        &mut self,
        threads: NonZeroUsize,
        encode: &Encode<'_>,
        take: &mut EncodedConsumer<'_>,
    ) -> Result<()> {
        Ordered::of(self).for_each_encoded(threads, encode, take)
    }

    fn counts(&mut self) -> Result<TableCounts> {
        let mut counts = TableCounts {
            users: self.users.len() as u64,
            ..TableCounts::default()
        };
        for row in &self.rows {
            counts.count(row.line > 0, row.heard != NONE);
        }
        Ok(counts)
    }
}

fn fits(number: usize) -> Result<u32> {
    u32::try_from(number)
        .ok()
        .filter(|&number| number != NONE)
        .ok_or_else(|| {
            Error::limit("more than 4294967294 tracks of playlists at once; --max-memory keeps fewer in memory")
        })
}
