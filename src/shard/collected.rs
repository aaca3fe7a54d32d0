//! Rejects of steps that run side by side, and step `rejects`, which puts them in the order of the operations.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use serde::Serialize;

use super::blocks::CHANGES;
use super::ending::Ending;
use super::frame::tag;
use super::record::{Buckets, each_record, put_bytes, put_number};
use super::work::Work;
use crate::error::Result;
use crate::io::Sink;
use crate::operation::OperationKind;
use crate::rejects::{OnReject, Reason, Reject, RejectBatch};

/// Lines of a reject file on their way to the partition of changes that they are about.
pub(super) struct RejectLines {
    on_reject: OnReject,
    batch: RejectBatch,
    buckets: Buckets,
    counts: BTreeMap<Reason, u64>,
    ending: Option<Ending>,
}

/// What a step has done with operations.
#[derive(Default, Serialize)]
pub(super) struct FoundOutcome {
    pub(super) applied: BTreeMap<OperationKind, u64>,
    pub(super) rejected: BTreeMap<Reason, u64>,
    /// Playlists of the mixtape that are gone.
    pub(super) removed: u64,
    /// New ones that are there.
    pub(super) created: u64,
    /// Where its operations end the run.
    pub(super) ending: Option<Ending>,
}

impl RejectLines {
    pub(super) fn new(partitions: u32, on_reject: OnReject) -> Self {
        RejectLines {
            on_reject,
            batch: RejectBatch::default(),
            buckets: Buckets::new(tag::REJECTS, partitions),
            counts: BTreeMap::new(),
            ending: None,
        }
    }

    /// Takes one more, behind those before it; `ending` is what it is to a run that it ends.
    pub(super) fn add(
        &mut self,
        to: u32,
        reject: &Reject<'_>,
        ending: impl FnOnce() -> Option<Ending>,
        output: &mut Sink,
    ) -> Result<()> {
        *self.counts.entry(reject.rejection.reason()).or_default() += 1;
        if self.on_reject == OnReject::Stop {
            self.ending = self.ending.take().or_else(ending);
            return Ok(());
        }
        self.batch.add(CHANGES, None, reject);
        let line = self.batch.take_lines();
        self.buckets.add(to, output, |out| {
            put_number(out, reject.number);
            put_bytes(out, &line);
        })
    }

    /// Writes the rest.
    pub(super) fn finish(self, output: &mut Sink) -> Result<FoundOutcome> {
        self.buckets.finish(output)?;
        Ok(FoundOutcome {
            rejected: self.counts,
            ending: self.ending,
            ..FoundOutcome::default()
        })
    }
}

/// The step.
pub(super) fn run(work: Work<'_, impl Read>) -> Result<()> {
    let Work {
        plan,
        mut frames,
        output,
        ..
    } = work;
    let mut lines = BTreeMap::new();
    each_record(&mut frames, |record| {
        let number = record.number()?;
        lines.insert(number, Box::<[u8]>::from(record.bytes()?));
        Ok(())
    })?;
    for (_, line) in lines.range(..=plan.last.unwrap_or(u64::MAX)) {
        output
            .write_all(line)
            .map_err(|error| output.error(error))?;
    }
    Ok(())
}
