//! How the steps of a sharded run hand over what they have: blocks of bytes, each with what it is and where it goes.
//!
//! A frame is its tag (a byte), a partition (four bytes), the length of what follows (four bytes, all little-endian), and that.
//! Who carries frames from one step to another need not look into them: put in order by tag, partition and place they are what
//! the next step reads.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::io::Sink;

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

    /// The next one, which must be of this sort.
    pub(super) fn expect(&mut self, tag: u8) -> Result<Frame<'_>> {
        match self.next()? {
            Some(frame) if frame.tag == tag => Ok(frame),
            _ => Err(damaged()),
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

impl Frame<'_> {
    /// What the payload says, where that is JSON.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.payload)
            .map_err(|error| Error::conflict(format!("a frame between two steps: {error}")))
    }
}

/// A payload that is JSON.
pub(super) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data can be written as JSON")
}

/// Writes what a step has found, for whoever runs the steps.
pub(super) fn write_found(output: &mut Sink, found: &impl Serialize) -> Result<()> {
    write(output, tag::FOUND, 0, &to_json(found))
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

/// A frame that no step has written so.
#[cold]
pub(super) fn damaged() -> Error {
    Error::conflict("a frame between two steps of the run is damaged, or out of its order")
}
