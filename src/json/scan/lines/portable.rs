//! The rules themselves, a byte at a time: what the other width is held against.

use super::wide::{Classes, Wide};

#[derive(Clone, Copy)]
pub(super) struct Bytes(pub(super) [u8; 64]);

impl Bytes {
    fn mask(self, is: impl Fn(u8) -> bool) -> u64 {
        (0..64).fold(0, |mask, i| mask | u64::from(is(self.0[i])) << i)
    }
}

impl Wide for Bytes {
    type Levels = [i32; 64];

    fn load(bytes: &[u8; 64]) -> Self {
        Bytes(*bytes)
    }

    fn splat(byte: u8) -> Self {
        Bytes([byte; 64])
    }

    fn equal(self, byte: u8) -> u64 {
        self.mask(|own| own == byte)
    }

    fn below(self, byte: u8) -> u64 {
        self.mask(|own| own < byte)
    }

    fn classes(self) -> Classes {
        let scalar = |byte: u8| b"0123456789-+.eEtrufalsn".contains(&byte);
        let structural = |byte: u8| b"{}[]:,\n".contains(&byte);
        let outside = |byte: u8| scalar(byte) || structural(byte) || b" \t\r\"".contains(&byte);
        Classes {
            scalar: self.mask(scalar),
            structural: self.mask(structural),
            quote: self.mask(|byte| byte == b'"'),
            backslash: self.mask(|byte| byte == b'\\'),
            control: self.mask(|byte| byte < 0x20),
            outside: self.mask(outside),
            high: self.mask(|byte| byte >= 0x80),
        }
    }

    fn lower(self) -> Self {
        Bytes(self.0.map(|byte| byte | 0x20))
    }

    fn replaced(mut self, mask: u64, byte: u8) -> Self {
        for i in (0..64).filter(|i| mask >> i & 1 == 1) {
            self.0[i] = byte;
        }
        self
    }

    fn compress(self, mask: u64, to: &mut [u8; 64]) {
        let named = (0..64).filter(|i| mask >> i & 1 == 1);
        for (to, from) in to.iter_mut().zip(named) {
            *to = self.0[from];
        }
    }

    fn is_bad_utf8(self, previous: Self) -> bool {
        // From the first byte that is not what goes on with a character of the 64 before.
        let both = [previous.0, self.0].concat();
        let lead = |at: usize| both[at] & 0xC0 != 0x80;
        let start = (61..64).find(|&at| lead(at)).unwrap_or(64);
        match std::str::from_utf8(&both[start..]) {
            Ok(_) => false,
            // What the end cuts is for the next 64 to say.
            Err(error) => error.error_len().is_some(),
        }
    }

    fn extract(bits: u64, mask: u64) -> u64 {
        let named = (0..64).filter(|i| mask >> i & 1 == 1);
        named
            .enumerate()
            .fold(0, |found, (to, from)| found | (bits >> from & 1) << to)
    }

    fn parity(bits: u64) -> u64 {
        (0..64).fold(0, |parity, i| {
            let up_to = bits & u64::MAX >> (63 - i);
            parity | u64::from(up_to.count_ones() & 1) << i
        })
    }

    fn levels(open: u64, close: u64, depth: u8) -> [i32; 64] {
        let mut depth = i32::from(depth);
        std::array::from_fn(|i| {
            depth += (open >> i & 1) as i32;
            let level = depth;
            depth -= (close >> i & 1) as i32;
            level
        })
    }

    fn at_level(levels: [i32; 64], level: u32) -> u64 {
        (0..64).fold(0, |mask, i| {
            mask | u64::from(levels[i] == level as i32) << i
        })
    }

    fn above_level(levels: [i32; 64], level: u32) -> u64 {
        (0..64).fold(0, |mask, i| mask | u64::from(levels[i] > level as i32) << i)
    }
}
