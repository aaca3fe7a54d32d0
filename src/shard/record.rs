//! What stands in frames: records, each a number of fields, that are gathered for every partition until they are worth a frame.

use std::io::Read;

use super::frame::{self, Frames, damaged};
use crate::error::Result;
use crate::id::Id;
use crate::id_bytes;
use crate::io::Sink;
use crate::varint;

/// Adds a number to a record; adds bytes.
pub(super) use crate::varint::{push as put_number, push_bytes as put_bytes};

/// Records on their way to each of the partitions, written in frames of some size.
pub(super) struct Buckets {
    tag: u8,
    /// Bytes of a frame that is written before the end.
    full: usize,
    records: Vec<Vec<u8>>,
}

/// Bytes that wait in all buckets together, at most.
const WAITING: usize = 32 << 20;

impl Buckets {
    pub(super) fn new(tag: u8, partitions: u32) -> Self {
        Buckets {
            tag,
            full: (WAITING / partitions as usize).clamp(4 << 10, 256 << 10),
            records: vec![Vec::new(); partitions as usize],
        }
    }

    /// Adds a record that `put` writes.
    pub(super) fn add(
        &mut self,
        to: u32,
        output: &mut Sink,
        put: impl FnOnce(&mut Vec<u8>),
    ) -> Result<()> {
        let records = &mut self.records[to as usize];
        put(records);
        if records.len() >= self.full {
            frame::write(output, self.tag, to, records)?;
            records.clear();
        }
        Ok(())
    }

    /// Writes the rest.
    pub(super) fn finish(self, output: &mut Sink) -> Result<()> {
        for (to, records) in self.records.iter().enumerate() {
            if !records.is_empty() {
                frame::write(output, self.tag, to as u32, records)?;
            }
        }
        Ok(())
    }
}

/// Adds an id.
pub(super) fn put_id(record: &mut Vec<u8>, id: Id<'_>) {
    put_bytes(record, &id_bytes::bytes_of(id));
}

/// The id that a field stands for.
pub(super) fn id_of(field: &[u8]) -> Result<Id<'_>> {
    id_bytes::id_of(field).ok_or_else(damaged)
}

/// Reads records.
pub(super) struct Records<'r>(pub(super) &'r [u8]);

/// Lets `take` read each record of all frames that are left.
pub(super) fn each_record(
    frames: &mut Frames<impl Read>,
    mut take: impl FnMut(&mut Records<'_>) -> Result<()>,
) -> Result<()> {
    while let Some(frame) = frames.next()? {
        Records(frame.payload).each(&mut take)?;
    }
    Ok(())
}

impl<'r> Records<'r> {
    /// Lets `take` read one record after the other.
    pub(super) fn each(mut self, mut take: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        while !self.0.is_empty() {
            take(&mut self)?;
        }
        Ok(())
    }

    pub(super) fn byte(&mut self) -> Result<u8> {
        let (&byte, rest) = self.0.split_first().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(byte)
    }

    pub(super) fn number(&mut self) -> Result<u64> {
        varint::take(&mut self.0).ok_or_else(damaged)
    }

    pub(super) fn bytes(&mut self) -> Result<&'r [u8]> {
        varint::take_bytes(&mut self.0).ok_or_else(damaged)
    }
}
