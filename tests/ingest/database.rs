//! Databases to test with: one of each engine.

use std::path::PathBuf;

use super::support::Folder;
use super::support::postgres::{self, Server};
use super::tables::{COLUMNS, Record, Tables};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An empty database, which goes away.
pub struct TestDatabase {
    pub engine: Engine,
    pub url: String,
    _folder: Option<Folder>,
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let folder = Folder::new();
        let url = format!("sqlite:{}", folder.path("test.db").display());
        TestDatabase {
            engine: Engine::Sqlite,
            url,
            _folder: Some(folder),
        }
    }

    pub fn postgres(server: &Server) -> Self {
        TestDatabase {
            engine: Engine::Postgres,
            url: server.new_database(),
            _folder: None,
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

    /// The file of an SQLite database.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(
            self.url
                .strip_prefix("sqlite:")
                .expect("an SQLite database"),
        )
    }

    /// All rows of a query, as texts.
    pub fn query(&self, query: &str) -> Vec<Record> {
        match self.engine {
            Engine::Sqlite => {
                use rusqlite::types::Value;
                let connection = rusqlite::Connection::open(self.path()).unwrap();
                connection
                    .busy_timeout(std::time::Duration::from_secs(300))
                    .unwrap();
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
                rows.unwrap().collect::<Result<_, _>>().unwrap()
            }
            Engine::Postgres => {
                use ::postgres::types::Type;
                let rows = postgres::connect(&self.url).query(query, &[]).unwrap();
                let record = |row: &::postgres::Row| -> Record {
                    let value = |i: usize| match *row.columns()[i].type_() {
                        Type::INT8 => row.get::<_, Option<i64>>(i).map(|n| n.to_string()),
                        _ => row.get::<_, Option<String>>(i),
                    };
                    (0..row.len()).map(value).collect()
                };
                rows.iter().map(record).collect()
            }
        }
    }

    /// Runs statements.
    pub fn execute(&self, statements: &str) {
        match self.engine {
            Engine::Sqlite => rusqlite::Connection::open(self.path())
                .unwrap()
                .execute_batch(statements)
                .unwrap(),
            Engine::Postgres => postgres::connect(&self.url)
                .batch_execute(statements)
                .unwrap(),
        }
    }

    /// The eight tables, sorted.
    pub fn tables(&self) -> Tables {
        let read =
            |(table, columns)| (table, self.query(&format!("select {columns} from {table}")));
        sorted(COLUMNS.map(read).into_iter().collect())
    }

    /// The names of all tables that are there.
    pub fn table_names(&self) -> Vec<String> {
        let rows = match self.engine {
            Engine::Sqlite => {
                self.query("select name from sqlite_master where type = 'table' order by name")
            }
            Engine::Postgres => self.query(
                "select cast(table_name as text) from information_schema.tables \
                 where table_schema = 'public' order by table_name",
            ),
        };
        rows.into_iter().flatten().flatten().collect()
    }
}

/// Records in an order that does not depend on that of the rows.
pub fn sorted(mut tables: Tables) -> Tables {
    tables.values_mut().for_each(|records| records.sort());
    tables
}
