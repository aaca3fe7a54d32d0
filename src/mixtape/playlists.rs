//! The playlists of the document: ids, byte positions, and what happened to them. 30 bytes each, and the directory's.

use std::collections::HashMap;

use super::appended::{self, List};
use super::directory::Directory;
use super::key::Key;
use super::room::{self, List as Room, NoRoom};
use super::separator::SeparatorId;
use super::shape::Ends;
use crate::io::Memory;

/// The playlists in file order, in parallel arrays.
pub(super) struct Playlists {
    /// What an operation touches, side by side in memory.
    entries: Room<Entry>,
    /// Where each playlist stands, needed again only when the output is written.
    starts: Room<u64>,
    /// From the start to the place for further songs; [`WIDE`]: see `wide`.
    insertions: Room<u32>,
    /// From there to the end.
    ends: Room<u32>,
    separators: Room<SeparatorId>,
    /// Positions of playlists that four bytes cannot span.
    wide: HashMap<u32, (u64, u64)>,
    pub(super) directory: Directory,
    removed: u64,
}

#[derive(Clone, Copy)]
#[repr(C)]
struct Entry {
    key: Key,
    songs: List,
}

/// In place of a list: the playlist is removed.
const REMOVED: List = List::MAX - 1;
const WIDE: u32 = u32::MAX;

/// One playlist of the document, by its positions.
#[derive(Clone, Debug)]
pub struct Place {
    /// First byte.
    pub start: u64,
    /// Behind the last song, or behind the opening bracket.
    pub insertion: u64,
    /// Behind the last byte.
    pub end: u64,
    /// How further songs are put in: a number that the document's [`Shape`](super::Shape) knows.
    pub separator: SeparatorId,
}

/// What became of a playlist of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Kept,
    Extended(List),
    Removed,
}

impl Playlists {
    /// None yet.
    pub(super) fn new(memory: &Memory) -> Self {
        Playlists {
            entries: Room::new_in(memory.clone()),
            starts: Room::new_in(memory.clone()),
            insertions: Room::new_in(memory.clone()),
            ends: Room::new_in(memory.clone()),
            separators: Room::new_in(memory.clone()),
            wide: HashMap::new(),
            directory: Directory::default(),
            removed: 0,
        }
    }

    /// Makes room for one more.
    #[inline]
    pub(super) fn make_room(&mut self) -> Result<(), NoRoom> {
        self.make_room_for(1)
    }

    #[inline]
    fn make_room_for(&mut self, count: usize) -> Result<(), NoRoom> {
        room::reserve(&mut self.entries, count)?;
        room::reserve(&mut self.starts, count)?;
        room::reserve(&mut self.insertions, count)?;
        room::reserve(&mut self.ends, count)?;
        room::reserve(&mut self.separators, count)
    }

    /// Adds those playlists, to which nothing has happened, behind these. Their texts have come behind `texts` bytes of others;
    /// `separator` is what theirs are called here.
    pub(super) fn append(
        &mut self,
        others: &Playlists,
        texts: u64,
        separator: impl Fn(SeparatorId) -> SeparatorId,
    ) -> Result<(), NoRoom> {
        self.make_room_for(others.len())?;
        let before = self.len() as u32;
        self.entries
            .extend(others.entries.iter().map(|entry| Entry {
                key: entry.key.moved(texts),
                songs: entry.songs,
            }));
        self.starts.extend_from_slice(&others.starts);
        self.insertions.extend_from_slice(&others.insertions);
        self.ends.extend_from_slice(&others.ends);
        let separators = others.separators.iter().map(|&id| separator(id));
        self.separators.extend(separators);
        let wide = others.wide.iter();
        self.wide
            .extend(wide.map(|(index, &place)| (before + index, place)));
        Ok(())
    }

