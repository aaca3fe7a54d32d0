//! Step `count`: how a partition of changes moves the largest id of a playlist.

use std::io::Read;

use serde::Serialize;

use super::blocks::behind;
use super::frame::{self, Frames, damaged, tag};
use super::judge::{Judge, Judged, Missing, TOGETHER};
use super::named::CHANGES;
use super::plan::Bounds;
use super::to_json;
use crate::changes::{self, BatchSize, ChangesFormat, Consumer, Start};
use crate::error::Result;
use crate::id::Id;
use crate::io::Sink;
use crate::json::Held;
use crate::mixtape::Shape;
use crate::operation::Operation;
use crate::rejects::{Reject, Verdict};

/// What is the largest `n` in front of the partition is the larger of `n + more` and `least` behind it, and never more than
/// 2^64 - 1. Partitions can be counted apart, and their moves made one after the other.
#[derive(Default, Serialize)]
struct FoundMove {
    more: u64,
    least: u64,
}

impl FoundMove {
    fn number(&mut self) {
        self.more = self.more.saturating_add(1);
        if self.least > 0 {
            self.least = self.least.saturating_add(1);
        }
    }

    fn name(&mut self, id: Id<'_>) {
        self.least = self.least.max(id.decimal().unwrap_or(0));
    }
}

pub(super) fn run(
    frames: &mut Frames<impl Read>,
    output: &mut Sink,
    bounds: &Bounds,
) -> Result<()> {
    let plan = frames.plan()?;
    let ground = frames.ground()?;
    let mut counting = Counting {
        shape: &ground.shape,
        judge: Judge {
            users: Missing::default(),
            songs: Missing::default(),
            largest: 0,
        },
        found: FoundMove::default(),
    };
    let mut position = plan.start();
    while let Some(block) = frames.next()? {
        match block.tag {
            tag::MISSING_USERS => counting.judge.users.take(block.payload)?,
            tag::MISSING_SONGS => counting.judge.songs.take(block.payload)?,
            tag::LINES => {
                let start = Start::Behind {
                    format: ChangesFormat::Ndjson,
                    operations: 0,
                    position,
                };
                let limits = bounds.of_operations();
                changes::read_from(CHANGES, block.payload, start, limits, &mut counting)?;
                position = behind(position, block.payload);
            }
            _ => return Err(damaged()),
        }
    }
    frame::write(output, tag::FOUND, 0, &to_json(&counting.found))
}

struct Counting<'c> {
    shape: &'c Shape,
    judge: Judge,
    found: FoundMove,
}

impl Consumer for Counting<'_> {
    fn batch_size(&self) -> BatchSize {
        TOGETHER
    }

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        _: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        let found = &mut self.found;
        self.judge
            .judge(self.shape, operations, |_, _, judged| match judged {
                Judged::Rejected(_) => {}
                Judged::Named(id) => found.name(id),
                Judged::Numbered(_) => found.number(),
            })
    }

    fn reject(&mut self, _: &Reject<'_>, _: &dyn Held) -> Result<()> {
        Ok(()) // the next step does
    }
}
