//! What a run did.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::counts::{Counts, TableCounts};
use super::fields::FieldNames;
use super::input::InputRead;
use super::load::LoadSummary;
use crate::rejects::{Reason, Rejects};

/// What a run did.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// What PLAYLISTS had.
    pub playlists: PlaylistCounts,
    /// What EVENTS had.
    pub events: EventCounts,
    /// What was rejected of both, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// The table that they make.
    pub table: TableCounts,
    /// What the database got, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<LoadSummary>,
    /// How often the table was put on disk for want of memory.
    pub spilled: u64,
    /// Wall-clock time of the whole run.
    pub seconds: f64,
}

/// What PLAYLISTS had.
#[derive(Clone, Debug, Serialize)]
pub struct PlaylistCounts {
    /// Rows, rejected ones included.
    pub read: u64,
    /// Rows that were rejected.
    pub rejected: u64,
    /// Tracks in lists, those that stand in one again included.
    pub listed: u64,
    /// Bytes, decompressed.
    pub bytes: u64,
    /// What was taken for what: a field, and the names that it had.
    pub taken: Vec<Taken>,
}

/// What EVENTS had: `read` is the sum of `counted`, `other_context` and `rejected`.
#[derive(Clone, Debug, Serialize)]
pub struct EventCounts {
    /// Events.
    pub read: u64,
    /// Streams of personalised playlists.
    pub counted: u64,
    /// Streams of anything else.
    pub other_context: u64,
    /// Events that were rejected.
    pub rejected: u64,
    /// The seconds of those that count.
    pub seconds: u128,
    /// Bytes, decompressed.
    pub bytes: u64,
    /// What was taken for what: a field, and the names that it had.
    pub taken: Vec<Taken>,
}

/// A field and the names under which it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The word of `--map`; `separator` for what stands between the fields of EVENTS, where that is no comma.
    pub field: &'static str,
    /// Its names, with bars between.
    pub names: String,
}

impl Summary {
    pub(super) fn new(
        names: &FieldNames,
        [playlists, events]: &[InputRead; 2],
        rejects: &Rejects,
        counts: Counts,
        table: TableCounts,
        database: Option<LoadSummary>,
        time: Duration,
    ) -> Self {
        let taken = |input: &InputRead| {
            let separator = input.separator.map(|name| ("separator", name.to_owned()));
            let named = input.taken.named(names).into_iter().chain(separator);
            named.map(|(field, names)| Taken { field, names }).collect()
        };
        Summary {
            playlists: PlaylistCounts {
                read: playlists.read,
                rejected: playlists.rejected,
                listed: counts.listed,
                bytes: playlists.bytes,
                taken: taken(playlists),
            },
            events: EventCounts {
                read: events.read,
                counted: counts.streams,
                other_context: events.other_context,
                rejected: events.rejected,
                seconds: counts.seconds,
                bytes: events.bytes,
                taken: taken(events),
            },
            rejected: rejects.by_reason().collect(),
            table,
            database,
            spilled: counts.spilled,
            seconds: time.as_secs_f64(),
        }
    }
}
