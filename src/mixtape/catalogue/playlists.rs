//! The playlists of the document: ids and byte positions. 26 bytes each, and the directory's.

use std::collections::HashMap;

use super::directory::Directory;
use crate::io::Memory;
use crate::mixtape::key::Key;
use crate::mixtape::room::{self, List as Room, NoRoom};
use crate::mixtape::shape::{Ends, Place, SeparatorId};

/// The playlists in file order, in parallel arrays.
pub(in crate::mixtape) struct Playlists {
    keys: Room<Key>,
    /// Where each playlist stands, needed again only when the output is written.
    starts: Room<u64>,
    /// From the start to the place for further songs; [`WIDE`]: see `wide`.
    insertions: Room<u32>,
    /// From there to the end.
    ends: Room<u32>,
    separators: Room<SeparatorId>,
    /// Positions of playlists that four bytes cannot span.
    wide: HashMap<u32, (u64, u64)>,
    pub(in crate::mixtape) directory: Directory,
}

const WIDE: u32 = u32::MAX;

impl Playlists {
    /// None yet.
    pub(in crate::mixtape) fn new(memory: &Memory) -> Self {
        Playlists {
            keys: Room::new_in(memory.clone()),
            starts: Room::new_in(memory.clone()),
            insertions: Room::new_in(memory.clone()),
            ends: Room::new_in(memory.clone()),
            separators: Room::new_in(memory.clone()),
            wide: HashMap::new(),
            directory: Directory::default(),
        }
    }

    /// Makes room for one more.
    #[inline]
    pub(in crate::mixtape) fn make_room(&mut self) -> Result<(), NoRoom> {
        self.make_room_for(1)
    }

    #[inline]
    fn make_room_for(&mut self, count: usize) -> Result<(), NoRoom> {
        room::reserve(&mut self.keys, count)?;
        room::reserve(&mut self.starts, count)?;
        room::reserve(&mut self.insertions, count)?;
        room::reserve(&mut self.ends, count)?;
        room::reserve(&mut self.separators, count)
    }

    /// Adds those playlists behind these. Their texts have come behind `texts` bytes of others;
    /// `separator` is what theirs are called here.
    pub(in crate::mixtape) fn append(
        &mut self,
        others: &Playlists,
        texts: u64,
        separator: impl Fn(SeparatorId) -> SeparatorId,
    ) -> Result<(), NoRoom> {
        self.make_room_for(others.len())?;
        let before = self.len() as u32;
        let keys = others.keys.iter().map(|key| key.moved(texts));
        self.keys.extend(keys);
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

    pub(in crate::mixtape) fn push(&mut self, key: Key, place: Place) {
        let index = self.keys.len() as u32;
        let insertion = u32::try_from(place.insertion - place.start).unwrap_or(WIDE);
        let end = u32::try_from(place.end - place.insertion).unwrap_or(WIDE);
        if insertion == WIDE || end == WIDE {
            self.wide.insert(index, (place.insertion, place.end));
        }
        self.keys.push(key);
        self.starts.push(place.start);
        self.insertions.push(insertion);
        self.ends.push(end);
        self.separators.push(place.separator);
    }

    /// Takes the last one out again.
    pub(in crate::mixtape) fn pop(&mut self) -> Option<(Key, Place)> {
        let index = self.len().checked_sub(1)? as u32;
        let (key, place) = (self.key(index), self.place(index));
        self.keys.pop();
        self.starts.pop();
        self.insertions.pop();
        self.ends.pop();
        self.separators.pop();
        self.wide.remove(&index);
        Some((key, place))
    }

    /// Playlists in the document.
    pub(in crate::mixtape) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(in crate::mixtape) fn key(&self, index: u32) -> Key {
        self.keys[index as usize]
    }

    pub(in crate::mixtape) fn place(&self, index: u32) -> Place {
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

    /// How many start before this offset.
    pub(in crate::mixtape) fn count_before(&self, offset: u64) -> u32 {
        self.starts.partition_point(|&start| start < offset) as u32
    }

    /// The first and the last ones.
    pub(in crate::mixtape) fn ends(&self) -> Ends {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    const LENGTHS: [(u64, u64); 4] = [(10, 20), (10, 9 << 30), (9 << 30, 5), ((4 << 30) - 1, 1)];

    /// Playlists of those lengths, the first of them so far from the beginning.
    fn places(start: u64) -> impl Iterator<Item = Place> {
        (0..).zip(LENGTHS).map(move |(number, (insertion, end))| {
            let start = start + (number << 40);
            Place {
                start,
                insertion: start + insertion,
                end: start + insertion + end,
                separator: number as SeparatorId,
            }
        })
    }

    fn playlists(places: impl Iterator<Item = Place>, key: Key) -> Playlists {
        let mut playlists = Playlists::new(&Memory::UNLIMITED);
        for place in places {
            playlists.make_room().unwrap();
            playlists.push(key, place);
        }
        playlists
    }

    fn key() -> Key {
        Key::inline(Id::string("1")).unwrap()
    }

    /// What can be seen of a place.
    fn shown(place: Place) -> (u64, u64, u64, SeparatorId) {
        (place.start, place.insertion, place.end, place.separator)
    }

    #[test]
    fn a_playlist_of_many_gigabytes_keeps_its_positions() {
        let mut first = playlists(places(7), key());
        let others = playlists(places(9 << 40), key());
        first.append(&others, 0, |separator| separator + 4).unwrap();
        let others = places(9 << 40).map(|place| Place {
            separator: place.separator + 4,
            ..place
        });
        let mut expected: Vec<_> = places(7).chain(others).map(shown).collect();
        let found = (0..8).map(|number| shown(first.place(number)));
        assert_eq!(found.collect::<Vec<_>>(), expected);
        while let Some((found, place)) = first.pop() {
            assert!(found == key());
            assert_eq!(Some(shown(place)), expected.pop());
        }
        assert_eq!((first.len(), expected.len()), (0, 0));
        // Nothing is left of what was taken out.
        let place = places(0).next().unwrap();
        for _ in 0..LENGTHS.len() {
            first.push(key(), place.clone());
        }
        let found = (0..4).map(|number| shown(first.place(number)));
        assert!(found.eq([shown(place); 4]));
    }

    #[test]
    fn those_are_counted_that_start_before_an_offset() {
        let playlists = playlists(places(7), key());
        let starts: Vec<u64> = places(7).map(|place| place.start).collect();
        for offset in starts
            .iter()
            .flat_map(|&start| [start - 1, start, start + 1])
        {
            let before = starts.iter().filter(|&&start| start < offset).count();
            assert_eq!(playlists.count_before(offset), before as u32);
        }
    }

    #[test]
    fn what_room_was_made_for_takes_no_more() {
        let memory = Memory::limited(0);
        let mut playlists = Playlists::new(&memory);
        let place = places(7).next().unwrap();
        for _ in 0..20_000 {
            playlists.make_room().unwrap();
            let before = memory.on_disk();
            playlists.push(key(), place.clone());
            assert_eq!(memory.on_disk(), before);
        }
        assert!(memory.is_spilling());
    }
}
