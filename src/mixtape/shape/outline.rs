//! What one pass over a document finds out about its layout.

use std::ops::Range;

use super::place::Place;
use super::separator::Separators;
use crate::mixtape::layout::Layout;

/// The playlists at the ends of the array.
#[derive(Clone, Debug, Default)]
pub(in crate::mixtape) struct Ends {
    /// First byte of the first one.
    pub(in crate::mixtape) start: u64,
    /// Behind the last but one.
    pub(in crate::mixtape) before_last: Option<u64>,
    pub(in crate::mixtape) last: Option<Place>,
}

impl Ends {
    /// From the first playlist's first byte to behind the last one.
    pub(in crate::mixtape) fn span(&self) -> Option<Range<u64>> {
        Some(self.start..self.last.as_ref()?.end)
    }
}

/// What one pass over the document finds out about its layout.
pub(in crate::mixtape) struct Outline<'o> {
    pub(in crate::mixtape) layout: Layout,
    pub(in crate::mixtape) owner: &'o str,
    pub(in crate::mixtape) number_ids: bool,
    pub(in crate::mixtape) array: Range<u64>,
    pub(in crate::mixtape) ends: Ends,
    pub(in crate::mixtape) separators: &'o Separators,
}
