//! What became of the document's playlists: four bytes each, written by nobody but the one who applies operations.

use super::appended::{self, List};
use crate::io::Memory;
use crate::mixtape::room::{self, List as Room, NoRoom};

/// What became of each playlist, by its number.
pub(in crate::mixtape) struct Fates {
    lists: Room<List>,
    removed: u64,
}

/// In place of a list: the playlist is removed.
const REMOVED: List = List::MAX - 1;

/// What became of a playlist of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mixtape) enum Fate {
    Kept,
    Extended(List),
    Removed,
}

impl Fates {
    /// Of so many playlists, all of them kept as they are.
    pub(super) fn of_kept(count: usize, memory: &Memory) -> Result<Self, NoRoom> {
        Ok(Fates {
            lists: room::filled(appended::EMPTY, count, memory)?,
            removed: 0,
        })
    }

    /// Playlists of the document that are still there.
    pub(super) fn live(&self) -> u64 {
        self.lists.len() as u64 - self.removed
    }

    pub(in crate::mixtape) fn of(&self, index: u32) -> Fate {
        match self.lists[index as usize] {
            appended::EMPTY => Fate::Kept,
            REMOVED => Fate::Removed,
            songs => Fate::Extended(songs),
        }
    }

    pub(in crate::mixtape) fn is_removed(&self, index: u32) -> bool {
        self.of(index) == Fate::Removed
    }

    /// Reads what became of these, so that it is in the cache when an operation asks for it.
    pub(super) fn touch(&self, playlists: impl Iterator<Item = u32>) {
        let lists = playlists.map(|index| self.lists[index as usize]);
        std::hint::black_box(lists.fold(0, u32::wrapping_add));
    }

    /// The list of songs appended to a playlist that is not removed.
    pub(super) fn songs_mut(&mut self, index: u32) -> &mut List {
        debug_assert!(!self.is_removed(index));
        &mut self.lists[index as usize]
    }

    /// Marks a playlist whose list is empty as removed.
    pub(in crate::mixtape) fn remove(&mut self, index: u32) {
        self.lists[index as usize] = REMOVED;
        self.removed += 1;
    }
}
