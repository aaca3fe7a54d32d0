//! Changes to a mixtape.

mod flat;
mod grouped;
mod operation;
mod operations;
mod removals;

use crate::rate::Rate;
use crate::sizes::Sizes;
use crate::stream::{Source, Stream, reads_as_its_stream};
use flat::Flat;
use grouped::Grouped;
use operations::Operations;
use std::num::NonZeroU64;

/// How the operations are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangesLayout {
    /// A JSON array with one operation a line.
    #[default]
    Array,
    /// One operation a line and nothing around them.
    Ndjson,
    /// One JSON object with the removals, then the additions to playlists, then the new ones.
    Grouped,
}

/// What [`Changes`] generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangesOptions {
    /// How many operations; in the grouped layout each song added to a playlist counts as one.
    pub operations: u64,
    /// How many playlists the mixtape has.
    pub playlists: u64,
    /// How many users it has; [`default_size`](crate::default_size) if `None`.
    pub users: Option<NonZeroU64>,
    /// How many songs it has; [`default_size`](crate::default_size) if `None`.
    pub songs: Option<NonZeroU64>,
    /// How the operations are arranged.
    pub layout: ChangesLayout,
    /// The share of operations that cannot be applied: they refer to a playlist, song or user that
    /// there is not, lack a member, bring no songs or, except in the grouped layout, are of an
    /// unknown type.
    pub reject: Rate,
    /// Only pairs that leave the mixtape as it was: a new playlist, then its removal.
    pub churn: bool,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for ChangesOptions {
    fn default() -> Self {
        Self {
            operations: 100,
            playlists: 100,
            users: None,
            songs: None,
            layout: ChangesLayout::Array,
            reject: Rate::NEVER,
            churn: false,
            seed: 1,
        }
    }
}

impl ChangesOptions {
    /// Answers why these options contradict each other, if they do.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.churn && self.layout == ChangesLayout::Grouped {
            return Err("churn needs operations in order, which the grouped layout cannot express");
        }
        if self.churn && self.reject != Rate::NEVER {
            return Err("churn consists of applicable operations only; it has no reject rate");
        }
        if self.churn && !self.operations.is_multiple_of(2) {
            return Err("churn consists of pairs; it needs an even number of operations");
        }
        Ok(())
    }
}

/// Operations on a mixtape of so many playlists, users and songs, with ids from 1 up.
///
/// All of them can be applied in order, except for the share that is asked to be rejected:
/// about 80 % add a song to a playlist, 10 % add a playlist and 10 % remove one, as long as
/// playlists to remove are left (every fifth one is).
/// A song may be added to a playlist that has it already, and twice; an added playlist has no
/// song twice.
#[derive(Debug)]
pub struct Changes(Stream<Either>);

impl Changes {
    /// A generator at its first byte.
    ///
    /// # Panics
    ///
    /// If the options contradict each other; see [`ChangesOptions::check`].
    pub fn new(options: ChangesOptions) -> Self {
        if let Err(contradiction) = options.check() {
            panic!("{contradiction}");
        }
        let sizes = Sizes::new(options.playlists, options.users, options.songs);
        let operations = Operations::new(sizes, &options);
        Self(Stream::new(match options.layout {
            ChangesLayout::Array | ChangesLayout::Ndjson => {
                Either::Flat(Flat::new(operations, &options))
            }
            ChangesLayout::Grouped => Either::Grouped(Grouped::new(operations, &options)),
        }))
    }
}

reads_as_its_stream!(Changes);

#[derive(Debug)]
enum Either {
    Flat(Flat),
    Grouped(Grouped),
}

impl Source for Either {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Flat(source) => source.append_piece(out),
            Self::Grouped(source) => source.append_piece(out),
        }
    }
}
