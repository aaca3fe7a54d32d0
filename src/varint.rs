//! Numbers in as few bytes as they need: LEB128. A length is one byte as long as it is below 128.

/// Bytes of the longest one.
pub(crate) const LONGEST: usize = 10;

/// Adds a number.
#[inline]
pub(crate) fn push(out: &mut Vec<u8>, number: u64) {
    write(number, |byte| out.push(byte));
}

/// Gives `put` the bytes of a number.
#[inline]
pub(crate) fn write(mut number: u64, mut put: impl FnMut(u8)) {
    while number >= 0x80 {
        put(number as u8 | 0x80);
        number >>= 7;
    }
    put(number as u8);
}

/// Adds bytes, their length in front.
#[inline]
pub(crate) fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    push(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Takes the number off that `bytes` begin with; none where they do not.
#[inline]
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0u64, 0);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F).checked_shl(shift)?;
        shift += 7;
        if byte < 0x80 {
            return Some(number);
        }
    }
}

/// Takes as many bytes off as the number in front of them says.
#[inline]
pub(crate) fn take_bytes<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = usize::try_from(take(bytes)?).ok()?;
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, 1 << 62, u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&number| push(&mut bytes, number));
        let mut rest = &bytes[..];
        let back: Vec<u64> = std::iter::from_fn(|| take(&mut rest)).collect();
        assert_eq!(back, numbers);
        let mut longest = Vec::new();
        push(&mut longest, u64::MAX);
        assert_eq!(longest.len(), LONGEST);
        assert_eq!(take(&mut &[0x80; 3][..]), None);
        assert_eq!(take(&mut &[0xFF; 30][..]), None);
        assert_eq!(take_bytes(&mut &b"\x02ab"[..]), Some(&b"ab"[..]));
        assert_eq!(take_bytes(&mut &b"\x03ab"[..]), None);
    }
}
