//! The three passes over whole lines, one stretch after the other.

use super::block::Blocks;
use super::gathered::{Gathered, STRETCH};
use super::scalars::{self, Scalars};
use super::tokens::{self, Tokens};
use super::wide::Wide;

/// Lines that are checked at once: some bytes may be all line feeds.
const MOST_LINES: usize = 4096;

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

    /// No check, no lines.
    pub(super) fn forget(&mut self) {
        self.count = 0;
    }

    /// As [`check`](Self::check), by one width, which this machine must have.
    #[inline(always)]
    pub(super) fn check_by<W: Wide>(&mut self, lines: &[u8]) -> bool {
        let mut blocks = Blocks::<W>::new();
        let mut tokens = Tokens::new();
        let mut scalars = Scalars::new();
        self.tokens.reset(tokens::PADDING, 64 - tokens::STEP);
        self.scalars.reset(scalars::PADDING, 64 - scalars::STEP);
        self.count = 0;
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
