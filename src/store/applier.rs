//! Operations on their way into the store, transaction by transaction, each with the marker that says how far they are.

use std::io::Read;
use std::time::{Duration, Instant};

use super::effects::{Taking, Written};
use super::follow::Gauge;
use super::identify;
use super::marker::Marker;
use super::options::StoreApplyOptions;
use super::resolve::{Resolver, ids_to_try};
use super::runs::Runs;
use super::state::{Document, State};
use super::trail::{Print, TrailHandle};
use crate::changes::{self, BatchSize, ChangesFormat, Consumer, Passed, Start};
use crate::database::Database;
use crate::error::Result;
use crate::json::{Held, Limits};
use crate::limits;
use crate::mixtape::Part;
use crate::operation::{Operation, OperationKind};
use crate::rejects::{OnReject, Reject, RejectLimit, Rejects, Verdict};

/// An endless source is committed as often, at least.
const OFTEN: Duration = Duration::from_secs(1);

/// The store and the rejects, as the reader of CHANGES sees them.
pub(super) struct Applier<'a> {
    pub(super) database: &'a mut Database,
    pub(super) document: &'a Document,
    pub(super) name: &'a str,
    pub(super) options: &'a StoreApplyOptions,
    /// Operations of earlier runs that the reader of CHANGES does not count: those of an endless source.
    pub(super) operations_before: u64,
    /// Rejects of earlier runs.
    pub(super) rejected_before: u64,
    pub(super) state: State,
    pub(super) marker: Marker,
    pub(super) trail: TrailHandle,
    /// What the source must be up to where new operations begin, until that is seen.
    pub(super) expected: Option<Print>,
    /// Of an endless source.
    pub(super) gauge: Option<Gauge>,
    pub(super) resolver: Resolver,
    pub(super) written: Written,
    pub(super) runs: Runs,
    pub(super) rejects: &'a mut Rejects,
    pub(super) applied: [u64; OperationKind::ALL.len()],
    pub(super) in_transaction: bool,
    /// Whether the marker says all that was done.
    pub(super) is_between: bool,
    /// Operations since the last commit.
    pub(super) uncommitted: u64,
    pub(super) committed_at: Instant,
    pub(super) commits: u64,
}

impl Applier<'_> {
    /// Reads the source from `start` to its end.
    pub(super) fn run(&mut self, source: impl Read, start: Start) -> Result<()> {
        let limits = Limits {
            hold: limits::of_operation(self.options.max_operation),
            depth: self.options.max_depth,
        };
        let read = changes::read_from(self.name, source, start, limits, self);
        let checked = read.and_then(|amount| {
            self.check_source()?;
            self.check_rejects(amount.operations, RejectLimit::is_passed)?;
            Ok(amount)
        });
        match checked {
            Ok(amount) => self.end(amount.operations),
            // What was dealt with before the place that is wrong is done: once that is mended, a run goes on there.
            Err(error) if self.is_between && self.expected.is_none() => {
                self.commit().and(Err(error))
            }
            Err(error) => {
                // They say why.
                let _ = self.rejects.checkpoint();
                Err(error)
            }
        }
    }

    /// All of the source is dealt with.
    fn end(&mut self, operations: u64) -> Result<()> {
        self.marker.operations = self.operations_before + operations;
        if self.gauge.is_none() {
            self.marker.is_done = true;
            if let Some(print) = self.trail.all(&mut self.marker.place) {
                self.marker.print = print;
            }
            self.begin()?;
        }
        self.commit()
    }

    fn begin(&mut self) -> Result<()> {
        if !self.in_transaction {
            self.database.begin()?;
            self.in_transaction = true;
        }
        Ok(())
    }

    /// Commits what was done since the last time, if anything was.
    fn commit(&mut self) -> Result<()> {
        if !self.in_transaction {
            return Ok(());
        }
        self.write_edits()?;
        // First the rejects, then what says how many of them count: should we end in between, the rest is cut off.
        self.marker.reject_bytes = self.rejects.checkpoint()?;
        self.marker.rejected = self.rejected_before + self.rejects.total();
        self.state.commits += 1;
        self.marker.commits = self.state.commits;
        self.state.write(self.database)?;
        self.marker.write(self.database)?;
        self.database.commit()?;
        self.in_transaction = false;
        self.uncommitted = 0;
        self.commits += 1;
        self.committed_at = Instant::now();
        Ok(())
    }

    fn write_edits(&mut self) -> Result<()> {
        let (edits, next) = (&mut self.written.edits, &mut self.state.next_run);
        self.runs.add(self.database, edits, next)
    }

    /// Sees whether the source is the one that was begun, before anything of it takes effect.
    fn check_source(&mut self) -> Result<()> {
        let Some(expected) = self.expected.take() else {
            return Ok(());
        };
        if self.trail.up_to(expected.offset).as_ref() == Some(&expected) {
            return Ok(());
        }
        self.expected = Some(expected);
        Err(identify::other_stream(self.name, &self.marker))
    }

    /// Ends the run when too many of `read` operations are rejected.
    fn check_rejects(&self, read: u64, is_passed: fn(RejectLimit, u64, u64) -> bool) -> Result<()> {
        let rejected = self.rejected_before + self.rejects.total();
        match self.options.max_rejects {
            Some(limit) if is_passed(limit, rejected, read) => {
                Err(limit.error(self.name, "operations", rejected, read))
            }
            _ => Ok(()),
        }
    }
}

