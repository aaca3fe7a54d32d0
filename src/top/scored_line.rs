//! One scored line.

use super::score::Score;

/// What a line says, borrowed until the next one is read.
pub(super) struct ScoredLine<'a> {
    /// Where it starts; tells which of two lines is earlier.
    pub(super) offset: u64,
    pub(super) score: Score<'a>,
    /// The id as it is written.
    pub(super) id: &'a [u8],
    /// The whole line without its end; empty where lines are not kept.
    pub(super) text: &'a [u8],
}
