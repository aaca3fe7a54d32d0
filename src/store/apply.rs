//! The pipeline of `mixtape apply --db`, whole.
//!
//! ```text
//! CHANGES ──▶ operations ──▶ what exists of what they name ──▶ the rules of apply ──▶ rows ─┐
//!    │                                                              └──▶ rejects            ├─ one transaction
//!    └── how far, what it was, how long the reject file is ─────────────────────────────────┘
//! ```

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::Store;
use super::effects::{Taking, Written};
use super::follow::{Flow, Gauge};
use super::identify::{self, Identified, Known};
use super::marker::Marker;
use super::resolve::{Resolver, ids_to_try};
use super::state::{Document, State, Token};
use super::trail::{Print, TrailHandle};
use crate::apply::OnReject;
use crate::changes::{self, BatchSize, ChangesFormat, Consumer, Passed, Start};
use crate::database::Database;
use crate::error::Result;
use crate::io::{Phase, Progress, Sink, Source};
use crate::json::{Held, HoldLimit, Limits, MAX_DEPTH};
use crate::mixtape::Part;
use crate::operation::{Operation, OperationKind};
use crate::rejects::{Reason, Reject, RejectLimit, Rejects, Verdict};

/// Operations of a transaction, where nobody says. More of them are no faster: then the operations cost the time, not the
/// commits.
pub const BATCH: u64 = 50_000;

/// An endless source is committed as often, at least.
const OFTEN: Duration = Duration::from_secs(1);

/// Operations that are looked up and applied together.
const TOGETHER: BatchSize = BatchSize {
    operations: 16_384,
    bytes: 2 << 20,
    elements: 2048,
};

const APPLYING: Phase = Phase {
    name: "applying",
    items: "operations",
};

/// How to apply changes to a store.
#[derive(Clone, Debug)]
pub struct StoreApplyOptions {
    /// The layout of CHANGES; told from its first bytes where it is not given.
    pub changes_format: Option<ChangesFormat>,
    /// What a rejected operation means. With [`OnReject::Stop`], what was committed before it stays.
    pub on_reject: OnReject,
    /// Most bytes of one operation.
    pub max_operation: usize,
    /// How deeply arrays and objects may nest.
    pub max_depth: u32,
    /// The most rejects of the source.
    pub max_rejects: Option<RejectLimit>,
    /// Operations of a transaction.
    pub batch: u64,
    /// Whether CHANGES may be a source that is known.
    pub known: Known,
    /// What the source's own log calls the place where CHANGES begins.
    pub source_position: Option<String>,
    /// The member of each operation that says what the log calls its place.
    pub position_member: Option<String>,
    /// Is told how far the run has come.
    pub progress: Progress,
}

impl Default for StoreApplyOptions {
    fn default() -> Self {
        StoreApplyOptions {
            changes_format: None,
            on_reject: OnReject::GoOn,
            max_operation: 64 << 20,
            max_depth: MAX_DEPTH,
            max_rejects: None,
            batch: BATCH,
            known: Known::Perhaps,
            source_position: None,
            position_member: None,
            progress: Progress::default(),
        }
    }
}

/// What a run has done. Always `read` = all of `applied` + all of `rejected`.
#[derive(Clone, Debug, Serialize)]
pub struct StoreApplySummary {
    /// Operations read by this run.
    pub read: u64,
    /// Operations of the source that earlier runs had dealt with.
    pub done_before: u64,
    /// Whether earlier runs had dealt with all of it.
    pub nothing_to_do: bool,
    /// Operations applied, for each kind.
    pub applied: BTreeMap<OperationKind, u64>,
    /// Operations rejected, for each reason that occurred.
    pub rejected: BTreeMap<Reason, u64>,
    /// Playlists in the store before.
    pub playlists_before: u64,
    /// Playlists in the store now.
    pub playlists_after: u64,
    /// Transactions committed.
    pub commits: u64,
    /// What the source's own log calls the place up to which it is applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_position: Option<String>,
    /// The last commit: with it another process can wait until it sees all of this.
    pub token: Token,
    /// Wall-clock time of the whole run.
    pub seconds: f64,
}

/// Where operations come from.
pub enum Changes {
    /// A source with an end.
    Finite(Source),
    /// One without.
    Endless(Flow),
}

