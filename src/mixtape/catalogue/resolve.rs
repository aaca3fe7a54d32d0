//! Ids looked up for a whole batch of operations before the first of them is applied.
//!
//! A table of millions of ids is larger than the caches, so a lookup waits for memory, and one operation needs several. The
//! directories never change after they are built: what an id resolves to does not depend on the operations before it. So all
//! lookups of a batch are made together, in steps whose loads do not wait for each other, and the processor has many under
//! way at once. Ids that ascend need no table, and are found at once.

use super::Catalogue;
use super::directory::Directory;
use super::lookups::{Found, NONE, Pending, Resolved};
use crate::id::Id;
use crate::mixtape::key::{Key, Probe};
use crate::mixtape::kind::Kind;
use crate::operation::Operation;
use crate::rejects::Missing;

impl Catalogue {
    /// Looks up every id of `operations`, behind what was looked up before.
    pub fn resolve(&self, operations: &[Operation<'_>], resolved: &mut Resolved) {
        resolved.pending.clear();
        let at = resolved.found.len();
        for operation in operations {
            match *operation {
                Operation::AddSong { playlist, song } => {
                    self.add(resolved, Kind::Playlists, playlist);
                    self.add(resolved, Kind::Songs, song);
                }
                Operation::AddPlaylist(new) => {
                    self.add(resolved, Kind::Users, new.owner);
                    if let Some(id) = new.id {
                        self.add(resolved, Kind::Playlists, id);
                    }
                    for song in new.songs.iter() {
                        self.add(resolved, Kind::Songs, song);
                    }
                }
                Operation::RemovePlaylist { playlist } => {
                    self.add(resolved, Kind::Playlists, playlist);
                }
            }
        }
        self.touch_slots(resolved);
        self.find_all(resolved);
        resolved.add_known(operations, at);
    }

    #[inline]
    fn add(&self, resolved: &mut Resolved, kind: Kind, id: Id<'_>) {
        let found = match self.directory(kind) {
            Directory::Ranks(ranks) => Key::inline(id).and_then(|key| ranks.find(key)),
            Directory::Table(_) => self.postpone(resolved, kind, id),
        };
        resolved.push(found);
    }

    /// Leaves the lookup for later, unless the id is a text.
    fn postpone(&self, resolved: &mut Resolved, kind: Kind, id: Id<'_>) -> Found {
        let probe = Probe::new(id, &self.hasher);
        let Some(key) = probe.key else {
            return self.find(kind, &probe);
        };
        resolved.pending.push(Pending {
            kind,
            hash: probe.hash,
            key,
            place: resolved.found.len() as u32,
        });
        None
    }

    /// First step: the slots come into the cache.
    fn touch_slots(&self, resolved: &Resolved) {
        let mut sum = 0u32;
        for pending in &resolved.pending {
            if let Directory::Table(table) = self.directory(pending.kind) {
                sum = sum.wrapping_add(table.touch(pending.hash));
            }
        }
        std::hint::black_box(sum);
    }

    /// Second step: the entries are compared.
    fn find_all(&self, resolved: &mut Resolved) {
        for pending in &resolved.pending {
            let Directory::Table(table) = self.directory(pending.kind) else {
                continue;
            };
            let (hash, key) = (pending.hash, pending.key);
            let found = match pending.kind {
                Kind::Users => table.find(hash, |index| self.users.keys[index as usize] == key),
                Kind::Songs => table.find(hash, |index| self.songs.keys[index as usize] == key),
                Kind::Playlists => table.find(hash, |index| self.playlists.key(index) == key),
            };
            resolved.found[pending.place as usize] = found.unwrap_or(NONE);
        }
    }

    #[inline]
    fn directory(&self, kind: Kind) -> &Directory {
        match kind {
            Kind::Users => &self.users.directory,
            Kind::Playlists => &self.playlists.directory,
            Kind::Songs => &self.songs.directory,
        }
    }

    fn find(&self, kind: Kind, probe: &Probe<'_>) -> Found {
        let key = |index: u32| match kind {
            Kind::Users => self.users.keys[index as usize],
            Kind::Playlists => self.playlists.key(index),
            Kind::Songs => self.songs.keys[index as usize],
        };
        self.directory(kind).find(probe, key, &self.texts)
    }

    /// Whether the document has this user.
    pub(in crate::mixtape) fn has_user(&self, id: Id<'_>) -> bool {
        self.find(Kind::Users, &Probe::new(id, &self.hasher))
            .is_some()
    }

    /// Whether the document has this song.
    pub(in crate::mixtape) fn has_song(&self, id: Id<'_>) -> bool {
        self.find(Kind::Songs, &Probe::new(id, &self.hasher))
            .is_some()
    }

    /// An id that `kind` does not have, for the message about it.
    #[cold]
    pub(in crate::mixtape) fn missing<'a>(&self, kind: Kind, id: Id<'a>) -> Missing<'a> {
        let twin = Probe::new(id.twin(), &self.hasher);
        let has_twin = self.find(kind, &twin).is_some();
        Missing { id, has_twin }
    }

    /// The playlist of the document with this id, removed or not.
    pub(in crate::mixtape) fn find_playlist(&self, id: Id<'_>) -> Found {
        self.find(Kind::Playlists, &Probe::new(id, &self.hasher))
    }
}
