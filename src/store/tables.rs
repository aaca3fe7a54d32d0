//! The tables of a store.

use crate::database::{ColumnType, KeyedTable, Schema, StagedTable};

use ColumnType::{Bytes, Integer};

/// The tables, and how they came to be what they are.
pub const SCHEMA: Schema = Schema {
    name: "store",
    versions: &[include_str!("schema.sql")],
};

pub(super) const PIECES: StagedTable = StagedTable {
    name: "store_pieces",
    columns: &[("number", Integer), ("bytes", Bytes)],
    key: &["number"],
};

pub(super) const USERS: StagedTable = StagedTable {
    name: "store_users",
    columns: &[("number", Integer), ("id", Bytes), ("user_id", Bytes)],
    key: &["number"],
};

pub(super) const SONGS: StagedTable = StagedTable {
    name: "store_songs",
    columns: &[("number", Integer), ("id", Bytes)],
    key: &["number"],
};

pub(super) const PLAYLISTS: StagedTable = StagedTable {
    name: "store_playlists",
    columns: &[
        ("number", Integer),
        ("id", Bytes),
        ("start", Integer),
        ("insertion", Integer),
        ("ending", Integer),
        ("separator", Integer),
    ],
    key: &["number"],
};

pub(super) const EDITS: StagedTable = StagedTable {
    name: "store_edits",
    // In the order in which they are made: what is written together lies together.
    columns: &[
        ("sequence", Integer),
        ("playlist", Integer),
        ("songs", Bytes),
    ],
    key: &["sequence"],
};

pub(super) const CREATED: StagedTable = StagedTable {
    name: "store_created",
    columns: &[
        ("playlist", Integer),
        ("id", Bytes),
        ("owner", Bytes),
        ("further", Bytes),
    ],
    key: &["playlist"],
};

/// All tables, to be emptied.
pub(super) const ALL: [&str; 9] = [
    "store_document",
    "store_pieces",
    "store_users",
    "store_songs",
    "store_playlists",
    "store_edits",
    "store_created",
    "store_state",
    "store_sources",
];

/// A table in which rows are found by their id.
pub(super) const fn by_id(table: &StagedTable) -> KeyedTable {
    KeyedTable {
        name: table.name,
        key: "id",
        number: "number",
    }
}
