//! How many playlists, users and songs there are, and ids drawn from them.

use crate::random::Random;
use std::num::NonZeroU64;

/// How many users and how many songs go with so many playlists, unless the options say otherwise.
///
/// [`Mixtape`](crate::Mixtape) and [`Changes`](crate::Changes) share it, so that the two fit
/// together whenever they are asked for the same number of playlists.
pub const fn default_size(playlists: u64) -> NonZeroU64 {
    NonZeroU64::MIN.saturating_add(playlists / 2)
}

/// The sizes of a mixtape; in each of its lists the ids run from 1 up to the size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) playlists: u64,
    pub(crate) users: u64,
    pub(crate) songs: u64,
}

impl Sizes {
    pub(crate) fn new(
        playlists: u64,
        users: Option<NonZeroU64>,
        songs: Option<NonZeroU64>,
    ) -> Self {
        let or_default = |size: Option<NonZeroU64>| size.unwrap_or(default_size(playlists)).get();
        Self {
            playlists,
            users: or_default(users),
            songs: or_default(songs),
        }
    }

    /// The id of a user.
    pub(crate) fn user(&self, random: &mut Random) -> u64 {
        1 + random.below(self.users)
    }

    /// The ids of so many different songs, or of all the songs if there are not that many.
    pub(crate) fn song_walk(&self, count: u64, random: &mut Random) -> SongWalk {
        let left = count.min(self.songs);
        SongWalk {
            next: 1 + random.below(self.songs),
            songs: self.songs,
            stride: self.songs / left.max(1),
            left,
        }
    }
}

/// Different songs without a memory of the ones before: it starts at a random song and walks on
/// in random steps, each so short that all of them together do not come round to the start.
#[derive(Debug)]
pub(crate) struct SongWalk {
    next: u64,
    songs: u64,
    stride: u64,
    left: u64,
}

impl SongWalk {
    pub(crate) fn next_song(&mut self, random: &mut Random) -> Option<u64> {
        self.left = self.left.checked_sub(1)?;
        let song = self.next;
        let step = 1 + random.below(self.stride);
        let before_the_end = self.songs - song;
        self.next = if step <= before_the_end {
            song + step
        } else {
            step - before_the_end
        };
        Some(song)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_walk_meets_no_song_twice() {
        let mut random = Random::new(1);
        for songs in 1..40 {
            let sizes = Sizes::new(0, None, NonZeroU64::new(songs));
            for count in 0..50 {
                let mut walk = sizes.song_walk(count, &mut random);
                let met: Vec<u64> = std::iter::from_fn(|| walk.next_song(&mut random)).collect();
                let different: BTreeSet<u64> = met.iter().copied().collect();
                assert_eq!(met.len() as u64, count.min(songs));
                assert_eq!(different.len(), met.len());
                assert!(met.iter().all(|id| (1..=songs).contains(id)));
            }
        }
    }
}
