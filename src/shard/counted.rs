//! Step `count`: how a partition of changes moves the largest id of a playlist.

use std::io::Read;

use serde::Serialize;

use super::frame;
use super::judge::{Judge, Judged};
use super::partition::{self, Judging};
use super::work::Work;
use crate::changes::{BatchSize, Consumer};
use crate::error::Result;
use crate::id::Id;
use crate::json::Held;
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

pub(super) fn run(mut work: Work<'_, impl Read>) -> Result<()> {
    let shape = work.shape()?;
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let mut counting = Counting {
        judge: Judge::new(&shape, 0),
        found: FoundMove::default(),
    };
    // Where it ends early the next step says.
    partition::read(&mut frames, &plan, bounds.of_operations(), &mut counting)?;
    frame::write_found(output, &counting.found)
}

struct Counting<'c> {
    judge: Judge<'c>,
    found: FoundMove,
}

impl<'c> Judging<'c> for Counting<'c> {
    fn judge(&mut self) -> &mut Judge<'c> {
        &mut self.judge
    }
}

impl Consumer for Counting<'_> {
    fn batch_size(&self) -> BatchSize {
        BatchSize::FOR_A_PART
    }

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        _: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        let found = &mut self.found;
        self.judge.judge(operations, |_, _, judged| match judged {
            Judged::Rejected(_) => {}
            Judged::Named(id) => found.name(id),
            Judged::Numbered(_) => found.number(),
        })
    }

    fn reject(&mut self, _: &Reject<'_>, _: &dyn Held) -> Result<()> {
        Ok(()) // the next step does
    }
}
