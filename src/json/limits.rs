//! The bounds of a window and of the readers on it, and how a user lifts them.

use std::fmt;

/// How deeply arrays and objects may nest where nobody says otherwise.
pub const MAX_DEPTH: u32 = 128;

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
