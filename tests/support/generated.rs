//! Generated inputs that are short enough to be held.

use std::io::Read;

use data_gen::{Changes, ChangesOptions, Mixtape, MixtapeOptions, Rate};

/// All that a generator gives.
pub fn all(mut generator: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    generator
        .read_to_end(&mut bytes)
        .expect("a generator never fails");
    bytes
}

/// A mixtape of so many playlists, otherwise as it usually is.
pub fn mixtape_of(playlists: u64) -> Vec<u8> {
    all(Mixtape::new(MixtapeOptions {
        playlists,
        ..MixtapeOptions::default()
    }))
}

/// So many operations on a mixtape of so many playlists; of a million of them so many are rejected.
pub fn changes_of(playlists: u64, operations: u64, rejected_per_million: u32) -> Vec<u8> {
    all(Changes::new(ChangesOptions {
        playlists,
        operations,
        reject: Rate::from_per_million(rejected_per_million),
        ..ChangesOptions::default()
    }))
}
