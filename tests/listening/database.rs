//! What `consolidate` makes of a database.

use super::model::COLUMNS;
use super::support::database::Record;

pub use super::support::database::TestDatabase;

impl TestDatabase {
    /// The table, sorted.
    pub fn table(&self) -> Vec<Record> {
        let columns = COLUMNS.join(", ");
        sorted(self.query(&format!("select {columns} from personalized_playlists")))
    }
}

/// Records in an order that does not depend on that of the rows.
pub fn sorted(mut records: Vec<Record>) -> Vec<Record> {
    records.sort();
    records
}
