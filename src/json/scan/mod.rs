//! Finding the end of what a string or a run of blanks goes on with, many bytes at a time.
//!
//! Every function reads a buffer up to `end` and may look at the [`SLACK`] bytes behind it, which the buffer must have; what it
//! finds there does not count. So no loop needs a scalar tail.
#![allow(unsafe_code)] // vector loads; each function proves its bounds first

#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
// no other machine has a quick way so far
mod lines;
// Its masks are right where the low byte of a word comes first.
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
#[cfg(any(
    test,
    not(any(
        target_arch = "x86_64",
        all(target_arch = "aarch64", target_endian = "little")
    ))
))]
mod portable;
mod stop;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(super) use lines::{LineCheck, is_quick as checks_lines_quickly};
pub(super) use stop::{SLACK, Stop};

/// Scans the inside of a string from `from`.
#[inline]
pub(super) fn string(buffer: &[u8], from: usize, end: usize) -> Stop {
    assert!(from <= end && end + SLACK <= buffer.len());
    // SAFETY: just asserted.
    unsafe { widest::string(buffer, from, end) }
}

/// The closing quote of a string whose inside starts at `from`, where it is plain ASCII without escapes and short; else up to
/// where it is that and has not ended. A byte that cannot stand in a string, such as zero, must stand at the buffer's end that
/// counts.
#[inline(always)]
pub(super) fn short_string(buffer: &[u8], from: usize) -> Result<usize, usize> {
    assert!(from + SLACK <= buffer.len());
    // SAFETY: just asserted.
    unsafe { widest::short_string(buffer, from) }
}

/// Index of the first byte from `from` on that is no blank; `end` where all are. A line feed counts as a blank.
#[inline]
pub(super) fn blanks(buffer: &[u8], from: usize, end: usize) -> usize {
    assert!(from <= end && end + SLACK <= buffer.len());
    // SAFETY: just asserted.
    unsafe { widest::blanks(buffer, from, end) }
}

#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
use neon as widest;
#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_endian = "little")
)))]
use portable as widest;
#[cfg(target_arch = "x86_64")]
use x86 as widest;

#[cfg(test)]
mod tests;
