//! What an engine can do, whichever it is: what stands between a connection and its engines.

use std::time::Duration;

use super::{KeyedTable, Keys, OwnedValue, StagedTable, TextLimits, Value};
use crate::error::{Error, Result};

/// How long a load waits for another one to end before it gives up.
pub(super) const PATIENCE: Duration = Duration::from_secs(600);

/// Statements that an engine keeps ready.
pub(super) const MOST_PREPARED: usize = 64;

/// What stands in a statement for the rows that it is run for.
pub(super) const ROWS: &str = "{rows}";

/// What every engine can do.
pub(super) trait Engine: Send {
    /// Runs statements that give nothing back.
    fn batch(&mut self, statements: &str) -> Tried<()>;

    /// Runs a statement; how many rows it changed.
    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Tried<u64>;

    /// Runs a query of few rows.
    fn query(&mut self, query: &str, values: &[Value<'_>]) -> Tried<Vec<Vec<OwnedValue>>>;

    /// Fills a staged table with the rows that `fill` gives.
    fn stage(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()>;

    /// Runs a statement for the rows that `fill` gives, which are called [`ROWS`] in it.
    fn execute_for_rows(
        &mut self,
        table: &StagedTable,
        statement: &str,
        fill: &mut Fill<'_>,
    ) -> Tried<()>;

    /// Pours rows into a table, as a part of the transaction that is going on.
    fn pour(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()>;

    /// Gives `found` the place of each of the keys that the table has, and its row's number.
    fn find(&mut self, table: &KeyedTable, keys: Keys<'_>, found: &mut Found<'_>) -> Tried<()>;

    /// Runs a statement that ends with a column and ` = any($1)` for all of the keys.
    fn execute_for(&mut self, statement: &str, keys: Keys<'_>) -> Tried<u64>;

    /// Makes readers and a writer not wait for each other, and a commit last.
    fn serve_readers(&mut self) -> Tried<()>;

    /// Takes the lock of those who work on the database for long; none where somebody else holds it: who.
    fn try_hold(&mut self) -> Tried<Option<String>>;

    /// The query that counts the tables of the name $1.
    fn count_of_tables(&self) -> &'static str;

    /// Begins a transaction that holds the lock of all loads; waits for it.
    fn begin(&mut self) -> Tried<()>;

    /// Begins a transaction that reads what is there now, whatever others write meanwhile, and waits for nobody.
    fn begin_reading(&mut self) -> Tried<()>;

    fn commit(&mut self) -> Tried<()>;

    fn rollback(&mut self) -> Tried<()> {
        self.batch("rollback")
    }

    /// Lets the planner look at a table that was just filled.
    fn analyze(&mut self, table: &str) -> Tried<()>;

    fn text_limits(&self) -> TextLimits;

    /// The statements of a schema as this engine spells them.
    fn spell(&self, schema: &str) -> String;
}

/// Gives rows.
pub(super) type Fill<'f> = dyn FnMut(&mut dyn Rows) -> Result<()> + 'f;

/// Takes a key's place among the keys and its row's number.
pub(super) type Found<'f> = dyn FnMut(usize, i64) + 'f;

/// What an engine gives.
pub(super) type Tried<T> = std::result::Result<T, Failed>;

/// Why an engine could not do something.
pub(super) enum Failed {
    /// What the engine says.
    Engine(Box<dyn std::error::Error + Send + Sync>),
    /// What the caller said that gives the rows.
    Caller(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed::Caller(error)
    }
}

/// Takes rows on their way into a staged table.
pub trait Rows {
    /// Takes a row: a value for each column.
    ///
    /// # Errors
    /// When the database does not take it.
    fn push(&mut self, row: &[Value<'_>]) -> Result<()>;
}
