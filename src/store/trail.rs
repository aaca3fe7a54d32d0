//! What a stream of changes was up to a place in it: so that a run that goes on knows whether it goes on with the same one.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::json::Position;

/// Bytes that are hashed together. A fingerprint is the chain of the hashes of all whole blocks, and the hash of the rest: so
/// a file can be taken up at a block, with no more than the chain.
pub(super) const BLOCK: usize = 64 * 1024;

/// The fingerprint of a stream up to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Print {
    /// The place.
    pub(super) offset: u64,
    /// The chain up to the last whole block.
    pub(super) chain: String,
    /// Of the bytes behind it.
    pub(super) rest: String,
}

impl Print {
    /// Where the last block begins.
    pub(super) fn block_start(&self) -> u64 {
        self.offset / BLOCK as u64 * BLOCK as u64
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes the fingerprint of bytes that come one after the other.
#[derive(Clone)]
pub(super) struct Printer {
    offset: u64,
    chain: String,
    block: Vec<u8>,
}

impl Printer {
    pub(super) fn new() -> Self {
        Printer {
            offset: 0,
            chain: String::new(),
            block: Vec::with_capacity(BLOCK),
        }
    }

    /// Goes on at the block in which a print ends. What comes next is that block.
    pub(super) fn at_block_of(print: &Print) -> Self {
        Printer {
            offset: print.block_start(),
            chain: print.chain.clone(),
            block: Vec::with_capacity(BLOCK),
        }
    }

    pub(super) fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let count = (BLOCK - self.block.len()).min(bytes.len());
            self.block.extend_from_slice(&bytes[..count]);
            self.offset += count as u64;
            bytes = &bytes[count..];
            if self.block.len() == BLOCK {
                let hash = Sha256::new()
                    .chain_update(&self.chain)
                    .chain_update(&self.block);
                self.chain = hex(&hash.finalize());
                self.block.clear();
            }
        }
    }

    pub(super) fn print(&self) -> Print {
        Print {
            offset: self.offset,
            chain: self.chain.clone(),
            rest: hex(&Sha256::digest(&self.block)),
        }
    }
}

/// What was read and is not yet dealt with, and the fingerprint of what is.
struct Trail {
    printer: Printer,
    ahead: Vec<u8>,
}

/// The trail of a stream, in the hands of who deals with its bytes.
#[derive(Clone)]
pub(super) struct TrailHandle(Option<Rc<RefCell<Trail>>>);

impl TrailHandle {
    /// Of a stream that goes on behind what `printer` has seen.
    pub(super) fn new(printer: Printer) -> Self {
        TrailHandle(Some(Rc::new(RefCell::new(Trail {
            printer,
            ahead: Vec::new(),
        }))))
    }

    /// Of a stream that nobody takes a fingerprint of.
    pub(super) fn none() -> Self {
        TrailHandle(None)
    }

    /// The fingerprint up to `offset`, behind which nothing is dealt with.
    pub(super) fn up_to(&self, offset: u64) -> Option<Print> {
        let mut trail = self.0.as_ref()?.borrow_mut();
        let Trail { printer, ahead } = &mut *trail;
        let count = offset.saturating_sub(printer.offset) as usize;
        let count = count.min(ahead.len());
        printer.feed(&ahead[..count]);
        ahead.drain(..count);
        Some(printer.print())
    }

    /// The fingerprint of all that was read; `position`, behind what is dealt with, is moved to its end.
    pub(super) fn all(&self, position: &mut Position) -> Option<Print> {
        position.advance(&self.0.as_ref()?.borrow().ahead);
        self.up_to(u64::MAX)
    }
}

/// A stream that leaves a trail.
pub(super) struct Trailed<R> {
    pub(super) source: R,
    pub(super) trail: TrailHandle,
}

impl<R: Read> Read for Trailed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        if let Some(trail) = &self.trail.0 {
            trail.borrow_mut().ahead.extend_from_slice(&buffer[..count]);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_print_is_the_same_however_the_bytes_come_and_from_its_block_on() {
        let bytes: Vec<u8> = (0..300_000u32)
            .map(|i| (i.wrapping_mul(i) >> 7) as u8)
            .collect();
        for end in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 299_999] {
            let mut at_once = Printer::new();
            at_once.feed(&bytes[..end]);
            let print = at_once.print();
            let handle = TrailHandle::new(Printer::new());
            let mut reader = Trailed {
                source: &bytes[..],
                trail: handle.clone(),
            };
            let mut chunk = [0; 7001];
            while reader.read(&mut chunk).unwrap() > 0 {}
            assert_eq!(handle.up_to(end as u64), Some(print.clone()));
            let mut resumed = Printer::at_block_of(&print);
            resumed.feed(&bytes[print.block_start() as usize..end]);
            assert_eq!(resumed.print(), print);
            resumed.feed(&bytes[end..]);
            let mut position = Position::START;
            assert_eq!(Some(resumed.print()), handle.all(&mut position));
            assert_eq!(position.byte, (bytes.len() - end) as u64);
            let mut other = bytes[..end].to_vec();
            if let Some(byte) = other.first_mut() {
                *byte ^= 1;
                let mut printer = Printer::new();
                printer.feed(&other);
                assert_ne!(printer.print(), print);
            }
        }
    }
}
