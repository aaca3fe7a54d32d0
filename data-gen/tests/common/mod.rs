//! What the tests share.
#![allow(dead_code, reason = "each test program uses its part")]

use std::io::Read;

/// Everything that a generator makes.
pub fn bytes(mut generator: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    generator.read_to_end(&mut bytes).unwrap();
    bytes
}

/// Everything that a generator makes, as text.
pub fn text(generator: impl Read) -> String {
    String::from_utf8(bytes(generator)).unwrap()
}

/// The 64-bit FNV-1a checksum.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
