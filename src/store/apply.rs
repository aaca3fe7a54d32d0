//! The pipeline of `mixtape apply --db`, whole.
//!
//! ```text
//! CHANGES ──▶ operations ──▶ what exists of what they name ──▶ the rules of apply ──▶ rows ─┐
//!    │                                                              └──▶ rejects            ├─ one transaction
//!    └── how far, what it was, how long the reject file is ─────────────────────────────────┘
//! ```

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::Store;
use super::applier::Applier;
use super::effects::Written;
use super::follow::Flow;
use super::identify::{self, Identified};
use super::marker::Marker;
use super::options::{StoreApplyOptions, StoreApplySummary};
use super::resolve::Resolver;
use super::runs::Runs;
use super::state::{Document, State};
use super::token::Token;
use crate::error::Result;
use crate::io::{Phase, Sink, Source};
use crate::operation::OperationKind;
use crate::rejects::Rejects;

const APPLYING: Phase = Phase {
    name: "applying",
    items: "operations",
};

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
    /// those that were begun; with [`OnReject::Stop`](crate::rejects::OnReject::Stop) at the first reject. What was committed stays, and the next run goes on
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
        let runs = Runs::read(&mut self.database)?;
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
                runs,
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
