//! The bounds of a window and of the readers on it, and how a user lifts them.

use std::fmt;
use std::ops::Range;

use crate::json::{Failure, MAX_DEPTH};

/// The most that a window holds, and how a user lifts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldLimit {
    /// Bytes.
    pub bytes: usize,
    /// What is held, for the message: "one operation".
    pub what: &'static str,
    /// The command line flag that sets the limit: "--max-operation".
    pub flag: &'static str,
}

/// The bounds of a window and of the readers on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most that is held.
    pub hold: HoldLimit,
    /// How deeply arrays and objects may nest.
    pub depth: u32,
}

impl From<HoldLimit> for Limits {
    fn from(hold: HoldLimit) -> Self {
        let depth = MAX_DEPTH;
        Limits { hold, depth }
    }
}

impl fmt::Display for HoldLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is longer than {} bytes; {} sets this limit",
            self.what, self.bytes, self.flag
        )
    }
}

impl std::error::Error for HoldLimit {}

impl HoldLimit {
    /// Checks what stands between two offsets of the stream.
    ///
    /// # Errors
    /// [`Failure::Limit`] at its start where it is longer than the limit.
    #[inline]
    pub fn check(self, range: &Range<u64>) -> Result<(), Failure> {
        if range.end - range.start <= self.bytes as u64 {
            return Ok(());
        }
        Err(Failure::Limit {
            offset: range.start,
            message: self.to_string(),
        })
    }

    /// What is wrong with something that starts at `start`, whose reading has ended with `failure`: where it is longer than the limit
    /// up to there, that is what counts. How much of it was read before that was noticed depends on what else is held.
    #[cold]
    pub fn judge(self, start: u64, failure: Failure) -> Failure {
        let end = failure.offset().unwrap_or(start);
        self.check(&(start..end)).err().unwrap_or(failure)
    }
}
