//! Numbers of lists, rows and descriptions: 32 bits, for there are many of them.

use crate::error::{Error, Result};

/// Where there is no description, or nothing was heard. Never the number of anything.
pub(super) const NONE: u32 = u32::MAX;

/// A number for what comes behind so many others.
pub(super) fn fits(number: usize) -> Result<u32> {
    u32::try_from(number)
        .ok()
        .filter(|&number| number != NONE)
        .ok_or_else(|| {
            Error::limit("more than 4294967294 tracks of playlists at once; --max-memory keeps fewer in memory")
        })
}
