//! Playlists that operations created.

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use super::appended::List;
use crate::id::{Id, IdKind};
use crate::io::Memory;
use crate::mixtape::room::{self, List as Room, NoRoom};
use crate::operation::Further;

/// A created playlist.
pub(in crate::mixtape) struct Created<'c> {
    pub(in crate::mixtape) id: Id<'c>,
    /// Index of the user.
    pub(in crate::mixtape) owner: u32,
    pub(in crate::mixtape) songs: List,
    /// Further members: name and value in turn, each followed by [`END`].
    further: &'c [u8],
}

/// Valid JSON has no NUL, so it can end a name or a value.
const END: u8 = 0;

/// Fewer removed ones than this are left lying.
const MIN_GARBAGE: usize = 1024;

/// Of their bytes too.
const MIN_GARBAGE_BYTES: usize = 1 << 20;

/// Bytes of an id that is generated, at most.
pub(super) const LONGEST_GENERATED: usize = 39;

/// Created playlists in order of creation; memory follows those that exist, not those that ever did.
pub(in crate::mixtape) struct CreatedPlaylists {
    in_order: Room<Entry>,
    /// Id and further members of each, one behind the other.
    bytes: Room<u8>,
    /// Of those in order, the ones that exist.
    live: usize,
    live_bytes: usize,
    /// Places of the first `indexed` ones that exist. The others follow when an id is looked for, which no operation may do.
    by_id: HashTable<u32, Memory>,
    indexed: usize,
    hasher: RandomState,
}

#[derive(Clone, Copy)]
struct Entry {
    /// Where its bytes start; an id, and behind it the further members.
    start: usize,
    id_length: u32,
    further_length: u32,
    owner: u32,
    songs: List,
    kind: IdKind,
    removed: bool,
}

impl Created<'_> {
    /// The further members as the operation wrote them: name with quotes, value.
    pub(in crate::mixtape) fn further(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        further_members(self.further)
    }

    /// The same in one piece.
    pub(in crate::mixtape) fn further_bytes(&self) -> &[u8] {
        self.further
    }
}

/// Name and value of each member of a new playlist that only the user knows, out of the form in which it is kept.
pub fn further_members(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut parts = bytes.split(|&byte| byte == END);
    std::iter::from_fn(move || {
        let name = parts.next().filter(|name| !name.is_empty())?;
        Some((name, parts.next()?))
    })
}

impl Entry {
    fn id(self, bytes: &[u8]) -> Id<'_> {
        let text = &bytes[self.start..][..self.id_length as usize];
        Id {
            kind: self.kind,
            text: str::from_utf8(text).expect("it was text when it was added"),
        }
    }

    fn length(self) -> usize {
        self.id_length as usize + self.further_length as usize
    }
}

impl CreatedPlaylists {
    pub(in crate::mixtape) fn new(memory: &Memory) -> Self {
        CreatedPlaylists {
            in_order: Room::new_in(memory.clone()),
            bytes: Room::new_in(memory.clone()),
            live: 0,
            live_bytes: 0,
            indexed: 0,
            by_id: HashTable::new_in(memory.clone()),
            hasher: RandomState::default(),
        }
    }

    /// How many exist.
    pub(in crate::mixtape) fn len(&self) -> usize {
        self.live
    }

    /// Whether so many more can be numbered.
    pub(super) fn can_number(&self, count: usize) -> bool {
        self.in_order.len() + count < u32::MAX as usize
    }

    /// Makes room for so many more, with so many bytes of ids and further members together.
    pub(in crate::mixtape) fn make_room(
        &mut self,
        count: usize,
        bytes: usize,
    ) -> Result<(), NoRoom> {
        room::reserve(&mut self.in_order, count)?;
        room::reserve(&mut self.bytes, bytes)?;
        // Also for those that are not yet to be found.
        let more = self.in_order.len() + count - self.by_id.len();
        if self.by_id.capacity() - self.by_id.len() >= more {
            return Ok(());
        }
        let (in_order, bytes, hasher) = (&self.in_order, &self.bytes, &self.hasher);
        let hash = |&place: &u32| hasher.hash_one(in_order[place as usize].id(bytes));
        let grown = self.by_id.try_reserve(more, hash);
        let grown = grown.ok().filter(|()| room::leaves_room());
        grown.ok_or_else(|| {
            NoRoom::for_many::<u32>(self.by_id.len() + more, self.in_order.allocator())
        })
    }

