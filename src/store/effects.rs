//! What a batch of operations has made, on its way into the tables.

use super::ids;
use super::resolve::{Existing, Resolver};
use super::rows::RowBuffer;
use super::state::State;
use super::tables::{CREATED, EDITS, PLAYLISTS};
use crate::database::{Database, Value};
use crate::error::Result;
use crate::id::Id;
use crate::mixtape::Effects;

/// Bytes of songs in one row.
const ENOUGH: usize = 64 * 1024;

/// Rows to be written, and numbers of playlists to be removed.
pub(super) struct Written {
    edits: RowBuffer,
    playlists: RowBuffer,
    created: RowBuffer,
    /// Removed ones of the document.
    removed: Vec<i64>,
    /// Removed ones that were created since.
    discarded: Vec<i64>,
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
            edits: RowBuffer::new(&EDITS),
            playlists: RowBuffer::new(&PLAYLISTS),
            created: RowBuffer::new(&CREATED),
            removed: Vec::new(),
            discarded: Vec::new(),
            list: Vec::new(),
            id: Vec::new(),
        }
    }

    /// Writes all of it, what is removed first: an id may be free only then.
    pub(super) fn write(&mut self, database: &mut Database) -> Result<()> {
        let statements = [
            (
                "update store_playlists set id = null where number = any($1)",
                &self.removed,
            ),
            (
                "delete from store_edits where playlist = any($1)",
                &self.removed,
            ),
            (
                "delete from store_playlists where number = any($1)",
                &self.discarded,
            ),
            (
                "delete from store_created where playlist = any($1)",
                &self.discarded,
            ),
            (
                "delete from store_edits where playlist = any($1)",
                &self.discarded,
            ),
        ];
        for (statement, numbers) in statements {
            database.execute_for(statement, numbers)?;
        }
        self.removed.clear();
        self.discarded.clear();
        self.playlists.pour(database)?;
        self.created.pour(database)?;
        self.edits.pour(database)
    }
}

impl Taking<'_, '_> {
    fn edit(&mut self, playlist: i64, songs: Value<'_>) {
        let sequence = Value::Integer(self.state.sequence);
        self.state.sequence += 1;
        self.written
            .edits
            .push(&[sequence, Value::Integer(playlist), songs]);
    }

    fn songs(&mut self, playlist: i64, songs: &mut dyn Iterator<Item = u32>) {
        let mut list = std::mem::take(&mut self.written.list);
        list.clear();
        for song in songs {
            let (id, _) = self.existing.songs[song as usize];
            let bytes = &mut self.written.id;
            bytes.clear();
            ids::push(bytes, id);
            ids::push_to_list(&mut list, bytes);
            if list.len() >= ENOUGH {
                self.edit(playlist, Value::Bytes(&list));
                list.clear();
            }
        }
        if !list.is_empty() {
            self.edit(playlist, Value::Bytes(&list));
        }
        self.written.list = list;
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
        if number < self.in_document {
            self.written.removed.push(number);
            self.edit(number, Value::Null);
        } else {
            self.written.discarded.push(number);
        }
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
        self.resolver.playlists.put(id, number);
        let (owner, _) = self.existing.users[owner as usize];
        let (number_value, bytes) = (Value::Integer(number), ids::bytes_of(id));
        let null = Value::Null;
        let key = ids::key_of(id);
        let row = [number_value, Value::Bytes(&key), null, null, null, null];
        self.written.playlists.push(&row);
        self.written.created.push(&[
            number_value,
            Value::Bytes(&bytes),
            Value::Bytes(&ids::bytes_of(owner)),
            Value::Bytes(further),
        ]);
        self.songs(number, songs);
        Ok(())
    }
}
