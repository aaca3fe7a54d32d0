//! What a step is told beside its data: one frame of JSON, from whoever runs the steps.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::hash::shard_of;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::json::{Limits, Position};
use crate::limits;
use crate::mixtape::{Kind, Shape};
use crate::rejects::{OnReject, RejectLimit};

/// Which part of the whole a step works on, and what is in front of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// Partitions of everything: mixtape, changes, shards.
    pub partitions: NonZeroU32,
    /// This one, from 0.
    #[serde(default)]
    pub partition: u32,
    /// `users` or `songs`, for the step that reads both.
    #[serde(default)]
    pub kind: String,
    /// Whether ids of 2^64 and above belong to one shard, the first: where new playlists may get such ids.
    #[serde(default)]
    pub large_ids_together: bool,
    /// Operations in front of this partition of changes.
    #[serde(default)]
    pub operations: u64,
    /// Lines in front of it.
    #[serde(default)]
    pub lines: u64,
    /// Bytes in front of it.
    #[serde(default)]
    pub bytes: u64,
    /// The largest id below 2^64 that a playlist has had in front of it; 0 where there is none.
    #[serde(default)]
    pub largest: u64,
    /// Rejects in front of it.
    #[serde(default)]
    pub rejects: u64,
    /// The operation at which the changes end the run; rejects behind it are none.
    #[serde(default)]
    pub until: Option<u64>,
    /// The last operation that is written among the rejects; all of them where there is none.
    #[serde(default)]
    pub last: Option<u64>,
}

impl Plan {
    /// Where an id belongs.
    pub(super) fn shard(&self, id: Id<'_>) -> u32 {
        if self.large_ids_together && is_large(id) {
            return 0;
        }
        shard_of(id, self.partitions)
    }

    /// Where its changes start.
    pub(super) fn start(&self) -> Position {
        Position {
            line: self.lines + 1,
            column: 1,
            byte: self.bytes,
        }
    }

    pub(super) fn kind(&self) -> Result<Kind> {
        match &self.kind[..] {
            "users" => Ok(Kind::Users),
            "songs" => Ok(Kind::Songs),
            _ => Err(Error::usage("the plan's kind must be users or songs")),
        }
    }
}

/// Whether it is a canonical decimal number of 2^64 or more.
fn is_large(id: Id<'_>) -> bool {
    let text = id.text.as_bytes();
    text.len() >= 20
        && text[0] != b'0'
        && text.iter().all(u8::is_ascii_digit)
        && id.decimal().is_none()
}

/// What all steps behind the first ones know about the whole mixtape.
#[derive(Serialize, Deserialize)]
pub(super) struct Ground {
    pub(super) shape: Shape,
}

/// The bounds of a run; those of [`ApplyOptions`](crate::apply::ApplyOptions).
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most bytes of one operation.
    pub max_operation: usize,
    /// Most bytes of one id in the mixtape.
    pub max_id: usize,
    /// How deeply arrays and objects may nest.
    pub max_depth: u32,
    /// What a rejected operation means.
    pub on_reject: OnReject,
    /// The most rejects.
    pub max_rejects: Option<RejectLimit>,
}

impl Bounds {
    pub(super) fn of_ids(&self) -> Limits {
        let hold = limits::of_id(self.max_id);
        let depth = self.max_depth;
        Limits { hold, depth }
    }

    pub(super) fn of_operations(&self) -> Limits {
        let hold = limits::of_operation(self.max_operation);
        let depth = self.max_depth;
        Limits { hold, depth }
    }
}
