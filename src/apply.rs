//! The pipeline of `mixtape apply`, whole.
//!
//! ```text
//! MIXTAPE ──pass 1──▶ index ◀──one operation at a time── CHANGES
//!    │                  │  └──────what cannot be applied──▶ rejects
//!    └──────pass 2──▶ splice ──▶ OUTPUT
//! ```
//!
//! ```
//! use mixtape::apply::{ApplyOptions, apply};
//! use mixtape::io::{Rereadable, Sink};
//! use mixtape::rejects::Rejects;
//!
//! let folder = tempfile::tempdir()?;
//! let path = |name: &str| folder.path().join(name);
//! std::fs::write(path("mixtape.json"), r#"{"users": [], "songs": [{"id": 7}], "playlists": [{"id": 1, "song_ids": []}]}"#)?;
//! let changes = br#"[{"type": "add_song_to_playlist", "playlist_id": 1, "song_id": 7}]"#;
//!
//! let mixtape = Rereadable::open(&path("mixtape.json"), &Default::default())?;
//! let output = Sink::create(&path("new.json"))?;
//! let summary = apply(&mixtape, "changes", &changes[..], output, &mut Rejects::new(None), &ApplyOptions::default())?;
//! assert_eq!(summary.read, 1);
//! let new = std::fs::read_to_string(path("new.json"))?;
//! assert_eq!(new, r#"{"users": [], "songs": [{"id": 7}], "playlists": [{"id": 1, "song_ids": [7]}]}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Read;
use std::time::Instant;

use serde::Serialize;

use crate::changes::{self, ChangesFormat, Consumer, ConsumerOfResolved, Resolver};
use crate::error::Result;
use crate::in_order::Threads;
use crate::io::{Memory, Phase, Progress, Rereadable, Sink};
use crate::json::{Held, Limits, MAX_DEPTH};
use crate::limits::{self, MAX_ID, MAX_OPERATION};
use crate::mixtape::{self, Catalogue, Changing, Index, Resolved};
use crate::operation::{Operation, OperationKind};
use crate::rejects::{OnReject, Reason, Reject, RejectLimit, Rejects, Verdict};

/// How to apply changes.
#[derive(Clone, Debug)]
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
    /// How deeply arrays and objects may nest, in either input.
    pub max_depth: u32,
    /// The most rejects; with more the run ends with an error, and OUTPUT stays as it was.
    pub max_rejects: Option<RejectLimit>,
    /// How many threads work on it; the outcome is the same for any number of them.
    pub threads: Threads,
    /// Where the index and the appended songs lie.
    pub memory: Memory,
    /// Is told how far the run has come: the one that MIXTAPE and CHANGES were opened with.
    pub progress: Progress,
    /// Bytes of CHANGES as they lie in the file, where that is known; to show how far the run has come.
    pub changes_length: Option<u64>,
}

const INDEXING: Phase = Phase {
    name: "reading the mixtape",
    items: "",
};
const CHECKING: Phase = Phase {
    name: "checking references",
    items: "",
};
const APPLYING: Phase = Phase {
    name: "applying",
    items: "operations",
};
const WRITING: Phase = Phase {
    name: "writing",
    items: "",
};

