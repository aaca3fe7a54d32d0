//! Playlists that operations created.

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use super::appended::List;
use crate::id::{Id, IdKind};
use crate::operation::Further;

/// A created playlist.
pub(super) struct Created {
    kind: IdKind,
    id: Box<str>,
    /// Index of the user.
    pub(super) owner: u32,
    pub(super) songs: List,
    /// Further members: name and value in turn, each followed by [`END`].
    further: Box<[u8]>,
    removed: bool,
}

/// Valid JSON has no NUL, so it can end a name or a value.
const END: u8 = 0;

/// Fewer removed ones than this are left lying.
const MIN_GARBAGE: usize = 1024;

/// Created playlists in order of creation; memory follows those that exist, not those that ever did.
pub(super) struct CreatedPlaylists {
    in_order: Vec<Created>,
    by_id: HashTable<u32>,
    hasher: RandomState,
}

impl Created {
    pub(super) fn new(id: Id<'_>, owner: u32, songs: List, further: Further<'_>) -> Self {
        let mut members = Vec::new();
        for (name, value) in further.raw_members() {
            for part in [name, value] {
                members.extend_from_slice(part);
                members.push(END);
            }
        }
        Created {
            kind: id.kind,
            id: id.text.into(),
            owner,
            songs,
            further: members.into(),
            removed: false,
        }
    }

    pub(super) fn id(&self) -> Id<'_> {
        Id {
            kind: self.kind,
            text: &self.id,
        }
    }

    /// The further members as the operation wrote them: name with quotes, value.
    pub(super) fn further(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut parts = self.further.split(|&byte| byte == END);
        std::iter::from_fn(move || {
            let name = parts.next().filter(|name| !name.is_empty())?;
            Some((name, parts.next()?))
        })
    }
}

impl CreatedPlaylists {
    pub(super) fn new() -> Self {
        CreatedPlaylists {
            in_order: Vec::new(),
            by_id: HashTable::new(),
            hasher: RandomState::default(),
        }
    }

    /// How many exist.
    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether one more can be numbered.
    pub(super) fn has_room(&self) -> bool {
        self.in_order.len() < u32::MAX as usize
    }

    /// Those that exist, in order of creation.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Created> {
        self.in_order.iter().filter(|created| !created.removed)
    }

    pub(super) fn contains(&self, id: Id<'_>) -> bool {
        !self.by_id.is_empty() && self.find(id).is_some()
    }

    pub(super) fn get_mut(&mut self, id: Id<'_>) -> Option<&mut Created> {
        let place = self.find(id)?;
        Some(&mut self.in_order[place as usize])
    }

    /// Adds one whose id is free.
    pub(super) fn push(&mut self, created: Created) {
        self.compact();
        let hash = self.hasher.hash_one(created.id());
        let place = self.in_order.len() as u32;
        self.in_order.push(created);
        let (in_order, hasher) = (&self.in_order, &self.hasher);
        self.by_id.insert_unique(hash, place, |&other| {
            hasher.hash_one(in_order[other as usize].id())
        });
    }

    /// Removes the one with this id and returns its songs, which are the caller's to give back.
    pub(super) fn remove(&mut self, id: Id<'_>) -> Option<List> {
        let hash = self.hasher.hash_one(id);
        let in_order = &self.in_order;
        let (place, _) = self
            .by_id
            .find_entry(hash, |&place| in_order[place as usize].id() == id)
            .ok()?
            .remove();
        let created = &mut self.in_order[place as usize];
        created.removed = true;
        created.further = Box::default();
        created.id = Box::default();
        Some(created.songs)
    }

    fn find(&self, id: Id<'_>) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        self.by_id
            .find(hash, |&place| self.in_order[place as usize].id() == id)
            .copied()
    }

    /// Drops the removed ones once they outnumber the others, so that its cost is shared by many removals.
    fn compact(&mut self) {
        let garbage = self.in_order.len() - self.by_id.len();
        if garbage < MIN_GARBAGE.max(self.by_id.len()) {
            return;
        }
        self.in_order.retain(|created| !created.removed);
        self.by_id.clear();
        let (in_order, hasher) = (&self.in_order, &self.hasher);
        let hash = |place: &u32| hasher.hash_one(in_order[*place as usize].id());
        for place in 0..in_order.len() as u32 {
            self.by_id.insert_unique(hash(&place), place, hash);
        }
    }
}
