//! Where one playlist stands in a document.

use super::separator::SeparatorId;

/// One playlist of the document, by its positions.
#[derive(Clone, Debug)]
pub struct Place {
    /// First byte.
    pub start: u64,
    /// Behind the last song, or behind the opening bracket.
    pub insertion: u64,
    /// Behind the last byte.
    pub end: u64,
    /// How further songs are put in: a number that the document's [`Shape`](super::Shape) knows.
    pub separator: SeparatorId,
}
