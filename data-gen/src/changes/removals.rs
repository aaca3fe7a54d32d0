//! Which playlists are removed, and which ones therefore never are.

use crate::random::Random;

/// Every fifth playlist may be removed. The others may be added to at any time: that way no
/// memory of the removed ones is needed.
const EVERY: u64 = 5;

/// The ids of the playlists that may be removed, each once, in an order that looks random.
#[derive(Debug)]
pub(super) struct Removals {
    count: u64,
    left: u64,
    index: u64,
    stride: u64,
}

impl Removals {
    pub(super) fn new(playlists: u64, random: &mut Random) -> Self {
        let count = playlists / EVERY;
        // Steps without a common divisor with the count reach every index before the first
        // again; about 5/8 of the count, near the golden ratio, scatters them well.
        let mut stride = count * 5 / 8 + 1;
        while gcd(stride, count) > 1 {
            stride += 1;
        }
        Self {
            count,
            left: count,
            index: random.below(count),
            stride,
        }
    }

    /// The next playlist to remove, until all have been.
    pub(super) fn next_playlist(&mut self) -> Option<u64> {
        self.left = self.left.checked_sub(1)?;
        self.index = (self.index + self.stride) % self.count;
        Some((self.index + 1) * EVERY)
    }
}

/// A playlist that is never removed, if there is any playlist.
pub(super) fn lasting_playlist(playlists: u64, random: &mut Random) -> Option<u64> {
    let lasting = playlists - playlists / EVERY;
    let index = random.below(lasting);
    // 1, 2, 3, 4, 6, 7, 8, 9, 11, …
    (lasting > 0).then(|| 1 + index + index / (EVERY - 1))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn removals_are_all_the_fifths_once() {
        for playlists in 0..300 {
            let mut removals = Removals::new(playlists, &mut Random::new(playlists));
            let removed: Vec<u64> = std::iter::from_fn(|| removals.next_playlist()).collect();
            let different: BTreeSet<u64> = removed.iter().copied().collect();
            assert_eq!(removed.len(), different.len());
            assert!(
                different
                    .into_iter()
                    .eq((1..=playlists).filter(|id| id % EVERY == 0))
            );
        }
    }

    #[test]
    fn lasting_playlists_are_all_the_others() {
        let mut random = Random::new(1);
        let mut met = BTreeSet::new();
        for _ in 0..1000 {
            met.extend(lasting_playlist(17, &mut random));
        }
        assert!(met.into_iter().eq((1..=17).filter(|id| id % EVERY != 0)));
        assert_eq!(lasting_playlist(0, &mut random), None);
    }
}
