//! Step `tally`: the rejects of a partition of changes, and the one of them that is one too many.

use std::io::Read;

use serde::Serialize;

use super::frame;
use super::record::each_record;
use super::work::Work;
use crate::error::Result;

/// What it has counted.
#[derive(Serialize)]
struct FoundRejects {
    rejects: u64,
    /// How many rejects there are with the one that is one too many, and its number; it counts once it is known how many
    /// there are in front of the partition.
    passed: Option<(u64, u64)>,
}

pub(super) fn run(work: Work<'_, impl Read>) -> Result<()> {
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let mut numbers = Vec::new();
    each_record(&mut frames, |record| {
        numbers.push(record.number()?);
        record.bytes()?;
        Ok(())
    })?;
    // What one machine would no longer have come to is no reject.
    numbers.retain(|&number| plan.until.is_none_or(|until| number < until));
    numbers.sort_unstable();
    let is_passed = |&(rejected, read): &(u64, u64)| {
        let limit = bounds.max_rejects;
        limit.is_some_and(|limit| limit.is_passed_already(rejected, read))
    };
    let found = FoundRejects {
        rejects: numbers.len() as u64,
        passed: (plan.rejects + 1..).zip(numbers).find(is_passed),
    };
    frame::write_found(output, &found)
}
