//! Databases to test with: one of each engine.

use std::path::PathBuf;

use super::model::{COLUMNS, Record};
use super::support::Folder;
use super::support::postgres::{self, Server};

/// An empty database, which goes away.
pub struct TestDatabase {
    pub url: String,
    folder: Option<Folder>,
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let folder = Folder::new();
        let url = format!("sqlite:{}", folder.path("test.db").display());
        let folder = Some(folder);
        TestDatabase { url, folder }
    }

    pub fn postgres(server: &Server) -> Self {
        let url = server.new_database();
        TestDatabase { url, folder: None }
    }

    /// One of each engine that is at hand.
    pub fn each() -> Vec<Self> {
        let postgres = Server::shared().map(TestDatabase::postgres);
        [TestDatabase::sqlite()]
            .into_iter()
            .chain(postgres)
            .collect()
    }

    pub fn is_sqlite(&self) -> bool {
        self.folder.is_some()
    }

    /// The file of an SQLite database.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(
            self.url
                .strip_prefix("sqlite:")
                .expect("an SQLite database"),
        )
    }

    /// All rows of a query, as texts; true is 1.
    pub fn query(&self, query: &str) -> Vec<Record> {
        if self.is_sqlite() {
            use rusqlite::types::Value;
            let connection = rusqlite::Connection::open(self.path()).unwrap();
            let mut statement = connection.prepare(query).unwrap();
            let columns = statement.column_count();
            let text = |value| match value {
                Value::Null => None,
                Value::Integer(integer) => Some(integer.to_string()),
                Value::Text(text) => Some(text),
                other => panic!("{other:?}"),
            };
            let rows = statement.query_map([], |row| {
                (0..columns).map(|i| row.get(i).map(text)).collect()
            });
            return rows.unwrap().collect::<Result<_, _>>().unwrap();
        }
        use ::postgres::types::Type;
        let rows = postgres::connect(&self.url).query(query, &[]).unwrap();
        let record = |row: &::postgres::Row| -> Record {
            let value = |i: usize| match *row.columns()[i].type_() {
                Type::INT8 => row.get::<_, Option<i64>>(i).map(|n| n.to_string()),
                Type::BOOL => row
                    .get::<_, Option<bool>>(i)
                    .map(|is| i32::from(is).to_string()),
                _ => row.get::<_, Option<String>>(i),
            };
            (0..row.len()).map(value).collect()
        };
        rows.iter().map(record).collect()
    }

    /// Runs statements.
    pub fn execute(&self, statements: &str) {
        if self.is_sqlite() {
            let connection = rusqlite::Connection::open(self.path()).unwrap();
            connection.execute_batch(statements).unwrap();
        } else {
            postgres::connect(&self.url)
                .batch_execute(statements)
                .unwrap();
        }
    }

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
