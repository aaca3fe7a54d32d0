//! Whole lines checked many at once: is each a number, a colon and an object with a certain member?
//!
//! Three passes, which hardly ever branch on what a byte is: records of many short members would be mispredicted at every
//! other token. The first makes bit masks of 64 bytes, finds the strings, checks
//! what is in them, and moves the first byte of every token and the bytes of every number and literal next to each other.
//! The others check 64 of those at once: which token may follow which, and how numbers and literals are spelled. The answer
//! is yes, or don't know.

#[cfg(target_arch = "x86_64")]
mod avx512;
mod block;
#[cfg(test)]
mod portable;
mod scalars;
mod tokens;
mod wide;

use block::Blocks;
use scalars::Scalars;
use tokens::Tokens;
use wide::Wide;

/// Bytes after which the collected tokens and scalars are checked.
const STRETCH: usize = 64 * 64;

/// Lines that are checked at once: some bytes may be all line feeds.
const MOST_LINES: usize = 4096;

/// Bytes that are put next to each other, to be looked at 64 at a time; so many in each group are new.
struct Gathered<const STEP: usize> {
    bytes: Box<[u8; STRETCH + 256]>,
    count: usize,
}

impl<const STEP: usize> Gathered<STEP> {
    fn new() -> Self {
        Gathered {
            bytes: Box::new([0; STRETCH + 256]),
            count: 0,
        }
    }

    /// As new, but for `count` bytes to start with.
    fn reset(&mut self, padding: u8, count: usize) {
        self.bytes[..count].fill(padding);
        self.count = count;
    }

    #[inline(always)]
    fn push<W: Wide>(&mut self, bytes: W, mask: u64) {
        let room = self.bytes[self.count..].first_chunk_mut::<64>();
        bytes.compress(mask, room.expect("there is room"));
        self.count += mask.count_ones() as usize;
    }

    /// So much that no byte pushed before is left.
    fn pad(&mut self, padding: u8) {
        self.bytes[self.count..self.count + 64].fill(padding);
        self.count += 64;
    }

    /// Hands out 64 at a time, each group [`STEP`] behind the one before; what is left stays for later.
    #[inline(always)]
    fn drain(&mut self, mut check: impl FnMut(&[u8; 64])) {
        let mut at = 0;
        while at + 64 <= self.count {
            check(self.bytes[at..].first_chunk().expect("64 are left"));
            at += STEP;
        }
        self.bytes.copy_within(at..at + 64, 0);
        self.count -= at;
    }
}

/// What checking lines needs, kept from one time to the next.
pub(in crate::json) struct LineCheck {
    tokens: Gathered<{ tokens::STEP }>,
    scalars: Gathered<{ scalars::STEP }>,
    ends: Box<[u32; MOST_LINES + STRETCH]>,
    count: usize,
}

impl LineCheck {
    pub(in crate::json) fn new() -> Self {
        LineCheck {
            tokens: Gathered::new(),
            scalars: Gathered::new(),
            ends: Box::new([0; MOST_LINES + STRETCH]),
            count: 0,
        }
    }

    /// Where the lines of the last check end, at their line feeds.
    pub(in crate::json) fn ends(&self) -> &[u32] {
        &self.ends[..self.count]
    }

    /// Checks whole lines: whether each is empty or a label (a number or a literal), a colon and an object that has a member
    /// `id` without parts. False also where something is not plainly so, or where this machine has no quick way to tell.
    pub(in crate::json) fn check(&mut self, lines: &[u8]) -> bool {
        self.count = 0;
        #[cfg(target_arch = "x86_64")]
        if avx512::is_there() {
            // SAFETY: just asked.
            return unsafe { avx512::check(self, lines) };
        }
        let _ = lines;
        false
    }

    /// As [`check`](Self::check), by one width.
    #[inline(always)]
    fn check_by<W: Wide>(&mut self, lines: &[u8]) -> bool {
        let mut blocks = Blocks::<W>::new();
        let mut tokens = Tokens::new();
        let mut scalars = Scalars::new();
        self.tokens.reset(tokens::PADDING, 64 - tokens::STEP);
        self.scalars.reset(scalars::PADDING, 64 - scalars::STEP);
        let mut count = 0;
        for (number, stretch) in lines.chunks(STRETCH).enumerate() {
            let first = number * STRETCH;
            for (block, bytes) in stretch.chunks(64).enumerate() {
                let bytes = match bytes.first_chunk() {
                    Some(bytes) => W::load(bytes),
                    None => {
                        let mut padded = [b' '; 64];
                        padded[..bytes.len()].copy_from_slice(bytes);
                        W::load(&padded)
                    }
                };
                let ends = blocks.check(bytes, &mut self.tokens, &mut self.scalars);
                self.note_ends(ends, first + 64 * block, &mut count);
            }
            if count > MOST_LINES {
                return false;
            }
            if first + STRETCH >= lines.len() {
                self.tokens.pad(tokens::PADDING);
                self.scalars.pad(scalars::PADDING);
            }
            self.tokens.drain(|group| tokens.check::<W>(group));
            self.scalars.drain(|group| scalars.check::<W>(group));
        }
        let right = blocks.are_right() && tokens.are_right() && scalars.are_right();
        self.count = if right { count } else { 0 };
        right
    }

    /// Notes the line feeds among the 64 bytes from `first` on.
    #[inline(always)]
    fn note_ends(&mut self, mut ends: u64, first: usize, count: &mut usize) {
        self.ends[*count] = (first + ends.trailing_zeros() as usize) as u32;
        *count += usize::from(ends != 0);
        ends &= ends.wrapping_sub(1);
        while ends != 0 {
            self.ends[*count] = (first + ends.trailing_zeros() as usize) as u32;
            *count += 1;
            ends &= ends - 1;
        }
    }
}

/// Whether this machine has a quick way to check lines.
pub(in crate::json) fn is_quick() -> bool {
    #[cfg(target_arch = "x86_64")]
    return avx512::is_there();
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}

/// The bits `N` places further up, those of the word before coming in below.
#[inline(always)]
fn behind<const N: u32>(bits: u64, before: u64) -> u64 {
    bits << N | before >> (64 - N)
}

#[cfg(test)]
mod tests;
