//! What operations have made of a mixtape.

pub(super) mod appended;
mod change;
mod created;
mod fates;

use crate::io::Memory;
use crate::mixtape::room::NoRoom;
use appended::Appended;
use created::CreatedPlaylists;
use fates::Fates;

pub(super) use appended::{Lasts, List};
pub use change::Changing;
pub(super) use created::Created;
pub use created::further_members;
pub(super) use fates::Fate;

/// What operations have made of a mixtape: it grows with them, and only one after the other may change it.
pub struct Changed {
    pub(super) fates: Fates,
    pub(super) created: CreatedPlaylists,
    pub(super) appended: Appended,
    pub(super) counters: Counters,
}

/// Where generated ids go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// The largest canonical decimal id below 2^64 that a playlist has had.
    pub largest: Option<u64>,
    /// The largest id that was tried above 2^64.
    pub beyond: u128,
}

impl Changed {
    /// Nothing yet, in a mixtape of so many playlists.
    pub(super) fn nothing(
        playlists: usize,
        counters: Counters,
        memory: &Memory,
    ) -> Result<Self, NoRoom> {
        Ok(Changed {
            fates: Fates::of_kept(playlists, memory)?,
            created: CreatedPlaylists::new(memory),
            appended: Appended::new(memory),
            counters,
        })
    }

    /// Playlists that exist now.
    pub fn playlist_count(&self) -> u64 {
        self.fates.live() + self.created.len() as u64
    }
}
