//! Eight bytes at a time in an ordinary register: for other machines, and the reference for every other width.

use super::stop::Stop;

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

fn load(buffer: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(buffer[at..at + 8].try_into().expect("eight bytes"))
}

/// High bits of the bytes that equal `byte`; exact up to the first of them, which is all that is asked.
fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference & HIGH
}

pub(super) unsafe fn string(buffer: &[u8], from: usize, end: usize) -> Stop {
    let (mut at, mut ascii) = (from, true);
    while at < end {
        let word = load(buffer, at);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let special = equal(word, b'"') | equal(word, b'\\') | control;
        let length = (special.trailing_zeros() as usize / 8).min(end - at);
        let before = if length >= 8 {
            u64::MAX
        } else {
            (1 << (8 * length)) - 1
        };
        ascii &= word & HIGH & before == 0;
        if length < 8 {
            return Stop {
                at: at + length,
                ascii,
            };
        }
        at += 8;
    }
    Stop { at: end, ascii }
}

pub(super) unsafe fn short_string(buffer: &[u8], from: usize) -> Result<usize, usize> {
    let special = |&byte: &u8| byte == b'"' || byte == b'\\' || !(0x20..0x80).contains(&byte);
    match buffer[from..from + 48].iter().position(special) {
        Some(length) if buffer[from + length] == b'"' => Ok(from + length),
        Some(length) => Err(from + length),
        None => Err(from + 48),
    }
}

pub(super) unsafe fn blanks(buffer: &[u8], from: usize, end: usize) -> usize {
    let length = buffer[from..end]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        .count();
    from + length
}
