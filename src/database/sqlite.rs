//! SQLite, which is built into the program.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement};

use super::connection::{Engine, Failed, Fill, PATIENCE, ROWS, Rows, Tried};
use super::{OwnedValue, StagedTable, TextLimits, Value};
use crate::error::{Error, Result};

pub(super) struct Sqlite {
    connection: Option<Connection>,
    path: PathBuf,
    /// There was no file before, and nothing has been committed to it.
    is_unused: bool,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Tried<Self> {
        let is_unused = !path.exists();
        // A path is a path, also where it looks like one of SQLite's own URLs.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        // What is staged may be larger than memory: it goes to a file of its own, not to the journal's cache.
        connection.execute_batch("pragma foreign_keys = on; pragma temp_store = file")?;
        Ok(Sqlite {
            connection: Some(connection),
            path: path.to_owned(),
            is_unused,
        })
    }

    fn connection(&mut self) -> &mut Connection {
        self.connection
            .as_mut()
            .expect("it is open until it is dropped")
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
        let mut statement = self.connection().prepare(query)?;
        let columns = statement.column_count();
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let value = |column| {
                Ok(match row.get_ref(column)? {
                    ValueRef::Null => OwnedValue::Null,
                    ValueRef::Integer(integer) => OwnedValue::Integer(integer),
                    other => OwnedValue::Text(text_of(other)?),
                })
            };
            all.push((0..columns).map(value).collect::<Tried<_>>()?);
        }
        Ok(all)
    }

    fn stage(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()> {
        let places: Vec<String> = (1..=table.columns.len()).map(|i| format!("?{i}")).collect();
        let insert = format!(
            "insert into {} values ({})",
            table.with_columns(),
            places.join(", ")
        );
        // It touches the temporary database alone, and so locks nothing that others see.
        let transaction = self.connection().transaction()?;
        let name = table.name;
        fill(&mut StagedRows {
            insert: transaction.prepare(&insert)?,
            name,
        })?;
        Ok(transaction.commit()?)
    }

    /// The row is bound to the statement, which runs for each: nothing is staged.
    fn execute_for_rows(
        &mut self,
        table: &StagedTable,
        statement: &str,
        fill: &mut Fill<'_>,
    ) -> Tried<()> {
        let places = "?, ".repeat(table.columns.len());
        let row = format!("values ({})", places.trim_end_matches(", "));
        let statement = statement.replace(ROWS, &row);
        let insert = self.connection().prepare(&statement)?;
        let name = table.name;
        Ok(fill(&mut StagedRows { insert, name })?)
    }

    fn has_table(&mut self, table: &str) -> Tried<bool> {
        let query = "select count(*) from sqlite_master where type = 'table' and name = $1";
        let rows = self.query(query, &[Value::Text(table)])?;
        Ok(rows != [[OwnedValue::Integer(0)]])
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

    fn rollback(&mut self) -> Tried<()> {
        self.batch("rollback")
    }

    /// Its planner needs no statistics to use a key, and would keep them in the user's file.
    fn analyze(&mut self, _: &str) -> Tried<()> {
        Ok(())
    }

    fn text_limits(&self) -> TextLimits {
        TextLimits::NONE
    }

    /// Only a column declared so is the number of the row itself, and needs no second index.
    fn spell(&self, schema: &str) -> String {
        schema.replace("bigint primary key", "integer primary key")
    }
}

struct StagedRows<'s> {
    insert: Statement<'s>,
    name: &'static str,
}

impl Rows for StagedRows<'_> {
    fn push(&mut self, row: &[Value<'_>]) -> Result<()> {
        bind(&mut self.insert, row)
            .and_then(|()| self.insert.raw_execute())
            .map(|_| ())
            .map_err(|error| Error::database("write", self.name, Box::new(error)))
    }
}

fn text_of(value: ValueRef<'_>) -> Tried<String> {
    let text = value.as_str();
    text.map(str::to_owned)
        .map_err(|error| Failed::Engine(Box::new(error)))
}

fn bind(statement: &mut Statement<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    for (place, value) in (1..).zip(values) {
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Integer(integer) => ValueRef::Integer(*integer),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Boolean(is) => ValueRef::Integer(i64::from(*is)),
        }))
    }
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Failed::Engine(Box::new(error))
    }
}
