//! How much there is: in the inputs, and of the table that they make.

use serde::Serialize;

/// What was taken of the inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Tracks in lists, those that stand there again included.
    pub(super) listed: u64,
    pub(super) streams: u64,
    /// The seconds of all streams: more than 64 bits hold, should it be.
    pub(super) seconds: u128,
    /// Tables that were put on disk for want of memory.
    pub(super) spilled: u64,
}

/// The table that PLAYLISTS and EVENTS make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableCounts {
    /// Rows.
    pub rows: u64,
    /// Users that have a playlist.
    pub users: u64,
    /// Rows that were recommended.
    pub recommended: u64,
    /// Rows that were recommended and heard.
    pub recommended_heard: u64,
    /// Rows that were heard, recommended or not.
    pub heard: u64,
}

impl TableCounts {
    /// One more row.
    pub(super) fn count(&mut self, is_recommended: bool, is_heard: bool) {
        self.rows += 1;
        self.recommended += u64::from(is_recommended);
        self.heard += u64::from(is_heard);
        self.recommended_heard += u64::from(is_recommended && is_heard);
    }
}
