//! Which shard an id belongs to: the same in every run, version and program.

use std::num::NonZeroU32;

use crate::id::Id;

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// The shard, of so many from 0, that an id belongs to.
///
/// It is FNV-1a (64 bits) of the id's text in UTF-8, escapes resolved; mixed by the finalizer of MurmurHash3, because the
/// high bits of FNV are poor where texts are short; and the high 64 bits of its product with the number of shards. This never
/// changes. The JSON type does not count: the string `"1"` and the number `1`, which are told from each other in messages,
/// are neighbours.
///
/// Nobody's seed is in it, so whoever chooses the ids can put all of them into one shard. That costs time, and no more.
///
/// ```
/// use mixtape::{id::Id, shard::shard_of};
/// let seven = 7.try_into()?;
/// assert_eq!(shard_of(Id::string("1"), seven), shard_of(Id::number("1"), seven));
/// assert!(shard_of(Id::string("any"), seven) < 7);
/// # Ok::<(), std::num::TryFromIntError>(())
/// ```
pub fn shard_of(id: Id<'_>, shards: NonZeroU32) -> u32 {
    let hash = mixed(fnv(id.text.as_bytes()));
    ((u128::from(hash) * u128::from(shards.get())) >> 64) as u32
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(OFFSET, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

fn mixed(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_it_always_was() {
        // Of the definition's first part: http://www.isthe.com/chongo/tech/comp/fnv/
        assert_eq!(fnv(b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv(b"a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_F739_67E8);
        let shards = |text| {
            [1u32, 2, 7, 1000].map(|shards| shard_of(Id::string(text), shards.try_into().unwrap()))
        };
        let rows = ["", "1", "2", "é", "18446744073709551616"].map(shards);
        assert_eq!(rows, FIXED);
    }

    /// As a program in another language has computed them.
    const FIXED: [[u32; 4]; 5] = [
        [0, 1, 6, 936],
        [0, 0, 3, 485],
        [0, 1, 5, 740],
        [0, 1, 4, 614],
        [0, 0, 0, 16],
    ];

    #[test]
    fn numbered_ids_are_spread_evenly() {
        let mut counts = [0u32; 7];
        for number in 0..70_000 {
            let text = number.to_string();
            counts[shard_of(Id::number(&text), 7.try_into().unwrap()) as usize] += 1;
        }
        for count in counts {
            assert!((9_500..10_500).contains(&count), "{counts:?}");
        }
    }
}
