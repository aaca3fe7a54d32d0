//! The document's bytes, read out of the store.

use std::cell::RefCell;
use std::io::{self, Read};

use crate::database::{Database, Value};

/// Bytes of a piece; the last one may be shorter.
pub(super) const PIECE: usize = 64 * 1024;

/// A database that the document's bytes are read from while other queries go on.
pub(super) type Shared<'d> = RefCell<&'d mut Database>;

/// Reads the document from an offset on.
pub(super) struct Pieces<'s, 'd> {
    database: &'s Shared<'d>,
    piece: Vec<u8>,
    /// Of the next byte.
    offset: u64,
}

impl<'s, 'd> Pieces<'s, 'd> {
    pub(super) fn new(database: &'s Shared<'d>, offset: u64) -> Self {
        Pieces {
            database,
            piece: Vec::new(),
            offset,
        }
    }

    fn fetch(&mut self, number: i64) -> io::Result<()> {
        let rows = self.database.borrow_mut().query(
            "select bytes from store_pieces where number = $1",
            &[Value::Integer(number)],
        );
        let row = rows.map_err(io::Error::other)?.pop();
        let bytes = row.and_then(|mut row| row.pop()?.into_bytes());
        self.piece = bytes.unwrap_or_default();
        Ok(())
    }
}

impl Read for Pieces<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = (self.offset % PIECE as u64) as usize;
        if at == 0 || self.piece.is_empty() {
            self.fetch((self.offset / PIECE as u64) as i64)?;
        }
        let rest = self.piece.get(at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.offset += count as u64;
        Ok(count)
    }
}
