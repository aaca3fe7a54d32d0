//! Where a store is: what was imported, and how much has been done to it since.

use crate::database::{Database, OwnedValue, Value};
use crate::error::{Error, Result};
use crate::mixtape::{Counters, Shape};

/// What was imported.
pub(super) struct Document {
    pub(super) store: String,
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) length: u64,
    /// Playlists in it.
    pub(super) playlists: i64,
}

/// How much has been done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) commits: u64,
    /// Playlists that exist.
    pub(super) playlists: u64,
    /// The number of the next created playlist.
    pub(super) next_number: i64,
    /// Of the next run.
    pub(super) next_run: i64,
    /// Of the playlists that exist, those that are not in the document.
    pub(super) created: i64,
    pub(super) counters: Counters,
}

impl Document {
    /// The document; none where nothing was imported.
    pub(super) fn read(database: &mut Database) -> Result<Option<Self>> {
        if !database.has_table("store_document")? {
            return Ok(None);
        }
        let rows = database.query(
            "select store, name, shape, length, playlists from store_document",
            &[],
        )?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let text = |column: usize| row[column].text().unwrap_or_default().to_owned();
        let shape = serde_json::from_str(&text(2)).map_err(|error| {
            Error::conflict(format!(
                "{}: the store is damaged: {error}",
                database.name()
            ))
        })?;
        Ok(Some(Document {
            store: text(0),
            name: text(1),
            shape,
            length: row[3].integer().unwrap_or(0) as u64,
            playlists: row[4].integer().unwrap_or(0),
        }))
    }

    /// The document, which must be there.
    pub(super) fn required(database: &mut Database) -> Result<Self> {
        let name = database.name().to_owned();
        Self::read(database)?.ok_or_else(|| {
            Error::conflict(format!(
                "{name} holds no mixtape; mixtape import MIXTAPE --db {name} puts one in"
            ))
        })
    }

    pub(super) fn write(&self, database: &mut Database) -> Result<()> {
        let shape = serde_json::to_string(&self.shape)
            .map_err(|error| Error::conflict(format!("the shape of the document: {error}")))?;
        database.execute(
            "insert into store_document (id, store, name, shape, length, playlists) values (1, $1, $2, $3, $4, $5)",
            &[
                Value::Text(&self.store),
                Value::Text(&self.name),
                Value::Text(&shape),
                Value::Integer(self.length as i64),
                Value::Integer(self.playlists),
            ],
        )?;
        Ok(())
    }
}

impl State {
    pub(super) fn read(database: &mut Database) -> Result<Self> {
        let rows = database.query(
            "select commits, playlists, next_number, sequence, created, largest, beyond from store_state",
            &[],
        )?;
        let damaged = || Error::conflict(format!("{}: the store is damaged", database.name()));
        let row = rows.first().ok_or_else(damaged)?;
        let integer = |column: usize| row[column].integer().ok_or_else(damaged);
        Ok(State {
            commits: integer(0)? as u64,
            playlists: integer(1)? as u64,
            next_number: integer(2)?,
            next_run: integer(3)?,
            created: integer(4)?,
            counters: Counters {
                largest: match &row[5] {
                    OwnedValue::Text(largest) => Some(largest.parse().map_err(|_| damaged())?),
                    _ => None,
                },
                beyond: row[6]
                    .text()
                    .and_then(|text| text.parse().ok())
                    .ok_or_else(damaged)?,
            },
        })
    }

    pub(super) fn write(&self, database: &mut Database) -> Result<()> {
        let largest = self.counters.largest.map(|largest| largest.to_string());
        database.execute(
            "insert into store_state (id, commits, playlists, next_number, sequence, created, largest, beyond) \
             values (1, $1, $2, $3, $4, $5, $6, $7) on conflict (id) do update set commits = excluded.commits, \
             playlists = excluded.playlists, next_number = excluded.next_number, sequence = excluded.sequence, \
             created = excluded.created, largest = excluded.largest, beyond = excluded.beyond",
            &[
                Value::Integer(self.commits as i64),
                Value::Integer(self.playlists as i64),
                Value::Integer(self.next_number),
                Value::Integer(self.next_run),
                Value::Integer(self.created),
                Value::from(largest.as_deref()),
                Value::Text(&self.counters.beyond.to_string()),
            ],
        )?;
        Ok(())
    }
}
