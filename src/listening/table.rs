//! The table under construction: every track that was recommended or heard, as numbers.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::batch::{self, Batch, Span, Stream};
use super::descriptions::Descriptions;
use super::lists::{Entry, Heard};
use super::numbers::{NONE, fits};
use crate::error::Result;
use crate::names::{Name, Names};

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
    pub(super) lists: Vec<List>,
    list_numbers: HashTable<u32>,
    pub(super) rows: Vec<Row>,
    /// Rows that are not near the first one of their list.
    far: HashTable<u32>,
    heard: Vec<Heard>,
    descriptions: Descriptions,
    hasher: RandomState,
    /// Names of several tracks, streams' users and streams' playlists.
    several: [Vec<Name>; 3],
}

impl Table {
    /// A list of a row of PLAYLISTS, which is later than all before, says what is in it now.
    pub(super) fn recommend(&mut self, batch: &Batch, list: &batch::List) -> Result<()> {
        let user = self.users.intern(batch.get(list.user))?;
        let playlist = self.playlists.intern(batch.get(list.playlist))?;
        let number = self.list((user, playlist))?;
        self.lists[number as usize].line = list.line;
        let listed = &batch.listed[list.tracks.clone()];
        let mut tracks = std::mem::take(&mut self.several[0]);
        let texts = listed.iter().map(|listed| Some(batch.get(listed.track)));
        self.tracks.intern_all(texts, &mut tracks)?;
        for ((place, listed), &track) in (1..).zip(listed).zip(&tracks) {
            let row = self.row(number, track)?;
            let Row {
                line, description, ..
            } = self.rows[row];
            // The first place of a track counts.
            if line == list.line {
                continue;
            }
            let texts = batch.get_texts(listed.texts);
            let description = self.descriptions.describe(description, track, texts)?;
            let row = &mut self.rows[row];
            (row.line, row.place, row.description) = (list.line, place, description);
        }
        self.several[0] = tracks;
        Ok(())
    }

    /// Some streams, in rounds in each of which no stream waits for the memory that another one needs.
    pub(super) fn hear(&mut self, batch: &Batch, streams: &[Stream]) -> Result<()> {
        let [mut tracks, mut users, mut playlists] = std::mem::take(&mut self.several);
        let texts = |part: fn(&Stream) -> Span| {
            streams
                .iter()
                .map(move |stream| Some(batch.get(part(stream))))
        };
        self.users
            .intern_all(texts(|stream| stream.user), &mut users)?;
        self.playlists
            .intern_all(texts(|stream| stream.playlist), &mut playlists)?;
        self.tracks
            .intern_all(texts(|stream| stream.track), &mut tracks)?;
        let mut lists = Vec::with_capacity(streams.len());
        for (&user, &playlist) in users.iter().zip(&playlists) {
            lists.push(self.list((user, playlist))?);
        }
        let first = |&list: &u32| self.rows.get(self.lists[list as usize].first as usize);
        let firsts = lists.iter().filter_map(first).map(|row| row.place);
        std::hint::black_box(firsts.fold(0, |all, place| all ^ place));
        for ((stream, &list), &track) in streams.iter().zip(&lists).zip(&tracks) {
            let row = self.row(list, track)?;
            let heard = Heard::once(stream.seconds, stream.moment);
            let number = &mut self.rows[row].heard;
            if *number == NONE {
                *number = fits(self.heard.len())?;
                self.heard.push(heard);
            } else {
                self.heard[*number as usize].add(&heard)?;
            }
        }
        self.several = [tracks, users, playlists];
        Ok(())
    }

    /// The number of a user's list, which is a new one where there was none.
    fn list(&mut self, key: (Name, Name)) -> Result<u32> {
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
            return Ok(number);
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
        Ok(number)
    }

    /// The row of a track in a list, which is a new one where there was none.
    fn row(&mut self, number: u32, track: Name) -> Result<usize> {
        let Table {
            lists,
            rows,
            far,
            hasher,
            ..
        } = self;
        let list = &mut lists[number as usize];
        let (first, near) = (list.first as usize, list.near as usize);
        let place = rows[first..first + near]
            .iter()
            .position(|row| row.track == track);
        if let Some(place) = place {
            return Ok(first + place);
        }
        let next = rows.len();
        let new = fits(next)?;
        if next == first + near && list.near < NEAR {
            list.near += 1;
        } else {
            let key = |&row: &u32| (rows[row as usize].list, rows[row as usize].track);
            let hash = hasher.hash_one((number, track));
            if let Some(&row) = far.find(hash, |row| key(row) == (number, track)) {
                return Ok(row as usize);
            }
            far.insert_unique(hash, new, |row| hasher.hash_one(key(row)));
        }
        rows.push(Row {
            list: number,
            track,
            line: 0,
            place: 0,
            description: NONE,
            heard: NONE,
        });
        Ok(next)
    }

    /// About how much memory it takes, that for putting it in order included.
    pub(super) fn bytes(&self) -> usize {
        let names = [&self.users, &self.playlists, &self.tracks];
        let names: usize = names.iter().map(|names| names.bytes()).sum();
        // While a hash table grows there are two of them.
        let hashed = self.lists.len() + self.far.len();
        names
            + self.descriptions.bytes()
            + self.lists.len() * (size_of::<List>() + 8)
            + self.rows.len() * (size_of::<Row>() + 4)
            + self.heard.len() * size_of::<Heard>()
            + hashed * 20
    }

    /// Forgets everything but the memory for it.
    pub(super) fn clear(&mut self) {
        let names = [&mut self.users, &mut self.playlists, &mut self.tracks];
        names.into_iter().for_each(Names::clear);
        self.lists.clear();
        self.list_numbers.clear();
        self.rows.clear();
        self.far.clear();
        self.heard.clear();
        self.descriptions.clear();
    }

    /// A row with its texts.
    pub(super) fn entry(&self, row: &Row) -> Entry<'_> {
        Entry {
            track: self.tracks.bytes_of(row.track).unwrap_or_default(),
            line: row.line,
            place: row.place,
            texts: self.descriptions.texts(row.description),
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
