//! How changes are applied to a store, and what came of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::identify::Known;
use super::token::Token;
use crate::changes::ChangesFormat;
use crate::io::Progress;
use crate::json::MAX_DEPTH;
use crate::limits::MAX_OPERATION;
use crate::operation::OperationKind;
use crate::rejects::{OnReject, Reason, RejectLimit};

/// Operations of a transaction, where nobody says. More of them are no faster, in SQLite and in Postgres (`benches/store.rs`):
/// then the operations cost the time, not the commits.
pub const BATCH: u64 = 50_000;

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
            max_operation: MAX_OPERATION,
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
