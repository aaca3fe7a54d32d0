//! SQLite, which is built into the program.

mod lock;
mod rows;
mod values;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::engine::{Engine, Failed, Fill, Found, MOST_PREPARED, PATIENCE, ROWS, Tried};
use super::{KeyedTable, Keys, OwnedValue, StagedTable, TextLimits, Value};
use crate::error::Error;
use lock::Lock;
use values::{bind, each};

pub(super) struct Sqlite {
    connection: Option<Connection>,
    path: PathBuf,
    /// There was no file before, and nothing has been committed to it.
    is_unused: bool,
    /// The lock of those who work on it for long.
    lock: Option<File>,
}

/// Of the database that is kept in memory while many look and write: as much as a run may take and stay small.
const CACHE_KIB: i64 = 12 * 1024;

/// Pages of the write-ahead log before it goes into the database, 4 KiB each: many of them are written again and again.
const LOG_PAGES: i64 = 16 * 1024;

impl Sqlite {
    pub(super) fn open(path: &Path) -> Tried<Self> {
        let is_unused = !path.exists();
        // A path is a path, also where it looks like one of SQLite's own URLs.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|error| why_not_opened(path, error))?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(MOST_PREPARED);
        // What is staged may be larger than memory: it goes to a file of its own, not to the journal's cache.
        connection.execute_batch("pragma foreign_keys = on; pragma temp_store = file")?;
        Ok(Sqlite {
            connection: Some(connection),
            path: path.to_owned(),
            is_unused,
            lock: None,
        })
    }

    fn connection(&mut self) -> &mut Connection {
        self.connection
            .as_mut()
            .expect("it is open until it is dropped")
    }
}

/// What the system says of the place: SQLite says no more than that it cannot open it.
fn why_not_opened(path: &Path, error: rusqlite::Error) -> Failed {
    let failed = |name: String, error| Failed::Caller(Error::io("open", &name, error));
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    if path.is_dir() {
        return failed(
            path.display().to_string(),
            io::ErrorKind::IsADirectory.into(),
        );
    }
    match (File::open(path), folder.map(fs::metadata)) {
        (_, Some(Err(error))) => failed(format!("the folder of {}", path.display()), error),
        (Err(error), _) if error.kind() != io::ErrorKind::NotFound => {
            failed(path.display().to_string(), error)
        }
        _ => error.into(),
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.connection = None;
        // Opening has made an empty file.
        if self.is_unused && fs::metadata(&self.path).is_ok_and(|file| file.len() == 0) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Engine for Sqlite {
    fn batch(&mut self, statements: &str) -> Tried<()> {
        Ok(self.connection().execute_batch(statements)?)
    }

    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Tried<u64> {
        let mut statement = self.connection().prepare(statement)?;
        bind(&mut statement, values)?;
        Ok(statement.raw_execute()? as u64)
    }

    fn query(&mut self, query: &str, values: &[Value<'_>]) -> Tried<Vec<Vec<OwnedValue>>> {
        let mut statement = self.connection().prepare_cached(query)?;
        let columns = statement.column_count();
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(
                (0..columns)
                    .map(|column| values::owned(row.get_ref(column)?))
                    .collect::<Tried<_>>()?,
            );
        }
        Ok(all)
    }

    fn stage(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()> {
        // It touches the temporary database alone, and so locks nothing that others see.
        self.batch("begin deferred")?;
        let staged = rows::execute_for_rows(self.connection(), table, &insert_into(table), fill);
        self.batch(if staged.is_ok() { "commit" } else { "rollback" })?;
        staged
    }

    /// The rows are bound to the statement, which runs for a few of them at a time: nothing is staged.
    fn execute_for_rows(
        &mut self,
        table: &StagedTable,
        statement: &str,
        fill: &mut Fill<'_>,
    ) -> Tried<()> {
        rows::execute_for_rows(self.connection(), table, statement, fill)
    }

    fn pour(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()> {
        rows::execute_for_rows(self.connection(), table, &insert_into(table), fill)
    }

    /// A look into the tree for each key: there is no server to wait for.
    fn find(&mut self, table: &KeyedTable, keys: Keys<'_>, found: &mut Found<'_>) -> Tried<()> {
        let KeyedTable { name, key, number } = table;
        let query = format!("select {number} from {name} where {key} = ?1");
        let mut statement = self.connection().prepare_cached(&query)?;
        each(keys, |place, key| {
            statement.raw_bind_parameter(1, key)?;
            if let Some(row) = statement.raw_query().next()? {
                found(place, row.get(0)?);
            }
            Ok(())
        })
    }

    fn execute_for(&mut self, statement: &str, keys: Keys<'_>) -> Tried<u64> {
        let one = statement.replace("= any($1)", "= $1");
        let mut statement = self.connection().prepare_cached(&one)?;
        let mut changed = 0;
        each(keys, |_, key| {
            statement.raw_bind_parameter(1, key)?;
            changed += statement.raw_execute()? as u64;
            Ok(())
        })?;
        Ok(changed)
    }

    /// The write-ahead log, synced at every commit.
    fn serve_readers(&mut self) -> Tried<()> {
        let cache = -CACHE_KIB;
        let pragmas = format!(
            "pragma synchronous = full; pragma cache_size = {cache}; pragma wal_autocheckpoint = {LOG_PAGES}"
        );
        self.batch(&pragmas)?;
        let mode = self.query("pragma journal_mode = wal", &[])?;
        match mode.first().and_then(|row| row.first()?.text()) {
            Some("wal") => Ok(()),
            _ => Err(Failed::Caller(Error::conflict(format!(
                "{}: SQLite can keep no write-ahead log there; use a local disk",
                self.path.display()
            )))),
        }
    }

    fn try_hold(&mut self) -> Tried<Option<String>> {
        if self.lock.is_some() {
            return Ok(None); // held already, by this connection
        }
        match lock::try_lock(&self.path)? {
            Lock::Taken(file) => {
                self.lock = Some(file);
                Ok(None)
            }
            Lock::HeldBy(holder) => Ok(Some(holder)),
        }
    }

    fn count_of_tables(&self) -> &'static str {
        "select count(*) from sqlite_master where type = 'table' and name = $1"
    }

    fn begin(&mut self) -> Tried<()> {
        self.batch("begin immediate")
    }

    fn begin_reading(&mut self) -> Tried<()> {
        self.batch("begin deferred")
    }

    fn commit(&mut self) -> Tried<()> {
        self.batch("commit")?;
        self.is_unused = false;
        Ok(())
    }

    /// Its planner needs no statistics to use a key, and would keep them in the user's file.
    fn analyze(&mut self, _: &str) -> Tried<()> {
        Ok(())
    }

    fn text_limits(&self) -> TextLimits {
        TextLimits::NONE
    }

    /// Only a column declared so is the number of the row itself, and needs no second index. Postgres has no such thing: there a
    /// column that is merely marked so needs no index at all.
    fn spell(&self, schema: &str) -> String {
        let lines = schema.lines().filter(|line| !line.ends_with(POSTGRES_ONLY));
        let schema: String = lines.flat_map(|line| [line, "\n"]).collect();
        schema
            .replace("/* by key */", "without rowid")
            .replace("bigint primary key", "integer primary key")
            .replace("bigint not null /* rowid */", "integer primary key")
            .replace("bytea", "blob")
    }
}

/// A line of a schema that says what only Postgres must be told.
const POSTGRES_ONLY: &str = "/* Postgres */";

fn insert_into(table: &StagedTable) -> String {
    format!("insert into {} {ROWS}", table.with_columns())
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Failed::Engine(Box::new(error))
    }
}
