//! What a scan says, and what it may look at.

/// Bytes that a buffer has behind the last one that counts.
pub(in crate::json) const SLACK: usize = 64;

/// Where a scan of a string stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::json) struct Stop {
    /// Index of the first quote, backslash or control character; `end` where there is none.
    pub(in crate::json) at: usize,
    /// Whether every byte before it is ASCII.
    pub(in crate::json) ascii: bool,
}
