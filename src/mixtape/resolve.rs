//! Ids looked up for a whole batch of operations before the first of them is applied.
//!
//! A table of millions of ids is larger than the caches, so a lookup waits for memory, and one operation needs several. The
//! tables never change after they are built: what an id resolves to does not depend on the operations before it. So all
//! lookups of a batch are made together, in steps whose loads do not wait for each other, and the processor has many under
//! way at once.

use super::id_set::IdSet;
use super::index::Index;
use super::key::{Key, Probe};
use super::lookups::{Found, Lookups, Pending, Set};
use super::table::Table;
use crate::id::Id;
use crate::operation::Operation;

impl Index {
    /// Looks up every id of `operations`. The results are handed out in the same order.
    pub(super) fn resolve<'o, 'a: 'o>(
        &self,
        operations: impl Iterator<Item = &'o Operation<'a>>,
        lookups: &mut Lookups,
    ) {
        lookups.pending.clear();
        lookups.found.clear();
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
        self.touch_lists(lookups);
    }

    fn add(&self, lookups: &mut Lookups, set: Set, id: Id<'_>) {
        let probe = Probe::new(id, &self.hasher);
        let found = match probe.key {
            Some(_) => None,
            None => self.find(set, &probe),
        };
        lookups.found.push(found);
        lookups.pending.push(Pending {
            set,
            hash: probe.hash,
            key: probe.key,
        });
    }

    /// First step: the slots come into the cache.
    fn touch_slots(&self, lookups: &Lookups) {
        let mut sum = 0u32;
        for pending in &lookups.pending {
            sum = sum.wrapping_add(self.table(pending.set).touch(pending.hash));
        }
        std::hint::black_box(sum);
    }

    /// Second step: the entries are compared.
    fn find_all(&self, lookups: &mut Lookups) {
        for (pending, found) in lookups.pending.iter().zip(&mut lookups.found) {
            if let Some(key) = pending.key {
                *found = match pending.set {
                    Set::Users => find_key(&self.users, pending.hash, key),
                    Set::Songs => find_key(&self.songs, pending.hash, key),
                    Set::Playlists => self
                        .playlists
                        .table
                        .find(pending.hash, |index| self.playlists.key(index) == key),
                };
            }
        }
    }

    /// Third step: the ends of the lists to which songs are going to be appended come into the cache.
    fn touch_lists(&self, lookups: &Lookups) {
        let mut sum = 0u32;
        for (pending, found) in lookups.pending.iter().zip(&lookups.found) {
            if let (Set::Playlists, Some(index)) = (pending.set, found)
                && let super::playlists::State::Extended(list) = self.playlists.state(*index)
            {
                sum = sum.wrapping_add(self.appended.touch(list));
            }
        }
        std::hint::black_box(sum);
    }

    fn table(&self, set: Set) -> &Table {
        match set {
            Set::Users => &self.users.table,
            Set::Playlists => &self.playlists.table,
            Set::Songs => &self.songs.table,
        }
    }

    fn find(&self, set: Set, probe: &Probe<'_>) -> Found {
        let key = |index: u32| match set {
            Set::Users => self.users.keys[index as usize],
            Set::Playlists => self.playlists.key(index),
            Set::Songs => self.songs.keys[index as usize],
        };
        self.table(set)
            .find(probe.hash, |index| probe.equals(key(index), &self.texts))
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

    /// The playlist of the document with this id, removed or not.
    pub(super) fn find_playlist(&self, id: Id<'_>) -> Found {
        self.find(Set::Playlists, &Probe::new(id, &self.hasher))
    }
}

fn find_key(set: &IdSet, hash: u64, key: Key) -> Found {
    set.table
        .find(hash, |index| set.keys[index as usize] == key)
}
