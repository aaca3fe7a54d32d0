//! Batches in, lists out: in memory as long as there is room, and on disk from then on.

use super::batch::{Batch, Consumer};
use super::counts::Counts;
use super::lists::Lists;
use super::runs::Runs;
use super::table::Table;
use crate::error::Result;
use crate::io::Progress;
use crate::rejects::Rejects;

/// Streams whose places in memory are looked for together.
const AT_ONCE: usize = 64;

/// Takes batches into a table, and tables that are full into runs.
pub(super) struct Consolidation<'r> {
    table: Table,
    runs: Runs,
    /// Most bytes of a table.
    room: usize,
    counts: Counts,
    rejects: &'r mut Rejects,
    progress: &'r Progress,
}

impl<'r> Consolidation<'r> {
    pub(super) fn new(room: usize, rejects: &'r mut Rejects, progress: &'r Progress) -> Self {
        Consolidation {
            table: Table::default(),
            runs: Runs::default(),
            room,
            counts: Counts::default(),
            rejects,
            progress,
        }
    }

    /// All lists, in memory or on disk.
    pub(super) fn finish(mut self) -> Result<(Box<dyn Lists>, Counts)> {
        if self.runs.is_empty() {
            return Ok((Box::new(self.table), self.counts));
        }
        self.runs.add(&mut self.table)?;
        self.counts.spilled = self.runs.count;
        Ok((Box::new(self.runs), self.counts))
    }
}

impl Consumer for Consolidation<'_> {
    fn take(&mut self, mut batch: Batch) -> Result<()> {
        self.progress.count(batch.read);
        self.rejects.append(&mut batch.rejects)?;
        if batch.has_last_reject {
            self.rejects.finish()?;
        }
        for list in &batch.lists {
            self.table.recommend(&batch, list)?;
        }
        self.counts.listed += batch.listed.len() as u64;
        for streams in batch.streams.chunks(AT_ONCE) {
            self.table.hear(&batch, streams)?;
        }
        let seconds = batch.streams.iter().map(|stream| stream.seconds as u128);
        self.counts.seconds += seconds.sum::<u128>();
        self.counts.streams += batch.streams.len() as u64;
        if self.table.bytes() > self.room {
            self.runs.add(&mut self.table)?;
            self.table.clear();
        }
        Ok(())
    }
}
