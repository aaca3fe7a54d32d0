//! The pipeline of `mixtape apply`, whole.
//!
//! ```text
//! MIXTAPE ──pass 1──▶ index ◀──one operation at a time── CHANGES
//!    │                  │  └──────what cannot be applied──▶ rejects
//!    └──────pass 2──▶ splice ──▶ OUTPUT
//! ```

use std::collections::BTreeMap;
use std::io::Read;
use std::time::Instant;

use serde::Serialize;

use crate::changes::{self, ChangesFormat, Consumer};
use crate::error::{Error, Result};
use crate::io::{Rereadable, Sink};
use crate::json::HoldLimit;
use crate::mixtape::{self, Index};
use crate::operation::{Operation, OperationKind};
use crate::rejects::{Reason, Reject, Rejects, Verdict, describe};

/// How to apply changes.
#[derive(Clone, Copy, Debug)]
pub struct ApplyOptions {
    /// The layout of CHANGES; told from its first bytes where it is not given.
    pub changes_format: Option<ChangesFormat>,
    /// What a rejected operation means.
    pub on_reject: OnReject,
    /// Whether to count the references inside MIXTAPE that lead nowhere. Costs one more pass over it.
    pub references: References,
    /// Most bytes of one operation.
    pub max_operation: usize,
    /// Most bytes of one id in MIXTAPE.
    pub max_id: usize,
}

/// What a rejected operation means to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnReject {
    /// It is set aside.
    GoOn,
    /// The run ends with an error, and nothing is written.
    Stop,
}

/// What to do about references inside MIXTAPE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// Leave them as they are, unseen.
    Leave,
    /// Leave them as they are, but count those that lead nowhere.
    Count,
}

impl Default for ApplyOptions {
    fn default() -> Self {
        ApplyOptions {
            changes_format: None,
            on_reject: OnReject::GoOn,
            references: References::Leave,
            max_operation: 64 << 20,
            max_id: 16 << 20,
        }
    }
}

/// What a run has done. Always `read` = all of `applied` + all of `rejected`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Operations read.
    pub read: u64,
    /// Operations applied, for each kind.
    pub applied: BTreeMap<OperationKind, u64>,
    /// Operations rejected, for each reason that occurred.
    pub rejected: BTreeMap<Reason, u64>,
    /// Playlists in MIXTAPE.
    pub playlists_before: u64,
    /// Playlists in OUTPUT.
    pub playlists_after: u64,
    /// References inside MIXTAPE that lead nowhere, where they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dangling_references: Option<u64>,
    /// Bytes of MIXTAPE.
    pub mixtape_bytes: u64,
    /// Bytes of CHANGES.
    pub changes_bytes: u64,
    /// Bytes of OUTPUT.
    pub output_bytes: u64,
    /// Wall-clock time of the whole run.
    pub seconds: f64,
    /// Of that, applying the operations.
    pub apply_seconds: f64,
}

/// Applies `changes` (which messages call `name`) to `mixtape` and writes the result to `output`, and what could not be applied to `rejects`.
///
/// Memory follows the number of playlists, users, songs and appended songs; not the length of either input.
///
/// # Errors
/// When an input cannot be read or is not what it must be, when a limit is passed, when an output cannot be written; with
/// [`OnReject::Stop`] at the first reject. `output` then stays as it was, unless it is a stream.
pub fn apply(
    mixtape: &Rereadable,
    name: &str,
    changes: impl Read,
    mut output: Sink,
    rejects: &mut Rejects,
    options: &ApplyOptions,
) -> Result<Summary> {
    let started = Instant::now();
    let id_limit = HoldLimit {
        bytes: options.max_id,
        what: "an id",
        flag: "--max-id",
    };
    let operation_limit = HoldLimit {
        bytes: options.max_operation,
        what: "one operation",
        flag: "--max-operation",
    };

    // Pass 1: ids and byte positions.
    let index = Index::read(mixtape, id_limit)?;
    let playlists_before = index.playlist_count();
    let dangling_references = match options.references {
        References::Leave => None,
        References::Count => Some(mixtape::count_dangling(mixtape, &index, id_limit)?),
    };

    // Operations, in file order, each on what the ones before it have left.
    let applying = Instant::now();
    let mut applier = Applier {
        index,
        rejects,
        name,
        on_reject: options.on_reject,
        applied: [0; OperationKind::ALL.len()],
    };
    let format = options.changes_format;
    let read = changes::read(name, changes, format, operation_limit, &mut applier)?;
    let Applier { index, applied, .. } = applier;
    let apply_seconds = applying.elapsed().as_secs_f64();

    // Pass 2: copy and patch. Rejects are put in place first: an OUTPUT never stands without what it lacks.
    mixtape::splice(mixtape, &index, &mut output)?;
    let output_bytes = output.written();
    rejects.finish()?;
    output.finish()?;

    let applied = OperationKind::ALL.into_iter().zip(applied).collect();
    Ok(Summary {
        read: read.operations,
        applied,
        rejected: rejects.by_reason().collect(),
        playlists_before,
        playlists_after: index.playlist_count(),
        dangling_references,
        mixtape_bytes: mixtape.length(),
        changes_bytes: read.bytes,
        output_bytes,
        seconds: started.elapsed().as_secs_f64(),
        apply_seconds,
    })
}

/// The index and the rejects, as the reader of CHANGES sees them.
struct Applier<'a> {
    index: Index,
    rejects: &'a mut Rejects,
    name: &'a str,
    on_reject: OnReject,
    applied: [u64; OperationKind::ALL.len()],
}

impl Consumer for Applier<'_> {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.index
            .check_room(operations.iter().map(Operation::song_count).sum())?;
        self.index.apply_batch(operations, |number, outcome| {
            self.applied[operations[number].kind() as usize] += u64::from(outcome.is_ok());
            verdict(number, outcome);
        });
        Ok(())
    }

    fn reject(&mut self, reject: &Reject<'_>) -> Result<()> {
        if self.on_reject == OnReject::Stop {
            return Err(Error::data(
                self.name,
                reject.position,
                describe("operation", reject),
            ));
        }
        self.rejects.add(self.name, reject)
    }
}
