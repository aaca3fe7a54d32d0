//! What the first pass hands to the others.

use super::wide::Wide;

/// Bytes after which the collected tokens and scalars are checked.
pub(super) const STRETCH: usize = 64 * 64;

/// Bytes that are put next to each other, to be looked at 64 at a time; so many in each group are new.
pub(super) struct Gathered<const STEP: usize> {
    bytes: Box<[u8; STRETCH + 256]>,
    count: usize,
}

impl<const STEP: usize> Gathered<STEP> {
    pub(super) fn new() -> Self {
        Gathered {
            bytes: Box::new([0; STRETCH + 256]),
            count: 0,
        }
    }

    /// As new, but for `count` bytes to start with.
    pub(super) fn reset(&mut self, padding: u8, count: usize) {
        self.bytes[..count].fill(padding);
        self.count = count;
    }

    #[inline(always)]
    pub(super) fn push<W: Wide>(&mut self, bytes: W, mask: u64) {
        let room = self.bytes[self.count..].first_chunk_mut::<64>();
        bytes.compress(mask, room.expect("there is room"));
        self.count += mask.count_ones() as usize;
    }

    /// So much that no byte pushed before is left.
    pub(super) fn pad(&mut self, padding: u8) {
        self.bytes[self.count..self.count + 64].fill(padding);
        self.count += 64;
    }

    /// Hands out 64 at a time, each group [`STEP`] behind the one before; what is left stays for later.
    #[inline(always)]
    pub(super) fn drain(&mut self, mut check: impl FnMut(&[u8; 64])) {
        let mut at = 0;
        while at + 64 <= self.count {
            check(self.bytes[at..].first_chunk().expect("64 are left"));
            at += STEP;
        }
        self.bytes.copy_within(at..at + 64, 0);
        self.count -= at;
    }
}
