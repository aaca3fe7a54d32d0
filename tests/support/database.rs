//! Databases to test with: one of each engine.

use std::path::PathBuf;
use std::time::Duration;

use super::Folder;
use super::postgres::{self, Server};

/// A row, all of its columns as texts; null is none.
pub type Record = Vec<Option<String>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An empty database, which goes away.
pub struct TestDatabase {
    pub engine: Engine,
    pub url: String,
    folder: Option<Folder>,
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let folder = Folder::new();
        let url = format!("sqlite:{}", folder.path("test.db").display());
        TestDatabase {
            engine: Engine::Sqlite,
            url,
            folder: Some(folder),
        }
    }

    pub fn postgres(server: &Server) -> Self {
        TestDatabase {
            engine: Engine::Postgres,
            url: server.new_database(),
            folder: None,
        }
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
        self.engine == Engine::Sqlite
    }

    /// The file of an SQLite database.
    pub fn path(&self) -> PathBuf {
        let path = self.url.strip_prefix("sqlite:");
        PathBuf::from(path.expect("an SQLite database"))
    }

    /// The names of the files that an SQLite database is.
    pub fn files(&self) -> Vec<String> {
        self.folder.as_ref().expect("an SQLite database").names()
    }

    /// All rows of a query, as texts; true is 1.
    pub fn query(&self, query: &str) -> Vec<Record> {
        if self.is_sqlite() {
            use rusqlite::types::Value;
            let connection = rusqlite::Connection::open(self.path()).unwrap();
            connection.busy_timeout(Duration::from_secs(300)).unwrap();
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

    /// The names of all tables that are there.
    pub fn table_names(&self) -> Vec<String> {
        let rows = if self.is_sqlite() {
            self.query("select name from sqlite_master where type = 'table' order by name")
        } else {
            self.query(
                "select cast(table_name as text) from information_schema.tables \
                 where table_schema = 'public' order by table_name",
            )
        };
        rows.into_iter().flatten().flatten().collect()
    }
}
