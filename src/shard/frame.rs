//! How the steps of a sharded run hand over what they have: blocks of bytes, each with what it is and where it goes.
//!
//! A frame is its tag (a byte), a partition (four bytes), the length of what follows (four bytes, all little-endian), and that.
//! Who carries frames from one step to another need not look into them: put in order by tag, partition and place they are what
//! the next step reads.

use std::io::{self, Read, Write};

use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::Sink;
use crate::store::ids;

/// What a frame holds. The order of the bytes is the order in which a step reads them.
pub(super) mod tag {
    pub const PLAN: u8 = b'0';
    pub const GROUND: u8 = b'1';
    pub const FIRST_USER: u8 = b'2';
    pub const FIRST_SONG: u8 = b'3';
    pub const FIRST_PLAYLIST: u8 = b'4';
    pub const USERS_BY_ID: u8 = b'A';
    pub const USERS_BY_USER_ID: u8 = b'B';
    pub const SONGS: u8 = b'C';
    pub const ASKED_USERS: u8 = b'D';
    pub const ASKED_SONGS: u8 = b'E';
    pub const MISSING_USERS: u8 = b'F';
    pub const MISSING_SONGS: u8 = b'G';
    pub const NAMED_USERS: u8 = b'H';
    pub const NAMED_SONGS: u8 = b'I';
    pub const PLAYLISTS: u8 = b'J';
    pub const OPERATIONS: u8 = b'K';
    pub const EDITS: u8 = b'L';
    pub const CREATED: u8 = b'M';
    pub const REJECTS: u8 = b'N';
    pub const LINES: u8 = b'T';
    pub const FOUND: u8 = b'Z';
}

/// Reads frames.
pub(super) struct Frames<R> {
    input: R,
    payload: Vec<u8>,
}

/// One of them.
pub(super) struct Frame<'f> {
    pub(super) tag: u8,
    /// Where it comes from.
    pub(super) source: u32,
    pub(super) payload: &'f [u8],
}

const INPUT: &str = "<stdin>";

impl<R: Read> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Frames {
            input,
            payload: Vec::new(),
        }
    }

    /// The next one; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Frame<'_>>> {
        let error = |error| Error::io("read", INPUT, error);
        let mut head = [0; 9];
        let first = loop {
            match self.input.read(&mut head[..1]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => break read.map_err(error)?,
            }
        };
        if first == 0 {
            return Ok(None);
        }
        self.input.read_exact(&mut head[1..]).map_err(error)?;
        let [tag, a, b, c, d, e, f, g, h] = head;
        let length = u32::from_le_bytes([e, f, g, h]) as usize;
        self.payload.clear();
        self.input
            .by_ref()
            .take(length as u64)
            .read_to_end(&mut self.payload)
            .map_err(error)?;
        if self.payload.len() < length {
            return Err(error(io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(Some(Frame {
            tag,
            source: u32::from_le_bytes([a, b, c, d]),
            payload: &self.payload,
        }))
    }
}

/// Writes a frame that goes to a partition.
pub(super) fn write(output: &mut Sink, tag: u8, to: u32, payload: &[u8]) -> Result<()> {
    let length = u32::try_from(payload.len()).map_err(|_| too_long())?;
    let mut head = [0; 9];
    head[0] = tag;
    head[1..5].copy_from_slice(&to.to_le_bytes());
    head[5..].copy_from_slice(&length.to_le_bytes());
    let written = output
        .write_all(&head)
        .and_then(|()| output.write_all(payload));
    written.map_err(|error| output.error(error))
}

#[cold]
fn too_long() -> Error {
    Error::limit("more than 4 GiB for one partition; more --partitions make them smaller")
}

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
            write(output, self.tag, to, records)?;
            records.clear();
        }
        Ok(())
    }

    /// Writes the rest.
    pub(super) fn finish(self, output: &mut Sink) -> Result<()> {
        for (to, records) in self.records.iter().enumerate() {
            if !records.is_empty() {
                write(output, self.tag, to as u32, records)?;
            }
        }
        Ok(())
    }
}

/// Adds a number to a record.
pub(super) fn put_number(record: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        record.push(number as u8 | 0x80);
        number >>= 7;
    }
    record.push(number as u8);
}

/// Adds an id.
pub(super) fn put_id(record: &mut Vec<u8>, id: Id<'_>) {
    ids::push_to_list(record, &ids::bytes_of(id));
}

/// Adds bytes.
pub(super) use crate::store::ids::push_to_list as put_bytes;

/// Reads records.
pub(super) struct Records<'r>(pub(super) &'r [u8]);

impl<'r> Records<'r> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn number(&mut self) -> Result<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (&byte, rest) = self.0.split_first().ok_or_else(damaged)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
            shift += 7;
            if shift > 63 {
                return Err(damaged());
            }
        }
    }

    pub(super) fn bytes(&mut self) -> Result<&'r [u8]> {
        let length = usize::try_from(self.number()?).map_err(|_| damaged())?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        Ok(bytes)
    }
}

/// A frame that no step has written so.
#[cold]
pub(super) fn damaged() -> Error {
    Error::conflict("a frame between two steps of the run is damaged, or out of its order")
}