impl Store {
    /// Applies `changes`, from where an earlier run has ended, and collects what cannot be applied in `rejects`, which continue
    /// the file at `reject_file`. Every operation takes effect once, however often a run is broken off, and stands once in
    /// that file.
    ///
    /// Memory: some tens of megabytes, whatever the length of the mixtape and of the changes.
    ///
    /// # Errors
    /// When the store holds no mixtape, or somebody else works on it; when the changes cannot be read or are no such, or not
    /// those that were begun; with [`OnReject::Stop`] at the first reject. What was committed stays, and the next run goes on
    /// from there.
    pub fn apply(
        &mut self,
        changes: Changes,
        rejects: &mut Rejects,
        reject_file: Option<&Path>,
        options: &StoreApplyOptions,
    ) -> Result<StoreApplySummary> {
        let started = Instant::now();
        let document = Document::required(&mut self.database)?;
        self.database.hold(super::PATIENCE)?;
        self.database.serve_readers()?;
        let state = State::read(&mut self.database)?;
        let markers = Marker::all(&mut self.database)?;
        let (name, length, gauge, identified) = match changes {
            Changes::Finite(source) => {
                let (name, length) = (source.name().to_owned(), source.length());
                let format = options.changes_format;
                let identified = identify::finite(source, &markers, options.known, format)?;
                (name, length, None, identified)
            }
            Changes::Endless(flow) => {
                let (name, gauge) = (flow.name().to_owned(), flow.gauge());
                let identified = identify::endless(Box::new(flow), &name, &markers);
                (name, None, Some(gauge), identified)
            }
        };
        let Identified {
            marker,
            source,
            start,
            expected,
        } = identified;
        let mut summary = StoreApplySummary {
            read: 0,
            done_before: marker.operations,
            nothing_to_do: start.is_none(),
            applied: OperationKind::ALL
                .into_iter()
                .map(|kind| (kind, 0))
                .collect(),
            rejected: BTreeMap::new(),
            playlists_before: state.playlists,
            playlists_after: state.playlists,
            commits: 0,
            source_position: marker.position.clone(),
            token: Token {
                store: document.store.clone(),
                commits: state.commits,
            },
            seconds: 0.0,
        };
        if let Some(start) = start {
            if let Some(path) = reject_file {
                rejects.collect_in(Sink::continued(path, marker.reject_bytes.unwrap_or(0))?);
            }
            options.progress.begin(APPLYING, length);
            let mut applier = Applier {
                database: &mut self.database,
                document: &document,
                name: &name,
                options,
                operations_before: gauge.as_ref().map_or(0, |_| marker.operations),
                rejected_before: marker.rejected,
                state,
                marker: Marker {
                    position: options.source_position.clone().or(marker.position.clone()),
                    ..marker
                },
                trail: source.trail.clone(),
                expected,
                gauge,
                resolver: Resolver::new(),
                written: Written::new(),
                rejects,
                applied: [0; OperationKind::ALL.len()],
                in_transaction: false,
                is_between: true,
                uncommitted: 0,
                committed_at: Instant::now(),
                commits: 0,
            };
            applier.run(source, start)?;
            let Applier { state, marker, .. } = &applier;
            summary.read = marker.operations - summary.done_before;
            summary.applied = OperationKind::ALL
                .into_iter()
                .zip(applier.applied)
                .collect();
            summary.rejected = applier.rejects.by_reason().collect();
            summary.playlists_after = state.playlists;
            summary.commits = applier.commits;
            summary.source_position = marker.position.clone();
            summary.token.commits = state.commits;
            applier.rejects.finish()?;
        }
        summary.seconds = started.elapsed().as_secs_f64();
        Ok(summary)
    }
}

/// The store and the rejects, as the reader of CHANGES sees them.
struct Applier<'a> {
    database: &'a mut Database,
    document: &'a Document,
    name: &'a str,
    options: &'a StoreApplyOptions,
    /// Operations of earlier runs that the reader of CHANGES does not count: those of an endless source.
    operations_before: u64,
    /// Rejects of earlier runs.
    rejected_before: u64,
    state: State,
    marker: Marker,
    trail: TrailHandle,
    /// What the source must be up to where new operations begin, until that is seen.
    expected: Option<Print>,
    /// Of an endless source.
    gauge: Option<Gauge>,
    resolver: Resolver,
    written: Written,
    rejects: &'a mut Rejects,
    applied: [u64; OperationKind::ALL.len()],
    in_transaction: bool,
    /// Whether the marker says all that was done.
    is_between: bool,
    /// Operations since the last commit.
    uncommitted: u64,
    committed_at: Instant,
    commits: u64,
}

impl Applier<'_> {
    fn run(&mut self, source: impl Read, start: Start) -> Result<()> {
        let limits = Limits {
            hold: HoldLimit {
                bytes: self.options.max_operation,
                what: "one operation",
                flag: "--max-operation",
            },
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
        let operations = usize::try_from(self.options.batch).unwrap_or(usize::MAX);
        BatchSize {
            operations: operations.clamp(1, TOGETHER.operations),
            ..TOGETHER
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
        self.written.write(self.database)?;
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