impl Consumer for Applier<'_> {
    fn begins(&mut self, format: ChangesFormat) -> Result<()> {
        self.marker.format = Some(format);
        Ok(())
    }

    fn batch_size(&self) -> BatchSize {
        // As many for each look as go into a transaction without a rest.
        let batch = usize::try_from(self.options.batch)
            .unwrap_or(usize::MAX)
            .max(1);
        let looks = batch.div_ceil(BatchSize::FOR_A_PART.operations);
        BatchSize {
            operations: batch.div_ceil(looks),
            ..BatchSize::FOR_A_PART
        }
    }

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.check_source()?;
        self.begin()?;
        self.is_between = false;
        let (shape, counters) = (&self.document.shape, self.state.counters);
        let to_try = ids_to_try(self.database, shape, counters, operations)?;
        let to_try = to_try.iter().map(|text| shape.generated(text));
        // The ids to be tried live shorter than the operations; what exists of both is forgotten at the end.
        let existing = self.resolver.resolve(self.database, operations, to_try)?;
        let mut part = Part::new(
            shape,
            existing.users.iter().map(|(id, _)| *id),
            existing.songs.iter().map(|(id, _)| *id),
            existing.playlists.iter().map(|(id, _)| *id),
            counters,
        )?;
        let applied = &mut self.applied;
        part.apply(operations, |number, outcome| {
            applied[operations[number].kind() as usize] += u64::from(outcome.is_ok());
            verdict(number, outcome);
        })?;
        self.state.counters = part.counters();
        part.effects(&mut Taking {
            written: &mut self.written,
            existing: &existing,
            state: &mut self.state,
            resolver: &mut self.resolver,
            in_document: self.document.playlists,
        })?;
        self.written.write_ids(self.database)?;
        if self.written.edits.is_full() {
            self.write_edits()?;
        }
        self.options.progress.count(operations.len() as u64);
        Ok(())
    }

    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()> {
        self.check_source()?;
        self.begin()?;
        self.is_between = false;
        if self.options.on_reject == OnReject::Stop {
            return Err(reject.error(self.name, held));
        }
        self.rejects.add(self.name, reject)?;
        self.check_rejects(reject.number, RejectLimit::is_passed_already)
    }

    fn passed<'p>(&mut self, passed: impl FnOnce() -> Passed<'p>) -> Result<()> {
        let Passed {
            operations,
            position,
            last,
        } = passed();
        let operations = self.operations_before + operations;
        self.uncommitted += operations - self.marker.operations;
        self.marker.operations = operations;
        self.marker.place = position;
        if let Some(print) = self.trail.up_to(position.byte) {
            self.marker.print = print;
        }
        if let Some(member) = &self.options.position_member
            && let Some(position) = member_of(last, member)
        {
            self.marker.position = Some(position);
        }
        self.is_between = true;
        let is_due = self.gauge.is_some() && self.committed_at.elapsed() >= OFTEN;
        if self.uncommitted >= self.options.batch || is_due {
            self.commit()?;
        }
        Ok(())
    }

    fn is_eager(&self) -> bool {
        self.gauge.is_some()
    }

    fn waiting(&mut self) -> Result<()> {
        match &self.gauge {
            Some(gauge) if gauge.is_dry() => self.commit(),
            _ => Ok(()),
        }
    }
}

/// A member of an operation, as text: how a log spells a place in it.
fn member_of(operation: &[u8], member: &str) -> Option<String> {
    let mut members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(operation).ok()?;
    match members.remove(member)? {
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
