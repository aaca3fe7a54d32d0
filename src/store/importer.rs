//! What stands in a mixtape, row by row into the tables of a store.

use super::ids;
use super::rows::RowBuffer;
use super::tables::{PLAYLISTS, SONGS, USERS};
use crate::database::{Database, Value};
use crate::error::Result;
use crate::id::Id;
use crate::mixtape::{Place, Surveyor};

/// How many there are.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) users: i64,
    pub(super) songs: i64,
    pub(super) playlists: i64,
}

/// Takes what stands in the mixtape into the tables.
pub(super) struct Importer<'d> {
    database: &'d mut Database,
    pub(super) counts: Counts,
    users: RowBuffer,
    songs: RowBuffer,
    playlists: RowBuffer,
}

impl<'d> Importer<'d> {
    pub(super) fn new(database: &'d mut Database) -> Self {
        Importer {
            database,
            counts: Counts::default(),
            users: RowBuffer::new(&USERS),
            songs: RowBuffer::new(&SONGS),
            playlists: RowBuffer::new(&PLAYLISTS),
        }
    }

    /// Writes the rest.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.users.pour(self.database)?;
        self.songs.pour(self.database)?;
        self.playlists.pour(self.database)
    }
}

impl Surveyor for Importer<'_> {
    fn user(&mut self, id: Option<Id<'_>>, user_id: Option<Id<'_>>) -> Result<()> {
        let keys = [id, user_id].map(|id| id.map(ids::key_of));
        let (id, user_id) = match &keys {
            [Some(id), other] => (&id[..], other.as_deref()),
            [None, Some(only)] => (&only[..], None),
            [None, None] => return Ok(()), // the scan has refused it
        };
        let user_id = user_id.map_or(Value::Null, Value::Bytes);
        let number = Value::Integer(self.counts.users);
        self.users.push(&[number, Value::Bytes(id), user_id]);
        self.counts.users += 1;
        if self.users.is_full() {
            self.users.pour(self.database)?;
        }
        Ok(())
    }

    fn song(&mut self, id: Id<'_>) -> Result<()> {
        let number = Value::Integer(self.counts.songs);
        self.songs.push(&[number, Value::Bytes(&ids::key_of(id))]);
        self.counts.songs += 1;
        if self.songs.is_full() {
            self.songs.pour(self.database)?;
        }
        Ok(())
    }

    fn playlist(&mut self, id: Id<'_>, place: &Place) -> Result<()> {
        self.playlists.push(&[
            Value::Integer(self.counts.playlists),
            Value::Bytes(&ids::key_of(id)),
            Value::Integer(place.start as i64),
            Value::Integer(place.insertion as i64),
            Value::Integer(place.end as i64),
            Value::Integer(i64::from(place.separator)),
        ]);
        self.counts.playlists += 1;
        if self.playlists.is_full() {
            self.playlists.pour(self.database)?;
        }
        Ok(())
    }
}
