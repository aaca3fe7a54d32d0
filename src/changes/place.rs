//! What messages call an element of CHANGES, and where it stands.

use crate::error::Broken;
use crate::json::ElementPath;

/// What messages call an element of CHANGES.
pub(super) const ELEMENT: &str = "operation";

/// The operation in which reading ended, by its number and its path in the document.
pub(super) fn broken(start: u64, number: u64, path: ElementPath<'_>) -> Option<Broken> {
    Some(Broken::new(start, ELEMENT, number, path))
}
