//! Databases: where one is, what is in it, and how something gets in whole or not at all.
//!
//! A load has two steps. First it is *staged*: [`Database::stage`] fills temporary tables of the connection, which nobody else
//! sees and which may take as long as it takes. Then, in one [`Database::transaction`] that holds the lock of all loads,
//! statements move it to where it belongs, a [`Ledger`] row says which source it was, and all of it becomes visible at once.
//!
//! Statements are written once, in the SQL that all engines have: `bigint` and `text`, parameters `$1`, `$2` in the order of
//! their first use. What differs between engines is in one small file for each. This folder knows no tables but the three that
//! it keeps its books in; those of others are [`Schema`]s, each with versions of its own.
//!
//! ```
//! use mixtape::database::{ColumnType, Database, DatabaseUrl, Schema, StagedTable, Value};
//!
//! const SONGS: Schema = Schema {
//!     name: "songs",
//!     versions: &["create table songs (id bigint primary key, title text not null, unique (title))"],
//! };
//! const STAGED: StagedTable = StagedTable {
//!     name: "staged_songs",
//!     columns: &[("id", ColumnType::Integer), ("title", ColumnType::Text)],
//!     key: &["id"],
//! };
//!
//! let folder = tempfile::tempdir()?;
//! let url = DatabaseUrl::Sqlite(folder.path().join("songs.db"));
//! let mut database = Database::open(&url)?;
//! database.create_staged(&STAGED)?;
//! database.stage(&STAGED, |rows| rows.push(&[Value::Integer(1), Value::Text("Aube")]))?;
//! let added = database.transaction(|database| {
//!     SONGS.create(database)?;
//!     database.execute("insert into songs (id, title) select id, title from staged_songs", &[])
//! })?;
//! assert_eq!(added, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bookkeeping;
mod connection;
mod engine;
mod fingerprint;
mod postgres;
mod sqlite;
mod table;
mod url;
mod value;

pub use bookkeeping::{Ledger, Load, Schema, Setting};
pub use connection::Database;
pub use engine::Rows;
pub use fingerprint::{Fingerprint, Fingerprinted};
pub use table::{ColumnType, KeyedTable, StagedTable};
pub use url::DatabaseUrl;
pub use value::{Keys, OwnedValue, TextLimits, Value};

#[cfg(test)]
mod tests;
