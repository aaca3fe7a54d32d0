//! Rows on their way into a statement: several at a time, because to begin and to end it costs as much as to put a row in; and
//! many of them in a thread of its own, so that making rows and putting them in overlap.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, Scope, ScopedJoinHandle};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection};

use super::super::engine::{Fill, ROWS, Rows, Tried};
use super::super::{StagedTable, Value};
use crate::error::{Error, Result};

/// Rows that a statement takes at once. With more of them there is nothing left to gain, and a statement is longer.
const AT_ONCE: usize = 16;

/// Rows of a block: a multiple of the former.
const BLOCK: usize = 64 * AT_ONCE;

/// Bytes of texts after which a block is full with fewer rows: long ones shall not be gathered.
const LONG: usize = 256 * 1024;

/// Blocks that wait to be written. Bounds the memory.
const WAITING: usize = 2;

/// Blocks that are written right away. Fewer rows are not worth a thread.
const FEW: usize = 4;

/// Runs a statement for the rows that `fill` gives, which are called [`ROWS`] in it.
pub(super) fn execute_for_rows(
    connection: &mut Connection,
    table: &StagedTable,
    statement: &str,
    fill: &mut Fill<'_>,
) -> Tried<()> {
    let writer = Writer {
        connection,
        statement,
        columns: table.columns.len(),
    };
    thread::scope(|scope| {
        let mut rows = GatheredRows {
            scope,
            block: Block::default(),
            blocks: 0,
            route: Route::Here(writer),
            failure: None,
        };
        let filled = fill(&mut rows);
        // Where there is one, what `fill` says is only that it could not go on.
        if let Some(failure) = rows.failure {
            return Err(failure.into());
        }
        filled?;
        rows.hand_over()?;
        Ok(rows.route.end()?)
    })
}

/// Takes rows and hands them over in blocks.
struct GatheredRows<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    block: Block,
    /// How many blocks were handed over.
    blocks: usize,
    route: Route<'scope, 'env>,
    failure: Option<rusqlite::Error>,
}

impl Rows for GatheredRows<'_, '_> {
    fn push(&mut self, row: &[Value<'_>]) -> Result<()> {
        self.block.push(row);
        if self.block.is_full() {
            self.hand_over().map_err(|failure| {
                self.failure = Some(failure);
                Error::limit("abandoned")
            })?;
        }
        Ok(())
    }
}

impl GatheredRows<'_, '_> {
    fn hand_over(&mut self) -> rusqlite::Result<()> {
        let block = std::mem::take(&mut self.block);
        self.blocks += 1;
        let mut route = std::mem::replace(&mut self.route, Route::Ended);
        if self.blocks == FEW {
            route = route.start(self.scope);
        }
        match &mut route {
            Route::Here(writer) => writer.write(&block)?,
            Route::There { blocks, .. } if blocks.send(block).is_ok() => {}
            _ => return route.end(), // before its time: why, says the thread
        }
        self.route = route;
        Ok(())
    }
}

/// Who writes.
enum Route<'scope, 'env> {
    Here(Writer<'env>),
    There {
        blocks: SyncSender<Block>,
        thread: ScopedJoinHandle<'scope, rusqlite::Result<()>>,
    },
    Ended,
}

impl<'scope, 'env> Route<'scope, 'env> {
    /// Writes in a thread from now on; where none can be started, as before.
    fn start(self, scope: &'scope Scope<'scope, 'env>) -> Self {
        let Route::Here(writer) = self else {
            return self;
        };
        let (blocks, waiting) = sync_channel::<Block>(WAITING);
        // Handed over once there is a thread: one that cannot be started would take it along.
        let (hand_over, handed_over) = sync_channel::<Writer<'env>>(1);
        let write = move || {
            let mut writers = handed_over.into_iter();
            writers.try_for_each(|mut writer| {
                waiting.iter().try_for_each(|block| writer.write(&block))
            })
        };
        let Ok(thread) = thread::Builder::new().spawn_scoped(scope, write) else {
            return Route::Here(writer);
        };
        match hand_over.send(writer) {
            Ok(()) => Route::There { blocks, thread },
            Err(unsent) => Route::Here(unsent.0),
        }
    }

    /// Waits until all is written.
    fn end(self) -> rusqlite::Result<()> {
        let Route::There { blocks, thread } = self else {
            return Ok(());
        };
        drop(blocks);
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// Rows whose texts lie one behind the other.
#[derive(Default)]
struct Block {
    rows: usize,
    text: Vec<u8>,
    values: Vec<Kept>,
}

/// A value; of a text or bytes, where they end.
#[derive(Clone, Copy)]
enum Kept {
    Null,
    Integer(i64),
    Text(usize),
    Bytes(usize),
}

impl Block {
    fn push(&mut self, row: &[Value<'_>]) {
        self.rows += 1;
        for &value in row {
            let mut keep = |bytes: &[u8]| {
                self.text.extend_from_slice(bytes);
                self.text.len()
            };
            let kept = match ValueRef::from(value) {
                ValueRef::Integer(integer) => Kept::Integer(integer),
                ValueRef::Text(text) => Kept::Text(keep(text)),
                ValueRef::Blob(bytes) => Kept::Bytes(keep(bytes)),
                ValueRef::Null | ValueRef::Real(_) => Kept::Null, // no value is a floating point number
            };
            self.values.push(kept);
        }
    }

    fn is_full(&self) -> bool {
        self.rows == BLOCK || self.text.len() > LONG
    }
}

/// Writes blocks.
struct Writer<'c> {
    connection: &'c mut Connection,
    statement: &'c str,
    columns: usize,
}

impl Writer<'_> {
    fn write(&mut self, block: &Block) -> rusqlite::Result<()> {
        let mut start = 0;
        let mut several = block.values.chunks_exact(self.columns * AT_ONCE);
        if several.len() > 0 {
            let mut statement = self.prepare(AT_ONCE)?;
            for rows in &mut several {
                execute(&mut statement, &block.text, &mut start, rows)?;
            }
        }
        // One after the other: a statement for each number of them would be prepared for once.
        let rest = several.remainder();
        if !rest.is_empty() {
            let mut statement = self.prepare(1)?;
            for row in rest.chunks(self.columns) {
                execute(&mut statement, &block.text, &mut start, row)?;
            }
        }
        Ok(())
    }

    /// The statement for so many rows.
    fn prepare(&self, rows: usize) -> rusqlite::Result<CachedStatement<'_>> {
        let row = format!("({})", vec!["?"; self.columns].join(", "));
        let rows = format!("values {}", vec![row; rows].join(", "));
        let statement = self.statement.replace(ROWS, &rows);
        self.connection.prepare_cached(&statement)
    }
}

/// Runs a statement with these values, whose texts lie one behind the other from `start` on.
fn execute(
    statement: &mut CachedStatement<'_>,
    text: &[u8],
    start: &mut usize,
    values: &[Kept],
) -> rusqlite::Result<()> {
    let mut up_to = |end: usize| &text[std::mem::replace(start, end)..end];
    for (place, &value) in (1..).zip(values) {
        let value = match value {
            Kept::Null => ValueRef::Null,
            Kept::Integer(integer) => ValueRef::Integer(integer),
            Kept::Text(end) => ValueRef::Text(up_to(end)),
            Kept::Bytes(end) => ValueRef::Blob(up_to(end)),
        };
        statement.raw_bind_parameter(place, ToSqlOutput::Borrowed(value))?;
    }
    statement.raw_execute()?;
    Ok(())
}
