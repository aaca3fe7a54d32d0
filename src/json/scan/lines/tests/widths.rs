//! The widths held against each other, step by step.

use proptest::prelude::*;

#[cfg(target_arch = "x86_64")]
use crate::json::scan::lines::portable::Bytes;

proptest! {
    #[test]
    fn random_bytes_are_taken_apart_alike(bytes: [[u8; 32]; 2], mask: u64, other: u64, byte: u8) {
        widths_agree(&bytes.concat().try_into().unwrap(), mask, other, byte);
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn widths_agree(_: &[u8; 64], _: u64, _: u64, _: u8) {}

#[cfg(target_arch = "x86_64")]
fn widths_agree(bytes: &[u8; 64], mask: u64, other: u64, byte: u8) {
    use crate::json::scan::lines::avx512;
    use crate::json::scan::lines::wide::Wide;
    if !avx512::is_there() {
        return;
    }
    /// All that a width says of these bytes, but for their UTF-8, which random bytes never are.
    fn all<W: Wide>(bytes: &[u8; 64], mask: u64, other: u64, byte: u8) -> impl std::fmt::Debug {
        let wide = W::load(bytes);
        let mut compressed = [0; 64];
        wide.compress(mask, &mut compressed);
        let mut replaced = [0; 64];
        wide.replaced(mask, byte).compress(u64::MAX, &mut replaced);
        let levels = W::levels(mask & other, mask & !other, byte & 63);
        (
            wide.classes(),
            (wide.equal(byte), wide.below(byte), wide.lower().below(byte)),
            compressed[..mask.count_ones() as usize].to_vec(),
            replaced.to_vec(),
            (W::extract(other, mask), W::parity(mask)),
            (0..127)
                .map(|level| (W::at_level(levels, level), W::above_level(levels, level)))
                .collect::<Vec<_>>(),
        )
    }
    assert_eq!(
        format!("{:?}", all::<Bytes>(bytes, mask, other, byte)),
        format!("{:?}", all::<avx512::Bytes>(bytes, mask, other, byte)),
    );
}