    pub(super) fn push(&mut self, key: Key, place: Place) {
        let index = self.entries.len() as u32;
        let insertion = u32::try_from(place.insertion - place.start).unwrap_or(WIDE);
        let end = u32::try_from(place.end - place.insertion).unwrap_or(WIDE);
        if insertion == WIDE || end == WIDE {
            self.wide.insert(index, (place.insertion, place.end));
        }
        self.entries.push(Entry {
            key,
            songs: appended::EMPTY,
        });
        self.starts.push(place.start);
        self.insertions.push(insertion);
        self.ends.push(end);
        self.separators.push(place.separator);
    }

    /// Takes the last one out again.
    pub(super) fn pop(&mut self) -> Option<(Key, Place)> {
        let index = self.len().checked_sub(1)? as u32;
        let (key, place) = (self.key(index), self.place(index));
        self.entries.pop();
        self.starts.pop();
        self.insertions.pop();
        self.ends.pop();
        self.separators.pop();
        self.wide.remove(&index);
        Some((key, place))
    }

    /// Playlists in the document.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Playlists of the document that are still there.
    pub(super) fn live(&self) -> u64 {
        self.len() as u64 - self.removed
    }

    pub(super) fn key(&self, index: u32) -> Key {
        self.entries[index as usize].key
    }

    pub(super) fn place(&self, index: u32) -> Place {
        let at = index as usize;
        let start = self.starts[at];
        let (insertion, end) = self.wide.get(&index).copied().unwrap_or_else(|| {
            let insertion = start + u64::from(self.insertions[at]);
            (insertion, insertion + u64::from(self.ends[at]))
        });
        Place {
            start,
            insertion,
            end,
            separator: self.separators[at],
        }
    }

    /// The first and the last ones.
    pub(super) fn ends(&self) -> Ends {
        let Some(last) = self.len().checked_sub(1) else {
            return Ends::default();
        };
        let last = last as u32;
        Ends {
            start: self.starts[0],
            before_last: last.checked_sub(1).map(|before| self.place(before).end),
            last: Some(self.place(last)),
        }
    }

    pub(super) fn state(&self, index: u32) -> State {
        match self.entries[index as usize].songs {
            appended::EMPTY => State::Kept,
            REMOVED => State::Removed,
            songs => State::Extended(songs),
        }
    }

    pub(super) fn is_removed(&self, index: u32) -> bool {
        self.state(index) == State::Removed
    }

    /// Reads what became of a playlist, so that it is in the cache when an operation asks for it.
    pub(super) fn touch(&self, index: u32) -> u32 {
        self.entries[index as usize].songs
    }

    /// The list of songs appended to a playlist that is not removed.
    pub(super) fn songs_mut(&mut self, index: u32) -> &mut List {
        debug_assert!(!self.is_removed(index));
        &mut self.entries[index as usize].songs
    }

    /// Marks a playlist whose list is empty as removed.
    pub(super) fn remove(&mut self, index: u32) {
        self.entries[index as usize].songs = REMOVED;
        self.removed += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::Texts;
    use super::*;
    use crate::id::Id;

    #[test]
    fn a_playlist_of_many_gigabytes_keeps_its_positions() {
        let mut playlists = Playlists::new(&Memory::UNLIMITED);
        let mut texts = Texts::new(&Memory::UNLIMITED);
        let lengths = [(10, 20), (10, 9 << 30), (9 << 30, 5), ((4 << 30) - 1, 1)];
        for (i, (insertion, end)) in lengths.into_iter().enumerate() {
            let start = (i as u64) << 40;
            let place = Place {
                start,
                insertion: start + insertion,
                end: start + insertion + end,
                separator: 0,
            };
            playlists.push(Key::new(Id::string("1"), &mut texts).unwrap(), place);
        }
        for (i, (insertion, end)) in lengths.into_iter().enumerate() {
            let place = playlists.place(i as u32);
            assert_eq!(place.insertion - place.start, insertion);
            assert_eq!(place.end - place.insertion, end);
        }
    }
}