    /// Those that exist, in order of creation.
    pub(in crate::mixtape) fn iter(&self) -> impl Iterator<Item = Created<'_>> {
        let live = self.in_order.iter().filter(|entry| !entry.removed);
        live.map(|entry| Created {
            id: entry.id(&self.bytes),
            owner: entry.owner,
            songs: entry.songs,
            further: &self.bytes[entry.start..][entry.id_length as usize..entry.length()],
        })
    }

    pub(in crate::mixtape) fn contains(&mut self, id: Id<'_>) -> bool {
        self.live > 0 && self.find(id).is_some()
    }

    /// The songs of the one with this id.
    pub(super) fn songs_mut(&mut self, id: Id<'_>) -> Option<&mut List> {
        let place = self.find(id)?;
        Some(&mut self.in_order[place as usize].songs)
    }

    /// Adds one whose id is free.
    pub(in crate::mixtape) fn push(
        &mut self,
        id: Id<'_>,
        owner: u32,
        songs: List,
        further: Further<'_>,
    ) {
        self.compact();
        let start = self.bytes.len();
        self.bytes.extend_from_slice(id.text.as_bytes());
        let id_end = self.bytes.len();
        for (name, value) in further.raw_members() {
            for part in [name, value] {
                self.bytes.extend_from_slice(part);
                self.bytes.push(END);
            }
        }
        self.in_order.push(Entry {
            start,
            id_length: (id_end - start) as u32,
            further_length: (self.bytes.len() - id_end) as u32,
            owner,
            songs,
            kind: id.kind,
            removed: false,
        });
        self.live += 1;
        self.live_bytes += self.bytes.len() - start;
    }

    /// Removes the one with this id and returns its songs, which are the caller's to give back.
    pub(in crate::mixtape) fn remove(&mut self, id: Id<'_>) -> Option<List> {
        self.index();
        let hash = self.hasher.hash_one(id);
        let (in_order, bytes) = (&self.in_order, &self.bytes);
        let (place, _) = self
            .by_id
            .find_entry(hash, |&place| in_order[place as usize].id(bytes) == id)
            .ok()?
            .remove();
        let entry = &mut self.in_order[place as usize];
        self.live -= 1;
        self.live_bytes -= entry.length();
        entry.removed = true;
        Some(entry.songs)
    }

    fn find(&mut self, id: Id<'_>) -> Option<u32> {
        self.index();
        let hash = self.hasher.hash_one(id);
        let (in_order, bytes) = (&self.in_order, &self.bytes);
        self.by_id
            .find(hash, |&place| in_order[place as usize].id(bytes) == id)
            .copied()
    }

    /// Makes all that exist be found.
    fn index(&mut self) {
        let (in_order, bytes, hasher) = (&self.in_order, &self.bytes, &self.hasher);
        let hash = |place: &u32| hasher.hash_one(in_order[*place as usize].id(bytes));
        for (place, entry) in in_order.iter().enumerate().skip(self.indexed) {
            if !entry.removed {
                let place = place as u32;
                self.by_id.insert_unique(hash(&place), place, hash);
            }
        }
        self.indexed = in_order.len();
    }

    /// Drops the removed ones once they outnumber the others, so that its cost is shared by many removals.
    fn compact(&mut self) {
        let garbage = self.in_order.len() - self.live;
        let garbage_bytes = self.bytes.len() - self.live_bytes;
        if garbage < MIN_GARBAGE.max(self.live)
            && garbage_bytes < MIN_GARBAGE_BYTES.max(self.live_bytes)
        {
            return;
        }
        let bytes = &mut self.bytes;
        let mut end = 0;
        self.in_order.retain_mut(|entry| {
            if !entry.removed {
                bytes.copy_within(entry.start..entry.start + entry.length(), end);
                entry.start = end;
                end += entry.length();
            }
            !entry.removed
        });
        bytes.truncate(end);
        self.by_id.clear();
        self.indexed = 0;
    }
}

#[cfg(test)]
mod tests;
