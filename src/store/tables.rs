//! The tables of a store.

use crate::database::{ColumnType, KeyedTable, Schema, StagedTable};

use ColumnType::{Bytes, Integer};

/// The tables, and how they came to be what they are. What the second version keeps in other ways than the first one is moved
/// when a store is [opened](super::Store::open).
pub const SCHEMA: Schema = Schema {
    name: "store",
    versions: &[include_str!("schema_1.sql"), include_str!("schema_2.sql")],
};

pub(super) const PIECES: StagedTable = StagedTable {
    name: "store_pieces",
    columns: &[("number", Integer), ("bytes", Bytes)],
    key: &["number"],
};

pub(super) const PLACES: StagedTable = StagedTable {
    name: "store_places",
    columns: &[("block", Integer), ("places", Bytes)],
    key: &["block"],
};

pub(super) const CHUNKS: StagedTable = StagedTable {
    name: "store_chunks",
    columns: &[
        ("run", Integer),
        ("last", Integer),
        ("chunk", Integer),
        ("edits", Bytes),
    ],
    key: &["run", "last", "chunk"],
};

/// Where it stands which ids there are of one sort, by both forms of [`Key`](super::key::Key).
#[derive(Debug)]
pub(super) struct IdTables {
    pub(super) keys: StagedTable,
    pub(super) ids: StagedTable,
}

pub(super) const USERS: IdTables = id_tables("store_user_keys", "store_user_ids");
pub(super) const SONGS: IdTables = id_tables("store_song_keys", "store_song_ids");
pub(super) const PLAYLISTS: IdTables = id_tables("store_playlist_keys", "store_playlist_ids");

const fn id_tables(keys: &'static str, ids: &'static str) -> IdTables {
    IdTables {
        keys: StagedTable {
            name: keys,
            columns: &[("key", Integer), ("number", Integer)],
            key: &["key"],
        },
        ids: StagedTable {
            name: ids,
            columns: &[("id", Bytes), ("number", Integer)],
            key: &["id"],
        },
    }
}

/// All tables, to be emptied.
pub(super) const ALL: [&str; 13] = [
    "store_document",
    "store_pieces",
    "store_user_keys",
    "store_user_ids",
    "store_song_keys",
    "store_song_ids",
    "store_playlist_keys",
    "store_playlist_ids",
    "store_places",
    "store_runs",
    "store_chunks",
    "store_state",
    "store_sources",
];

/// A table in which numbers are found by its key.
pub(super) const fn by_key(table: &StagedTable) -> KeyedTable {
    KeyedTable {
        name: table.name,
        key: table.key[0],
        number: "number",
    }
}
