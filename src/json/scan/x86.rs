//! SSE2, which every x86-64 has, and AVX2 or AVX-512 where the machine has them.
#![allow(unsafe_code)] // vector loads; each block says why they stay within bounds

use super::stop::Stop;
use std::arch::x86_64::{
    __m128i, _mm_cmpeq_epi8, _mm_cmpgt_epi8, _mm_loadu_si128, _mm_min_epu8, _mm_movemask_epi8,
    _mm_or_si128, _mm_set1_epi8,
};

/// Quote, backslash and control bytes of sixteen, and those beyond ASCII.
///
/// # Safety
/// Sixteen bytes can be read from `at`.
#[inline]
unsafe fn sixteen(at: *const u8) -> (u32, u32) {
    // SAFETY: SSE2 is part of x86-64; the load needs no alignment, and its bytes are the caller's promise.
    unsafe {
        let bytes = _mm_loadu_si128(at.cast::<__m128i>());
        let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
        let backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
        let control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        let special = _mm_or_si128(_mm_or_si128(quote, backslash), control);
        (
            _mm_movemask_epi8(special) as u32,
            _mm_movemask_epi8(bytes) as u32,
        )
    }
}

/// # Safety
/// `from + SLACK` bytes can be read.
#[inline(always)]
pub(super) unsafe fn short_string(buffer: &[u8], from: usize) -> Result<usize, usize> {
    for at in [from, from + 16, from + 32] {
        // SAFETY: SSE2 is part of x86-64; three times sixteen bytes are less than the slack.
        let special = unsafe {
            let bytes = _mm_loadu_si128(buffer.as_ptr().add(at).cast::<__m128i>());
            let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
            let backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
            // Compared with signs, bytes beyond ASCII are below the blank too.
            let other = _mm_cmpgt_epi8(_mm_set1_epi8(0x20), bytes);
            _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), other)) as u32
        };
        if special != 0 {
            let at = at + special.trailing_zeros() as usize;
            return if buffer[at] == b'"' { Ok(at) } else { Err(at) };
        }
    }
    Err(from + 48)
}

/// # Safety
/// `from <= end`, and `end + SLACK` bytes can be read.
#[inline]
pub(super) unsafe fn string(buffer: &[u8], from: usize, end: usize) -> Stop {
    // Most strings are short: 32 bytes are looked at right here, without a call.
    // SAFETY: `from <= end`, so 32 bytes from `from` are within the slack behind `end`.
    let (low, high) = unsafe {
        let start = buffer.as_ptr().add(from);
        (sixteen(start), sixteen(start.add(16)))
    };
    let special = u64::from(low.0) | u64::from(high.0) << 16;
    let beyond = u64::from(low.1) | u64::from(high.1) << 16;
    if special != 0 {
        return stop_in(special, beyond, from, end);
    }
    if end - from < 32 {
        return stop_at_end(beyond, from, end);
    }
    // SAFETY: `from + 32 <= end`.
    let rest = unsafe { string_long(buffer, from + 32, end) };
    Stop {
        at: rest.at,
        ascii: rest.ascii && beyond == 0,
    }
}

