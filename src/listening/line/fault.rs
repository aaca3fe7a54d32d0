//! Why a line cannot be used.

use crate::listening::fields::Field;
use crate::rejects::Rejection;

/// Why a line cannot be used.
#[derive(Clone, Copy)]
pub(in crate::listening) enum Fault {
    Rejected(Rejection<'static>),
    /// A field was not found in it, where none was found so far: perhaps it has another name.
    Strange(Field),
}

/// Something of another type than it must be.
pub(super) fn wrong(what: &'static str, expected: &'static str) -> Fault {
    Fault::Rejected(Rejection::WrongType { what, expected })
}
