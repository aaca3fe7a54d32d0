//! What one pass over a document finds out about its layout.

use std::ops::Range;

use super::layout::Layout;
use super::place::Place;
use super::separator::Separators;

/// The playlists at the ends of the array.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// First byte of the first one.
    pub(super) start: u64,
    /// Behind the last but one.
    pub(super) before_last: Option<u64>,
    pub(super) last: Option<Place>,
}

impl Ends {
    /// From the first playlist's first byte to behind the last one.
    pub(super) fn span(&self) -> Option<Range<u64>> {
        Some(self.start..self.last.as_ref()?.end)
    }
}

/// What one pass over the document finds out about its layout.
pub(super) struct Outline<'o> {
    pub(super) layout: Layout,
    pub(super) owner: &'o str,
    pub(super) number_ids: bool,
    pub(super) array: Range<u64>,
    pub(super) ends: Ends,
    pub(super) separators: &'o Separators,
}
