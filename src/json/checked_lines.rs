//! Lines of a window that were checked many at once, before anybody looks at one of them.

use std::io::Read;

use super::scan::{LineCheck, checks_lines_quickly};
use super::{MAX_DEPTH, Window};

/// Bytes that are checked at once, and the most that a checked line has.
const MOST: usize = 32 * 1024;

/// How much longer than the lines that were not plainly right the stretch is in which no others are checked, as a power of
/// two: where hardly any are, checking costs next to nothing.
const MOST_PATIENCE: u32 = 6;

/// Whole lines in a window, each a number, a colon and an object that has a member `id` without parts; or empty.
///
/// What number it is, and whether it is one, is for its user to look at. Lines that are not plainly so are not checked lines;
/// nothing is said about them.
pub struct CheckedLines {
    check: LineCheck,
    /// Where the first of the lines starts; they count from it.
    first: u64,
    /// How many of them have been asked for and are behind.
    passed: usize,
    /// Up to where nothing needs to be checked, or checked again.
    until: u64,
    patience: u32,
}

impl CheckedLines {
    /// None so far. None at all where this machine has no quick way to check lines, or where `longest` bytes or `depth`
    /// levels may be less than those of a checked line: what it holds must not need to be measured.
    pub fn new(longest: usize, depth: u32) -> Option<Self> {
        let any_line = longest >= MOST && depth >= MAX_DEPTH;
        (checks_lines_quickly() && any_line).then(|| CheckedLines {
            check: LineCheck::new(),
            first: 0,
            passed: 0,
            until: 0,
            patience: 0,
        })
    }

    /// The end of the line that starts where the window stands, at its line feed, where that is before the offset `until` and
    /// the line is a checked one. Checks what lies in the window where that was not done.
    #[inline]
    pub fn line_end<R: Read>(&mut self, window: &Window<R>, until: u64) -> Option<u64> {
        let here = window.offset();
        if here >= self.until {
            self.check_more(window, until);
        }
        while let Some(&end) = self.check.ends().get(self.passed) {
            let end = self.first + u64::from(end);
            if here <= end {
                return Some(end);
            }
            self.passed += 1;
        }
        None
    }

    #[inline(never)]
    fn check_more<R: Read>(&mut self, window: &Window<R>, until: u64) {
        let here = window.offset();
        let text = window.read_already();
        let most = until.saturating_sub(here).min(MOST as u64) as usize;
        let text = &text[..most.min(text.len())];
        let Some(last) = memchr::memrchr(b'\n', text) else {
            return;
        };
        self.first = here;
        self.passed = 0;
        let length = last as u64 + 1;
        if self.check.check(&text[..=last]) {
            self.until = here + length;
            self.patience = 0;
        } else {
            self.until = here + (length << self.patience);
            self.patience = MOST_PATIENCE.min(self.patience + 1);
        }
    }
}
