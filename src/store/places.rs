//! Where the document's playlists stand in it, many of them in a row of the table.

use super::damaged;
use super::pieces::Shared;
use super::rows::RowBuffer;
use super::tables::PLACES;
use crate::database::{Database, Value};
use crate::error::Result;
use crate::mixtape::Place;
use crate::varint;

/// Playlists in a row.
const BLOCK: i64 = 256;

/// Writes the places of all playlists, in their order.
pub(super) struct PlaceWriter {
    rows: RowBuffer,
    next: i64,
    block: Vec<u8>,
    /// Of the one before, in the block.
    end: u64,
}

impl PlaceWriter {
    pub(super) fn new() -> Self {
        PlaceWriter {
            rows: RowBuffer::new(&PLACES),
            next: 0,
            block: Vec::new(),
            end: 0,
        }
    }

    pub(super) fn push(&mut self, database: &mut Database, place: &Place) -> Result<()> {
        for number in [
            place.start - self.end,
            place.insertion - place.start,
            place.end - place.insertion,
            u64::from(place.separator),
        ] {
            varint::push(&mut self.block, number);
        }
        self.end = place.end;
        self.next += 1;
        if self.next % BLOCK == 0 {
            self.end_block();
            if self.rows.is_full() {
                self.rows.pour(database)?;
            }
        }
        Ok(())
    }

    fn end_block(&mut self) {
        let block = Value::Integer((self.next - 1) / BLOCK);
        self.rows.push(&[block, Value::Bytes(&self.block)]);
        self.block.clear();
        self.end = 0;
    }

    /// Writes the rest.
    pub(super) fn finish(&mut self, database: &mut Database) -> Result<()> {
        if !self.block.is_empty() {
            self.end_block();
        }
        self.rows.pour(database)
    }
}

/// Finds places; quickest those that are near to the one before.
pub(super) struct Places<'s, 'd> {
    database: &'s Shared<'d>,
    /// Which one was read last.
    block: i64,
    places: Vec<Place>,
}

impl<'s, 'd> Places<'s, 'd> {
    pub(super) fn new(database: &'s Shared<'d>) -> Self {
        Places {
            database,
            block: -1,
            places: Vec::new(),
        }
    }

    /// The place of a playlist of the document.
    pub(super) fn get(&mut self, number: i64) -> Result<Place> {
        let block = number / BLOCK;
        if block != self.block {
            let rows = self.database.borrow_mut().query(
                "select places from store_places where block = $1",
                &[Value::Integer(block)],
            )?;
            let bytes = rows.first().and_then(|row| row[0].bytes());
            self.places = bytes.and_then(read).ok_or_else(damaged)?;
            self.block = block;
        }
        let place = self.places.get((number % BLOCK) as usize);
        place.cloned().ok_or_else(damaged)
    }
}

fn read(mut bytes: &[u8]) -> Option<Vec<Place>> {
    let mut places = Vec::with_capacity(BLOCK as usize);
    let mut at = 0u64;
    while !bytes.is_empty() {
        let mut next = || {
            at = at.checked_add(varint::take(&mut bytes)?)?;
            Some(at)
        };
        let (start, insertion, end) = (next()?, next()?, next()?);
        places.push(Place {
            start,
            insertion,
            end,
            separator: varint::take(&mut bytes)?.try_into().ok()?,
        });
    }
    Some(places)
}
