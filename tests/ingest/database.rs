//! What `ingest` makes of a database.

use super::tables::{COLUMNS, Tables};

pub use super::support::database::{Engine, TestDatabase};

impl TestDatabase {
    /// The eight tables, sorted.
    pub fn tables(&self) -> Tables {
        let read =
            |(table, columns)| (table, self.query(&format!("select {columns} from {table}")));
        sorted(COLUMNS.map(read).into_iter().collect())
    }
}

/// Records in an order that does not depend on that of the rows.
pub fn sorted(mut tables: Tables) -> Tables {
    tables.values_mut().for_each(|records| records.sort());
    tables
}
