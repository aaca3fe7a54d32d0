//! The bounds that several jobs have: what they are where nobody says, how messages call them, and the flag that lifts them.

use crate::json::HoldLimit;

/// Most bytes of an id.
pub(crate) const MAX_ID: usize = 16 << 20;

/// Most bytes of an operation.
pub(crate) const MAX_OPERATION: usize = 64 << 20;

/// Most bytes of a row or event.
pub(crate) const MAX_ROW: usize = 64 << 20;

pub(crate) const fn of_id(bytes: usize) -> HoldLimit {
    HoldLimit {
        bytes,
        what: "an id",
        flag: "--max-id",
    }
}

pub(crate) const fn of_operation(bytes: usize) -> HoldLimit {
    HoldLimit {
        bytes,
        what: "one operation",
        flag: "--max-operation",
    }
}

/// That of a row, or of what else stands for one: an event, a header.
pub(crate) const fn of_row(what: &'static str, bytes: usize) -> HoldLimit {
    HoldLimit {
        bytes,
        what,
        flag: "--max-row",
    }
}
