//! Ids looked up for a whole batch of operations before the first of them is applied.
//!
//! A table of millions of ids is larger than the caches, so a lookup waits for memory, and one operation needs several. The
//! directories never change after they are built: what an id resolves to does not depend on the operations before it. So all
//! lookups of a batch are made together, in steps whose loads do not wait for each other, and the processor has many under
//! way at once. Ids that ascend need no table, and are found at once.

use super::directory::Directory;
use super::index::Index;
use super::key::{Key, Probe};
use super::lookups::{Found, Lookups, Pending, Set};
use crate::id::Id;
use crate::operation::Operation;
use crate::rejects::Missing;

impl Index {
    /// Looks up every id of `operations`. The results are handed out in the same order.
    pub(super) fn resolve<'o, 'a: 'o>(
        &self,
        operations: impl Iterator<Item = &'o Operation<'a>>,
        lookups: &mut Lookups,
    ) {
        lookups.pending.clear();
        lookups.found.clear();
        lookups.playlists.clear();
        for operation in operations {
            match *operation {
                Operation::AddSong { playlist, song } => {
                    self.add(lookups, Set::Playlists, playlist);
                    self.add(lookups, Set::Songs, song);
                }
                Operation::AddPlaylist(new) => {
                    self.add(lookups, Set::Users, new.owner);
                    if let Some(id) = new.id {
                        self.add(lookups, Set::Playlists, id);
                    }
                    for song in new.songs.iter() {
                        self.add(lookups, Set::Songs, song);
                    }
                }
                Operation::RemovePlaylist { playlist } => {
                    self.add(lookups, Set::Playlists, playlist);
                }
            }
        }
        self.touch_slots(lookups);
        self.find_all(lookups);
        self.touch_playlists(lookups);
    }

    #[inline]
    fn add(&self, lookups: &mut Lookups, set: Set, id: Id<'_>) {
        if set == Set::Playlists {
            lookups.playlists.push(lookups.found.len() as u32);
        }
        let found = match self.directory(set) {
            Directory::Ranks(ranks) => Key::inline(id).and_then(|key| ranks.find(key)),
            Directory::Table(_) => self.postpone(lookups, set, id),
        };
        lookups.found.push(found);
    }

    /// Leaves the lookup for later, unless the id is a text.
    fn postpone(&self, lookups: &mut Lookups, set: Set, id: Id<'_>) -> Found {
        let probe = Probe::new(id, &self.hasher);
        let Some(key) = probe.key else {
            return self.find(set, &probe);
        };
        lookups.pending.push(Pending {
            set,
            hash: probe.hash,
            key,
            place: lookups.found.len() as u32,
        });
        None
    }

    /// First step: the slots come into the cache.
    fn touch_slots(&self, lookups: &Lookups) {
        let mut sum = 0u32;
        for pending in &lookups.pending {
            if let Directory::Table(table) = self.directory(pending.set) {
                sum = sum.wrapping_add(table.touch(pending.hash));
            }
        }
        std::hint::black_box(sum);
    }

    /// Second step: the entries are compared.
    fn find_all(&self, lookups: &mut Lookups) {
        for pending in &lookups.pending {
            let Directory::Table(table) = self.directory(pending.set) else {
                continue;
            };
            let (hash, key) = (pending.hash, pending.key);
            lookups.found[pending.place as usize] = match pending.set {
                Set::Users => table.find(hash, |index| self.users.keys[index as usize] == key),
                Set::Songs => table.find(hash, |index| self.songs.keys[index as usize] == key),
                Set::Playlists => table.find(hash, |index| self.playlists.key(index) == key),
            };
        }
    }

    /// Third step: what became of the playlists comes into the cache.
    fn touch_playlists(&self, lookups: &Lookups) {
        let mut sum = 0u32;
        for &place in &lookups.playlists {
            if let Some(index) = lookups.found[place as usize] {
                sum = sum.wrapping_add(self.playlists.touch(index));
            }
        }
        std::hint::black_box(sum);
    }

    #[inline]
    fn directory(&self, set: Set) -> &Directory {
        match set {
            Set::Users => &self.users.directory,
            Set::Playlists => &self.playlists.directory,
            Set::Songs => &self.songs.directory,
        }
    }

    fn find(&self, set: Set, probe: &Probe<'_>) -> Found {
        let key = |index: u32| match set {
            Set::Users => self.users.keys[index as usize],
            Set::Playlists => self.playlists.key(index),
            Set::Songs => self.songs.keys[index as usize],
        };
        self.directory(set).find(probe, key, &self.texts)
    }

    /// Whether the document has this user.
    pub(super) fn has_user(&self, id: Id<'_>) -> bool {
        self.find(Set::Users, &Probe::new(id, &self.hasher))
            .is_some()
    }

    /// Whether the document has this song.
    pub(super) fn has_song(&self, id: Id<'_>) -> bool {
        self.find(Set::Songs, &Probe::new(id, &self.hasher))
            .is_some()
    }

    /// An id that `set` does not have, for the message about it.
    #[cold]
    pub(super) fn missing<'a>(&self, set: Set, id: Id<'a>) -> Missing<'a> {
        let twin = Probe::new(id.twin(), &self.hasher);
        let has_twin = self.find(set, &twin).is_some();
        Missing { id, has_twin }
    }

    /// The playlist of the document with this id, removed or not.
    pub(super) fn find_playlist(&self, id: Id<'_>) -> Found {
        self.find(Set::Playlists, &Probe::new(id, &self.hasher))
    }
}