/// What a thread takes that reads CHANGES or makes OUTPUT, in bytes: two pieces or segments, and what is known of them.
const THREAD: usize = 4 << 20;

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
            max_operation: MAX_OPERATION,
            max_id: MAX_ID,
            max_depth: MAX_DEPTH,
            max_rejects: None,
            threads: Threads::ONE,
            memory: Memory::UNLIMITED,
            progress: Progress::default(),
            changes_length: None,
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
    /// The most bytes that lay in temporary files for want of memory, where that was limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporary_bytes: Option<u64>,
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
    changes: impl Read + Send,
    mut output: Sink,
    rejects: &mut Rejects,
    options: &ApplyOptions,
) -> Result<Summary> {
    let started = Instant::now();
    let depth = options.max_depth;
    let [id_limit, operation_limit] = [
        limits::of_id(options.max_id),
        limits::of_operation(options.max_operation),
    ]
    .map(|hold| Limits { hold, depth });
    let progress = &options.progress;

    // Pass 1: ids and byte positions.
    progress.begin(INDEXING, Some(mixtape.length()));
    let threads = options.threads;
    let mut index = Index::read_into(&options.memory, mixtape, id_limit, threads)?;
    let threads = Threads {
        count: options.memory.threads(threads.count, THREAD),
        ..threads
    };
    let playlists_before = index.playlist_count();
    let dangling_references = match options.references {
        References::Leave => None,
        References::Count => {
            progress.begin(CHECKING, Some(mixtape.length()));
            Some(mixtape::count_dangling(mixtape, &index, id_limit)?)
        }
    };

    // Operations, in file order, each on what the ones before it have left.
    let applying = Instant::now();
    progress.begin(APPLYING, options.changes_length);
    let (catalogue, changing) = index.halves();
    let mut applier = Applier {
        catalogue,
        changing,
        resolved: Resolved::default(),
        rejects,
        name,
        options,
        applied: [0; OperationKind::ALL.len()],
    };
    let format = options.changes_format;
    let read = changes::read_in_threads(
        name,
        changes,
        format,
        operation_limit,
        threads,
        catalogue,
        &mut applier,
    )?;
    applier.check_rejects(read.operations, RejectLimit::is_passed)?;
    let applied = applier.applied;
    let apply_seconds = applying.elapsed().as_secs_f64();

    // Pass 2: copy and patch. Rejects are put in place first: an OUTPUT never stands without what it lacks.
    progress.begin(WRITING, Some(mixtape.length()));
    mixtape::splice(mixtape, &index, threads, &mut output)?;
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
        temporary_bytes: options.memory.limit().map(|_| options.memory.on_disk()),
        seconds: started.elapsed().as_secs_f64(),
        apply_seconds,
    })
}

/// The index and the rejects, as the reader of CHANGES sees them.
struct Applier<'a> {
    catalogue: &'a Catalogue,
    changing: Changing<'a>,
    /// Room for the lookups of a batch of operations.
    resolved: Resolved,
    rejects: &'a mut Rejects,
    name: &'a str,
    options: &'a ApplyOptions,
    applied: [u64; OperationKind::ALL.len()],
}

impl Applier<'_> {
    /// Ends the run when too many of `read` operations are rejected. The rejects so far are put in place: they say why.
    fn check_rejects(
        &mut self,
        read: u64,
        is_passed: fn(RejectLimit, u64, u64) -> bool,
    ) -> Result<()> {
        let rejected = self.rejects.total();
        match self.options.max_rejects {
            Some(limit) if is_passed(limit, rejected, read) => {
                self.rejects.finish()?;
                Err(limit.error(self.name, "operations", rejected, read))
            }
            _ => Ok(()),
        }
    }
}

impl Resolver for Catalogue {
    type Resolved = Resolved;

    fn resolve(&self, operations: &[Operation<'_>], resolved: &mut Resolved) {
        Catalogue::resolve(self, operations, resolved);
    }

    fn clear(resolved: &mut Resolved) {
        resolved.clear();
    }
}

impl ConsumerOfResolved for Applier<'_> {
    type Resolver = Catalogue;

    fn apply_known(&mut self, most: usize, resolved: &mut Resolved) -> Result<usize> {
        let count = self
            .changing
            .apply_known(most, resolved, |kind| self.applied[kind as usize] += 1)?;
        self.options.progress.count(count as u64);
        Ok(count)
    }

    fn apply_resolved<'a>(
        &mut self,
        operations: &[Operation<'a>],
        resolved: &mut Resolved,
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.changing.make_room(operations)?;
        self.changing
            .apply(operations, resolved, |number, outcome| {
                self.applied[operations[number].kind() as usize] += u64::from(outcome.is_ok());
                verdict(number, outcome);
            });
        self.options.progress.count(operations.len() as u64);
        Ok(())
    }
}

impl Consumer for Applier<'_> {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        let mut resolved = std::mem::take(&mut self.resolved);
        resolved.clear();
        self.catalogue.resolve(operations, &mut resolved);
        let applied = self.apply_resolved(operations, &mut resolved, verdict);
        self.resolved = resolved;
        applied
    }

    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()> {
        if self.options.on_reject == OnReject::Stop {
            return Err(reject.error(self.name, held));
        }
        self.rejects.add(self.name, reject)?;
        self.check_rejects(reject.number, RejectLimit::is_passed_already)
    }
}
