//! NEON, which every AArch64 has: sixteen bytes at a time.
//!
//! NEON has no instruction that gathers a bit of each byte. Shifting pairs of them to the right by four, narrowed, leaves four
//! bits of each, which is as good: the `shrn` idiom, after Danila Kutenin, "Porting x86 vector bitmask optimizations to Arm
//! NEON".
#![allow(unsafe_code)] // vector loads; each block says why they stay within bounds

use super::stop::Stop;
use std::arch::aarch64::{
    uint8x16_t, vceqq_u8, vcltq_s8, vcltq_u8, vdupq_n_s8, vdupq_n_u8, vget_lane_u64, vld1q_u8,
    vmaxvq_u8, vorrq_u8, vreinterpret_u64_u8, vreinterpretq_s8_u8, vreinterpretq_u16_u8,
    vshrn_n_u16,
};

const WIDTH: usize = 16;

/// # Safety
/// `at + WIDTH <= buffer.len()`.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn load(buffer: &[u8], at: usize) -> uint8x16_t {
    debug_assert!(at + WIDTH <= buffer.len());
    // SAFETY: the bytes are the caller's promise; the load needs no alignment.
    unsafe { vld1q_u8(buffer.as_ptr().add(at)) }
}

/// Four bits for each byte, the lowest for the first, where each byte is all ones or all zeros.
#[inline]
#[target_feature(enable = "neon")]
fn mask(bytes: uint8x16_t) -> u64 {
    let narrowed = vshrn_n_u16::<4>(vreinterpretq_u16_u8(bytes));
    vget_lane_u64::<0>(vreinterpret_u64_u8(narrowed))
}

/// How many bytes come before the first that a mask names; [`WIDTH`] where it names none.
#[inline]
fn before(mask: u64) -> usize {
    mask.trailing_zeros() as usize / 4
}

#[inline]
#[target_feature(enable = "neon")]
fn equal(bytes: uint8x16_t, byte: u8) -> uint8x16_t {
    vceqq_u8(bytes, vdupq_n_u8(byte))
}

/// # Safety
/// `from + SLACK` bytes can be read.
#[inline]
#[target_feature(enable = "neon")]
pub(super) unsafe fn short_string(buffer: &[u8], from: usize) -> Result<usize, usize> {
    for at in [from, from + 16, from + 32] {
        // SAFETY: three times sixteen bytes are less than the slack.
        let bytes = unsafe { load(buffer, at) };
        // Compared with signs, bytes beyond ASCII are below the blank too.
        let other = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20));
        let special = vorrq_u8(vorrq_u8(equal(bytes, b'"'), equal(bytes, b'\\')), other);
        let special = mask(special);
        if special != 0 {
            let at = at + before(special);
            return if buffer[at] == b'"' { Ok(at) } else { Err(at) };
        }
    }
    Err(from + 48)
}

/// Where a string stops among the sixteen bytes from `at`; else they go on to what was `seen`.
///
/// # Safety
/// `at <= end`, and `end + SLACK` bytes can be read.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn stop_among(buffer: &[u8], at: usize, end: usize, seen: &mut uint8x16_t) -> Option<Stop> {
    // SAFETY: `at <= end`, so 16 bytes from `at` are within the slack behind `end`.
    let bytes = unsafe { load(buffer, at) };
    let control = vcltq_u8(bytes, vdupq_n_u8(0x20));
    let special = vorrq_u8(vorrq_u8(equal(bytes, b'"'), equal(bytes, b'\\')), control);
    let special = mask(special);
    if special == 0 && end - at >= WIDTH {
        *seen = vorrq_u8(*seen, bytes);
        return None;
    }
    let length = before(special).min(end - at); // less than 16
    let beyond = mask(vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0)));
    let counted = (1u64 << (4 * length)) - 1;
    Some(Stop {
        at: at + length,
        ascii: beyond & counted == 0 && is_ascii(*seen),
    })
}

#[inline]
#[target_feature(enable = "neon")]
fn is_ascii(bytes: uint8x16_t) -> bool {
    vmaxvq_u8(bytes) < 0x80
}

/// # Safety
/// `from <= end`, and `end + SLACK` bytes can be read.
#[inline]
#[target_feature(enable = "neon")]
pub(super) unsafe fn string(buffer: &[u8], from: usize, end: usize) -> Stop {
    // Most strings are short: 32 bytes are looked at right here, without a call.
    let mut seen = vdupq_n_u8(0);
    for at in [from, from + 16] {
        // SAFETY: the caller's promise; where sixteen bytes were no stop there are as many up to `end`.
        if let Some(stop) = unsafe { stop_among(buffer, at, end, &mut seen) } {
            return stop;
        }
    }
    // SAFETY: neither were the second sixteen a stop, so `from + 32 <= end`.
    let rest = unsafe { string_long(buffer, from + 32, end) };
    Stop {
        at: rest.at,
        ascii: rest.ascii && is_ascii(seen),
    }
}

/// # Safety
/// `from <= end`, and `end + SLACK` bytes can be read.
#[inline(never)]
#[target_feature(enable = "neon")]
pub(super) unsafe fn string_long(buffer: &[u8], from: usize, end: usize) -> Stop {
    let (mut at, mut seen) = (from, vdupq_n_u8(0));
    loop {
        // SAFETY: the caller's promise; where sixteen bytes were no stop there are as many up to `end`.
        if let Some(stop) = unsafe { stop_among(buffer, at, end, &mut seen) } {
            return stop;
        }
        at += WIDTH;
    }
}

/// # Safety
/// `from <= end`, and `end + SLACK` bytes can be read.
#[inline]
#[target_feature(enable = "neon")]
pub(super) unsafe fn blanks(buffer: &[u8], from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end {
        // SAFETY: `at < end`, so 16 bytes from `at` are within the slack behind `end`.
        let bytes = unsafe { load(buffer, at) };
        let blank = vorrq_u8(
            vorrq_u8(equal(bytes, b' '), equal(bytes, b'\n')),
            vorrq_u8(equal(bytes, b'\t'), equal(bytes, b'\r')),
        );
        let other = !mask(blank);
        if other != 0 {
            return end.min(at + before(other));
        }
        at += WIDTH;
    }
    end
}
