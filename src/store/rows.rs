//! Rows on their way into a table, gathered until there are enough of them to be poured.

use crate::database::{Database, StagedTable, Value};
use crate::error::Result;

/// Bytes of rows that are poured together.
const ENOUGH: usize = 1 << 20;

/// Rows for one table.
pub(super) struct RowBuffer {
    table: &'static StagedTable,
    /// Values in order of columns.
    cells: Vec<Cell>,
    bytes: Vec<u8>,
}

enum Cell {
    Null,
    Integer(i64),
    /// Ends there; begins where the last one of them has ended.
    Bytes(usize),
}

impl RowBuffer {
    pub(super) fn new(table: &'static StagedTable) -> Self {
        RowBuffer {
            table,
            cells: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// Adds a row. Texts are none of its columns.
    pub(super) fn push(&mut self, row: &[Value<'_>]) {
        debug_assert_eq!(row.len(), self.table.columns.len());
        self.cells.extend(row.iter().map(|value| match value {
            Value::Null => Cell::Null,
            Value::Integer(integer) => Cell::Integer(*integer),
            Value::Boolean(is) => Cell::Integer(i64::from(*is)),
            Value::Text(text) => end(&mut self.bytes, text.as_bytes()),
            Value::Bytes(bytes) => end(&mut self.bytes, bytes),
        }));
    }

    /// Whether they are worth to be poured.
    pub(super) fn is_full(&self) -> bool {
        self.cells.len() * size_of::<Cell>() + self.bytes.len() > ENOUGH
    }

    /// Pours all rows, if there are any.
    pub(super) fn pour(&mut self, database: &mut Database) -> Result<()> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let (cells, bytes, width) = (&self.cells, &self.bytes, self.table.columns.len());
        database.pour(self.table, |rows| {
            let mut start = 0;
            let mut row: Vec<Value<'_>> = Vec::with_capacity(width);
            for cells in cells.chunks(width) {
                row.clear();
                row.extend(cells.iter().map(|cell| match *cell {
                    Cell::Null => Value::Null,
                    Cell::Integer(integer) => Value::Integer(integer),
                    Cell::Bytes(end) => {
                        Value::Bytes(&bytes[std::mem::replace(&mut start, end)..end])
                    }
                }));
                rows.push(&row)?;
            }
            Ok(())
        })?;
        self.cells.clear();
        self.bytes.clear();
        Ok(())
    }
}

fn end(bytes: &mut Vec<u8>, more: &[u8]) -> Cell {
    bytes.extend_from_slice(more);
    Cell::Bytes(bytes.len())
}