#[inline(never)]
unsafe fn string_long(buffer: &[u8], from: usize, end: usize) -> Stop {
    // SAFETY: the bounds are the caller's promise, the features are just asked for.
    unsafe {
        if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512f") {
            string_avx512(buffer, from, end)
        } else if is_x86_feature_detected!("avx2") {
            string_avx2(buffer, from, end)
        } else {
            string_sse2(buffer, from, end)
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) unsafe fn string_avx512(buffer: &[u8], from: usize, end: usize) -> Stop {
    use std::arch::x86_64::{
        __m512i, _mm512_cmpeq_epi8_mask, _mm512_cmplt_epu8_mask, _mm512_loadu_si512,
        _mm512_movepi8_mask, _mm512_set1_epi8,
    };
    let quote = _mm512_set1_epi8(b'"' as i8);
    let backslash = _mm512_set1_epi8(b'\\' as i8);
    let blank = _mm512_set1_epi8(0x20);
    let (mut at, mut seen) = (from, 0);
    while at < end {
        // SAFETY: `at < end`, so 64 bytes from `at` are within the slack behind `end`.
        let bytes = unsafe { _mm512_loadu_si512(buffer.as_ptr().add(at).cast::<__m512i>()) };
        let special = _mm512_cmpeq_epi8_mask(bytes, quote)
            | _mm512_cmpeq_epi8_mask(bytes, backslash)
            | _mm512_cmplt_epu8_mask(bytes, blank);
        let high = _mm512_movepi8_mask(bytes);
        if special != 0 {
            let stop = stop_in(special, high, at, end);
            return Stop {
                at: stop.at,
                ascii: stop.ascii && seen == 0,
            };
        }
        if end - at < 64 {
            let stop = stop_at_end(high, at, end);
            return Stop {
                at: stop.at,
                ascii: stop.ascii && seen == 0,
            };
        }
        seen |= high;
        at += 64;
    }
    Stop {
        at: end,
        ascii: seen == 0,
    }
}

#[target_feature(enable = "avx2")]
pub(super) unsafe fn string_avx2(buffer: &[u8], from: usize, end: usize) -> Stop {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set1_epi8,
    };
    let (mut at, mut ascii) = (from, true);
    while at < end {
        // SAFETY: `at < end`, so 32 bytes from `at` are within the slack behind `end`.
        let bytes = unsafe { _mm256_loadu_si256(buffer.as_ptr().add(at).cast::<__m256i>()) };
        let quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b'"' as i8));
        let backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b'\\' as i8));
        let control = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
        let special = _mm256_or_si256(_mm256_or_si256(quote, backslash), control);
        let special = u64::from(_mm256_movemask_epi8(special) as u32);
        let high = u64::from(_mm256_movemask_epi8(bytes) as u32);
        if special != 0 {
            let stop = stop_in(special, high, at, end);
            return Stop {
                at: stop.at,
                ascii: stop.ascii && ascii,
            };
        }
        if end - at < 32 {
            let stop = stop_at_end(high, at, end);
            return Stop {
                at: stop.at,
                ascii: stop.ascii && ascii,
            };
        }
        ascii &= high == 0;
        at += 32;
    }
    Stop { at: end, ascii }
}

pub(super) unsafe fn string_sse2(buffer: &[u8], from: usize, end: usize) -> Stop {
    let (mut at, mut ascii) = (from, true);
    while at < end {
        // SAFETY: `at < end`, so 16 bytes from `at` are within the slack behind `end`.
        let (special, high) = unsafe { sixteen(buffer.as_ptr().add(at)) };
        let (special, high) = (u64::from(special), u64::from(high));
        if special != 0 {
            let stop = stop_in(special, high, at, end);
            return Stop {
                at: stop.at,
                ascii: stop.ascii && ascii,
            };
        }
        if end - at < 16 {
            let stop = stop_at_end(high, at, end);
            return Stop {
                at: stop.at,
                ascii: stop.ascii && ascii,
            };
        }
        ascii &= high == 0;
        at += 16;
    }
    Stop { at: end, ascii }
}

/// # Safety
/// `from <= end`, and `end + SLACK` bytes can be read.
#[inline]
pub(super) unsafe fn blanks(buffer: &[u8], from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end {
        // SAFETY: SSE2 is part of x86-64; `at < end`, so 16 bytes from `at` are within the slack behind `end`.
        let blank = unsafe {
            let bytes = _mm_loadu_si128(buffer.as_ptr().add(at).cast::<__m128i>());
            let is = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
            let blank = _mm_or_si128(
                _mm_or_si128(is(b' '), is(b'\n')),
                _mm_or_si128(is(b'\t'), is(b'\r')),
            );
            _mm_movemask_epi8(blank) as u32
        };
        if blank != 0xFFFF {
            return end.min(at + (!blank).trailing_zeros() as usize);
        }
        at += 16;
    }
    end
}

/// Where a string stops among the bytes that a mask stands for, the lowest bit for the byte at `at`; one of them is special.
#[inline]
fn stop_in(special: u64, high: u64, at: usize, end: usize) -> Stop {
    let offset = special.trailing_zeros() as usize;
    let before = (1u64 << offset) - 1; // an offset is at most 63
    if at + offset < end {
        return Stop {
            at: at + offset,
            ascii: high & before == 0,
        };
    }
    stop_at_end(high, at, end)
}

/// No byte before `end`, which lies less than 64 bytes behind `at`, is special.
#[inline]
fn stop_at_end(high: u64, at: usize, end: usize) -> Stop {
    let before = (1u64 << (end - at)) - 1;
    Stop {
        at: end,
        ascii: high & before == 0,
    }
}
