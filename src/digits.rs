//! ASCII digits, eight of them looked at in one step.
//!
//! A word is eight bytes of text, the first one lowest, [`ZEROS`] taken away: each digit is its value then.

/// Eight times `0`, to be taken away with an exclusive or.
pub(crate) const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The highest bit of each byte that is no digit.
#[inline(always)]
pub(crate) fn others(word: u64) -> u64 {
    // A byte is a digit where it is below ten: adding 0x76 keeps its highest bit clear.
    let sum = (word & 0x7F7F_7F7F_7F7F_7F7F) + 0x7676_7676_7676_7676;
    (sum | word) & 0x8080_8080_8080_8080
}

/// With how many digits a text of eight bytes begins.
#[inline(always)]
pub(crate) fn leading(text: &[u8; 8]) -> usize {
    others(u64::from_le_bytes(*text) ^ ZEROS).trailing_zeros() as usize / 8
}

/// The value of eight digits. Neighbours are joined to pairs, pairs to fours, fours to the whole.
#[inline(always)]
pub(crate) fn value(word: u64) -> u64 {
    let pairs = word.wrapping_mul(10).wrapping_add(word >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xFFFF_FFFF
}
