//! A connection, whichever engine is behind it.

use std::thread;
use std::time::{Duration, Instant};

use super::engine::{Engine, Failed, Rows};
use super::postgres::Postgres;
use super::sqlite::Sqlite;
use super::{DatabaseUrl, KeyedTable, Keys, OwnedValue, StagedTable, TextLimits, Value};
use crate::error::{Error, Result};

/// A connection to a database.
pub struct Database {
    name: String,
    engine: Box<dyn Engine>,
}

impl Database {
    /// Connects. An SQLite file that is not there is made; it goes away again where nothing is committed to it.
    ///
    /// # Errors
    /// When that is not possible. No message has a password in it.
    pub fn open(url: &DatabaseUrl) -> Result<Self> {
        let name = url.to_string();
        let failed = |failed| error("open", &name, failed);
        let engine: Box<dyn Engine> = match url {
            DatabaseUrl::Sqlite(path) => Box::new(Sqlite::open(path).map_err(failed)?),
            DatabaseUrl::Postgres(url) => Box::new(Postgres::open(url).map_err(failed)?),
        };
        Ok(Database { name, engine })
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What texts it can hold.
    pub fn text_limits(&self) -> TextLimits {
        self.engine.text_limits()
    }

    /// Runs a statement; how many rows it changed.
    ///
    /// # Errors
    /// What the database says.
    pub fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64> {
        let done = self.engine.execute(statement, values);
        done.map_err(|failed| error("write", &self.name, failed))
    }

    /// Runs a query whose few rows fit into memory.
    ///
    /// # Errors
    /// What the database says.
    pub fn query(&mut self, query: &str, values: &[Value<'_>]) -> Result<Vec<Vec<OwnedValue>>> {
        let rows = self.engine.query(query, values);
        rows.map_err(|failed| error("read", &self.name, failed))
    }

    /// The one number that a query gives, such as a count.
    ///
    /// # Errors
    /// What the database says.
    pub fn query_number(&mut self, query: &str, values: &[Value<'_>]) -> Result<i64> {
        let rows = self.query(query, values)?;
        let number = rows.first().and_then(|row| row.first()?.integer());
        Ok(number.unwrap_or(0))
    }

    /// Makes a staged table, empty.
    ///
    /// # Errors
    /// What the database says.
    pub fn create_staged(&mut self, table: &StagedTable) -> Result<()> {
        self.batch(&table.ddl())
    }

    /// Fills a staged table with the rows that `fill` gives.
    ///
    /// # Errors
    /// What the database or `fill` says.
    pub fn stage(
        &mut self,
        table: &StagedTable,
        mut fill: impl FnMut(&mut dyn Rows) -> Result<()>,
    ) -> Result<()> {
        let staged = self.engine.stage(table, &mut fill);
        staged.map_err(|failed| error("write", &self.name, failed))
    }

    /// Runs a statement for rows that need not be kept: `{rows}` in it is a query that gives the columns of `table`, of each row
    /// that `fill` gives, one after the other, or of all of them at once, as the engine likes best. Inside of a transaction.
    ///
    /// # Errors
    /// What the database or `fill` says.
    pub fn execute_for_rows(
        &mut self,
        table: &StagedTable,
        statement: &str,
        mut fill: impl FnMut(&mut dyn Rows) -> Result<()>,
    ) -> Result<()> {
        let done = self.engine.execute_for_rows(table, statement, &mut fill);
        done.map_err(|failed| error("write", &self.name, failed))
    }

    /// Lets the planner know what is in a table that was just filled.
    ///
    /// # Errors
    /// What the database says.
    pub fn analyze(&mut self, table: &str) -> Result<()> {
        let done = self.engine.analyze(table);
        done.map_err(|failed| error("write", &self.name, failed))
    }

    /// Does all of `work` or nothing of it, alone: of several loads at once one works, and the others wait.
    ///
    /// # Errors
    /// What `work` says; when the database cannot commit, or another load takes longer than ten minutes.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.begin()?;
        let worked = work(self).and_then(|done| self.commit().map(|()| done));
        if worked.is_err() {
            // Whatever this says, the error is the one to name. Without the connection there is nothing left to roll back.
            let _ = self.engine.rollback();
        }
        worked
    }

    /// Begins a transaction by hand, for one that spans more than a call. Dropped without [`commit`](Self::commit), all of it
    /// is taken back.
    ///
    /// # Errors
    /// As [`transaction`](Self::transaction).
    pub fn begin(&mut self) -> Result<()> {
        let begun = self.engine.begin();
        begun.map_err(|failed| error("lock", &self.name, failed))
    }

    /// Commits what was [begun](Self::begin).
    ///
    /// # Errors
    /// What the database says.
    pub fn commit(&mut self) -> Result<()> {
        let committed = self.engine.commit();
        committed.map_err(|failed| error("write", &self.name, failed))
    }

    /// Does `work` on what is there now: it sees nothing of what is written meanwhile.
    ///
    /// # Errors
    /// What `work` or the database says.
    pub fn reading<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let begun = self.engine.begin_reading();
        begun.map_err(|failed| error("read", &self.name, failed))?;
        let worked = work(self);
        let _ = self.engine.rollback(); // nothing was written
        worked
    }

    /// Pours the rows that `fill` gives into a table, inside of a transaction.
    ///
    /// # Errors
    /// What the database or `fill` says.
    pub fn pour(
        &mut self,
        table: &StagedTable,
        mut fill: impl FnMut(&mut dyn Rows) -> Result<()>,
    ) -> Result<()> {
        let poured = self.engine.pour(table, &mut fill);
        poured.map_err(|failed| error("write", &self.name, failed))
    }

    /// Gives `found` the place of each of the `keys` that the table has, and its row's number. Quickest where the keys are in
    /// order.
    ///
    /// # Errors
    /// What the database says.
    pub fn find(
        &mut self,
        table: &KeyedTable,
        keys: Keys<'_>,
        mut found: impl FnMut(usize, i64),
    ) -> Result<()> {
        if keys.is_empty() {
            return Ok(());
        }
        let looked = self.engine.find(table, keys, &mut found);
        looked.map_err(|failed| error("read", &self.name, failed))
    }

    /// Runs a statement that ends with a column and ` = any($1)` for all of the keys; how many rows it changed.
    ///
    /// # Errors
    /// What the database says.
    pub fn execute_for(&mut self, statement: &str, keys: Keys<'_>) -> Result<u64> {
        if keys.is_empty() {
            return Ok(0);
        }
        let done = self.engine.execute_for(statement, keys);
        done.map_err(|failed| error("write", &self.name, failed))
    }

    /// From now on readers and a writer do not wait for each other, and what is committed outlives a crash of the machine.
    ///
    /// # Errors
    /// What the database says.
    pub fn serve_readers(&mut self) -> Result<()> {
        let done = self.engine.serve_readers();
        done.map_err(|failed| error("write", &self.name, failed))
    }

    /// Takes the lock of those who work on the database for long, until this connection ends. Waits for it, up to `patience`.
    ///
    /// # Errors
    /// When somebody else holds it still: who.
    pub fn hold(&mut self, patience: Duration) -> Result<()> {
        let until = Instant::now() + patience;
        loop {
            let held = self.engine.try_hold();
            let Some(holder) = held.map_err(|failed| error("lock", &self.name, failed))? else {
                return Ok(());
            };
            if Instant::now() >= until {
                let busy = format!("{holder} works on it; wait until that has ended");
                return Err(Error::database("lock", &self.name, busy.into()));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs statements that give nothing back.
    ///
    /// # Errors
    /// What the database says.
    pub fn batch(&mut self, statements: &str) -> Result<()> {
        let done = self.engine.batch(statements);
        done.map_err(|failed| error("write", &self.name, failed))
    }

    /// Whether a table is there.
    ///
    /// # Errors
    /// What the database says.
    pub fn has_table(&mut self, table: &str) -> Result<bool> {
        let query = self.engine.count_of_tables();
        let count = self.query_number(query, &[Value::Text(table)])?;
        Ok(count > 0)
    }

    pub(super) fn spell(&self, schema: &str) -> String {
        self.engine.spell(schema)
    }
}

fn error(action: &str, name: &str, failed: Failed) -> Error {
    match failed {
        Failed::Engine(source) => Error::database(action, name, source),
        Failed::Caller(error) => error,
    }
}
