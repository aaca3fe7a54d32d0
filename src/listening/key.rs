//! What tells a row of the table from all others: user, playlist and track.

use crate::database::TextLimits;
use crate::rejects::Rejection;

/// What is wrong with a key: it may be too long for the database.
pub(super) fn fault(key: [&str; 3], limits: TextLimits) -> Option<Rejection<'static>> {
    let limit = limits.longest_key;
    let length: usize = key.iter().map(|part| part.len()).sum();
    (length > limit).then_some(Rejection::TextTooLong {
        what: "the key of user, playlist and track",
        limit,
    })
}
