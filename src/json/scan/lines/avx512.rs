//! 64 bytes in one register.
//!
//! [`Bytes`] is used by [`check`] alone, and by tests, once [`is_there`] has said that this machine has the instructions: that
//! is what each block below relies on. Nothing is read or written but through references to as many bytes.
#![allow(unsafe_code)] // vector instructions; each block says what it relies on

use std::arch::x86_64::*;

use super::LineCheck;
use super::wide::{Classes, Wide};

/// Whether this machine has all that is needed.
pub(super) fn is_there() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("avx512vbmi2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("popcnt")
        && is_x86_feature_detected!("pclmulqdq")
}

/// # Safety
/// [`is_there`] has said so.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,popcnt,pclmulqdq")]
pub(super) unsafe fn check(lines: &mut LineCheck, bytes: &[u8]) -> bool {
    lines.check_by::<Bytes>(bytes)
}

/// To be used only where [`is_there`] has said so.
#[derive(Clone, Copy)]
pub(super) struct Bytes(__m512i);

const SCALAR: u8 = 1;
const STRUCTURAL: u8 = 2;
const BLANK: u8 = 4;
const CONTROL: u8 = 8;
const QUOTE: u8 = 16;
const BACKSLASH: u8 = 32;

const CLASSES: [u8; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'-' | b'+' | b'.' | b'E' => SCALAR,
            b'e' | b't' | b'r' | b'u' | b'f' | b'a' | b'l' | b's' | b'n' => SCALAR,
            b'{' | b'}' | b'[' | b']' | b':' | b',' => STRUCTURAL,
            b'\n' => STRUCTURAL | CONTROL,
            b' ' => BLANK,
            b'\t' | b'\r' => BLANK | CONTROL,
            0..0x20 => CONTROL,
            b'"' => QUOTE,
            b'\\' => BACKSLASH,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

impl Wide for Bytes {
    #[inline(always)]
    fn load(bytes: &[u8; 64]) -> Self {
        // SAFETY: the machine has the instruction; 64 bytes are read through a reference to as many.
        unsafe { Bytes(_mm512_loadu_si512(bytes.as_ptr().cast())) }
    }

    #[inline(always)]
    fn splat(byte: u8) -> Self {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { Bytes(_mm512_set1_epi8(byte as i8)) }
    }

    #[inline(always)]
    fn equal(self, byte: u8) -> u64 {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { _mm512_cmpeq_epi8_mask(self.0, _mm512_set1_epi8(byte as i8)) }
    }

    #[inline(always)]
    fn below(self, byte: u8) -> u64 {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { _mm512_cmplt_epu8_mask(self.0, _mm512_set1_epi8(byte as i8)) }
    }

    #[inline(always)]
    fn classes(self) -> Classes {
        // SAFETY: the machine has the instructions; twice 64 bytes of the 128 of a table are read.
        unsafe {
            let high = _mm512_movepi8_mask(self.0);
            let low = _mm512_loadu_si512(CLASSES.as_ptr().cast());
            let upper = _mm512_loadu_si512(CLASSES.as_ptr().add(64).cast());
            let classes = _mm512_maskz_permutex2var_epi8(!high, low, self.0, upper);
            let test = |bits: u8| _mm512_test_epi8_mask(classes, _mm512_set1_epi8(bits as i8));
            Classes {
                scalar: test(SCALAR),
                structural: test(STRUCTURAL),
                quote: test(QUOTE),
                backslash: test(BACKSLASH),
                control: test(CONTROL),
                outside: test(SCALAR | STRUCTURAL | BLANK | QUOTE),
                high,
            }
        }
    }

    #[inline(always)]
    fn lower(self) -> Self {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { Bytes(_mm512_or_si512(self.0, _mm512_set1_epi8(0x20))) }
    }

    #[inline(always)]
    fn replaced(self, mask: u64, byte: u8) -> Self {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe {
            Bytes(_mm512_mask_mov_epi8(
                self.0,
                mask,
                _mm512_set1_epi8(byte as i8),
            ))
        }
    }

    #[inline(always)]
    fn compress(self, mask: u64, to: &mut [u8; 64]) {
        // SAFETY: the machine has the instructions; 64 bytes are written through a reference to as many.
        unsafe {
            _mm512_storeu_si512(
                to.as_mut_ptr().cast(),
                _mm512_maskz_compress_epi8(mask, self.0),
            );
        }
    }

    #[inline(always)]
    fn is_bad_utf8(self, previous: Self) -> bool {
        bad_utf8(self.0, previous.0)
    }

    #[inline(always)]
    fn extract(bits: u64, mask: u64) -> u64 {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { _pext_u64(bits, mask) }
    }

    #[inline(always)]
    fn parity(bits: u64) -> u64 {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe {
            let product =
                _mm_clmulepi64_si128::<0>(_mm_set_epi64x(0, bits as i64), _mm_set1_epi8(-1));
            _mm_cvtsi128_si64(product) as u64
        }
    }

    type Levels = __m512i;

    #[inline(always)]
    fn levels(open: u64, close: u64, depth: u8) -> __m512i {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe {
            let one = _mm512_set1_epi8(1);
            let closing = _mm512_maskz_mov_epi8(close, one);
            let change = _mm512_sub_epi8(_mm512_maskz_mov_epi8(open, one), closing);
            // Sums up to each byte: within sixteen first, then over them.
            let sum = _mm512_add_epi8(change, _mm512_bslli_epi128::<1>(change));
            let sum = _mm512_add_epi8(sum, _mm512_bslli_epi128::<2>(sum));
            let sum = _mm512_add_epi8(sum, _mm512_bslli_epi128::<4>(sum));
            let sum = _mm512_add_epi8(sum, _mm512_bslli_epi128::<8>(sum));
            let totals = _mm512_shuffle_epi8(sum, _mm512_set1_epi8(15));
            let zero = _mm512_setzero_si512();
            let one_before = _mm512_alignr_epi64::<6>(totals, zero);
            let two_before = _mm512_alignr_epi64::<4>(totals, zero);
            let three_before = _mm512_alignr_epi64::<2>(totals, zero);
            let before = _mm512_add_epi8(_mm512_add_epi8(one_before, two_before), three_before);
            let depth = _mm512_add_epi8(_mm512_set1_epi8(depth as i8), closing);
            _mm512_add_epi8(_mm512_add_epi8(sum, before), depth)
        }
    }

    #[inline(always)]
    fn at_level(levels: __m512i, level: u32) -> u64 {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { _mm512_cmpeq_epi8_mask(levels, _mm512_set1_epi8(level as i8)) }
    }

    #[inline(always)]
    fn above_level(levels: __m512i, level: u32) -> u64 {
        // SAFETY: the machine has the instructions; registers alone are touched.
        unsafe { _mm512_cmpgt_epi8_mask(levels, _mm512_set1_epi8(level as i8)) }
    }
}

/// The algorithm of John Keiser and Daniel Lemire, "Validating UTF-8 in less than one instruction per byte": three nibbles of
/// two neighbours tell every error of a pair, and two more comparisons where a third or fourth byte must stand.
#[inline(always)]
fn bad_utf8(bytes: __m512i, previous: __m512i) -> bool {
    const TOO_SHORT: u8 = 1; // a lead without what must follow
    const TOO_LONG: u8 = 2; // what follows without a lead
    const OVERLONG_3: u8 = 4;
    const TOO_LARGE: u8 = 8;
    const SURROGATE: u8 = 16;
    const OVERLONG_2: u8 = 32;
    const TOO_LARGE_1000: u8 = 64;
    const OVERLONG_4: u8 = 64;
    const TWO_CONTINUATIONS: u8 = 128;
    const CARRY: u8 = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS;
    const FIRST_HIGH: [u8; 16] = [
        TOO_LONG,
        TOO_LONG,
        TOO_LONG,
        TOO_LONG,
        TOO_LONG,
        TOO_LONG,
        TOO_LONG,
        TOO_LONG,
        TWO_CONTINUATIONS,
        TWO_CONTINUATIONS,
        TWO_CONTINUATIONS,
        TWO_CONTINUATIONS,
        TOO_SHORT | OVERLONG_2,
        TOO_SHORT,
        TOO_SHORT | OVERLONG_3 | SURROGATE,
        TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
    ];
    const LARGE: u8 = CARRY | TOO_LARGE | TOO_LARGE_1000;
    const FIRST_LOW: [u8; 16] = [
        CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
        CARRY | OVERLONG_2,
        CARRY,
        CARRY,
        CARRY | TOO_LARGE,
        LARGE,
        LARGE,
        LARGE,
        LARGE,
        LARGE,
        LARGE,
        LARGE,
        LARGE,
        LARGE | SURROGATE,
        LARGE,
        LARGE,
    ];
    const SECOND: u8 = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS;
    const SECOND_HIGH: [u8; 16] = [
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        SECOND | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
        SECOND | OVERLONG_3 | TOO_LARGE,
        SECOND | SURROGATE | TOO_LARGE,
        SECOND | SURROGATE | TOO_LARGE,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
        TOO_SHORT,
    ];
    // SAFETY: the machine has the instructions, and each table sixteen bytes.
    unsafe {
        let table =
            |table: &[u8; 16]| _mm512_broadcast_i32x4(_mm_loadu_si128(table.as_ptr().cast()));
        // The sixteen bytes before each sixteen.
        let lanes = _mm512_alignr_epi64::<6>(bytes, previous);
        let one_before = _mm512_alignr_epi8::<15>(bytes, lanes);
        let two_before = _mm512_alignr_epi8::<14>(bytes, lanes);
        let three_before = _mm512_alignr_epi8::<13>(bytes, lanes);
        let nibble = _mm512_set1_epi8(0x0F);
        let high = |bytes| _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), nibble);
        let of_first = _mm512_and_si512(
            _mm512_shuffle_epi8(table(&FIRST_HIGH), high(one_before)),
            _mm512_shuffle_epi8(table(&FIRST_LOW), _mm512_and_si512(one_before, nibble)),
        );
        let special = _mm512_and_si512(
            of_first,
            _mm512_shuffle_epi8(table(&SECOND_HIGH), high(bytes)),
        );
        let third = _mm512_subs_epu8(two_before, _mm512_set1_epi8((0xE0 - 0x80u8) as i8));
        let fourth = _mm512_subs_epu8(three_before, _mm512_set1_epi8((0xF0 - 0x80u8) as i8));
        let must_follow = _mm512_and_si512(
            _mm512_or_si512(third, fourth),
            _mm512_set1_epi8(0x80u8 as i8),
        );
        _mm512_cmpneq_epi8_mask(must_follow, special) != 0
    }
}
