//! What a batch of operations has made, on its way into the tables.

use super::edits::{Edit, NewEdits};
use super::key::Key;
use super::resolve::{Existing, Resolver};
use super::rows::RowBuffer;
use super::state::State;
use super::tables::PLAYLISTS;
use crate::database::{Database, Keys, Value};
use crate::error::Result;
use crate::id::Id;
use crate::id_bytes;
use crate::mixtape::Effects;

/// Bytes of songs in one edit.
const ENOUGH: usize = 8 * 1024;

/// What is to be written.
pub(super) struct Written {
    /// Until a commit.
    pub(super) edits: NewEdits,
    keys: RowBuffer,
    ids: RowBuffer,
    removed_keys: Vec<i64>,
    removed_ids: Vec<Vec<u8>>,
    list: Vec<u8>,
    id: Vec<u8>,
}

/// Takes the effects of a batch.
pub(super) struct Taking<'w, 'a> {
    pub(super) written: &'w mut Written,
    pub(super) existing: &'w Existing<'a>,
    pub(super) state: &'w mut State,
    pub(super) resolver: &'w mut Resolver,
    /// Playlists in the document: further ones are created.
    pub(super) in_document: i64,
}

impl Written {
    pub(super) fn new() -> Self {
        Written {
            edits: NewEdits::default(),
            keys: RowBuffer::new(&PLAYLISTS.keys),
            ids: RowBuffer::new(&PLAYLISTS.ids),
            removed_keys: Vec::new(),
            removed_ids: Vec::new(),
            list: Vec::new(),
            id: Vec::new(),
        }
    }

    /// Writes which ids there are, what is removed first: an id may be free only then.
    pub(super) fn write_ids(&mut self, database: &mut Database) -> Result<()> {
        let removed: Vec<&[u8]> = self.removed_ids.iter().map(Vec::as_slice).collect();
        for (table, keys) in [
            (&PLAYLISTS.keys, Keys::Integers(&self.removed_keys)),
            (&PLAYLISTS.ids, Keys::Bytes(&removed)),
        ] {
            let (name, key) = (table.name, table.key[0]);
            let statement = format!("delete from {name} where {key} = any($1)");
            database.execute_for(&statement, keys)?;
        }
        self.removed_keys.clear();
        self.removed_ids.clear();
        self.keys.pour(database)?;
        self.ids.pour(database)
    }
}

impl Taking<'_, '_> {
    fn songs(&mut self, playlist: i64, songs: &mut dyn Iterator<Item = u32>) {
        let Written {
            list, id, edits, ..
        } = &mut *self.written;
        list.clear();
        for song in songs {
            let (song, _) = self.existing.songs[song as usize];
            id.clear();
            id_bytes::push(id, song);
            id_bytes::push_to_list(list, id);
            if list.len() >= ENOUGH {
                edits.push(playlist, Edit::Songs(list));
                list.clear();
            }
        }
        if !list.is_empty() {
            edits.push(playlist, Edit::Songs(list));
        }
    }
}

impl Effects for Taking<'_, '_> {
    fn appended(&mut self, playlist: u32, songs: &mut dyn Iterator<Item = u32>) -> Result<()> {
        let (_, number) = self.existing.playlists[playlist as usize];
        self.songs(number, songs);
        Ok(())
    }

    fn removed(&mut self, playlist: u32) -> Result<()> {
        let (id, number) = self.existing.playlists[playlist as usize];
        self.resolver.playlists.forget(id);
        self.state.playlists -= 1;
        if number >= self.in_document {
            self.state.created -= 1;
        }
        match Key::of(id) {
            Key::Small(key) => self.written.removed_keys.push(key),
            Key::Bytes(key) => self.written.removed_ids.push(key),
        }
        self.written.edits.push(number, Edit::Removed);
        Ok(())
    }

    fn created(
        &mut self,
        id: Id<'_>,
        owner: u32,
        further: &[u8],
        songs: &mut dyn Iterator<Item = u32>,
    ) -> Result<()> {
        let number = self.state.next_number;
        self.state.next_number += 1;
        self.state.playlists += 1;
        self.state.created += 1;
        self.resolver.playlists.put(id, number);
        match Key::of(id) {
            Key::Small(key) => {
                let row = [key, number].map(Value::Integer);
                self.written.keys.push(&row);
            }
            Key::Bytes(key) => {
                let row = [Value::Bytes(&key), Value::Integer(number)];
                self.written.ids.push(&row);
            }
        }
        let (owner, _) = self.existing.users[owner as usize];
        let created = Edit::Created {
            id: &id_bytes::bytes_of(id),
            owner: &id_bytes::bytes_of(owner),
            further,
        };
        self.written.edits.push(number, created);
        self.songs(number, songs);
        Ok(())
    }
}
