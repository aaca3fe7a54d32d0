//! Into a database: staged source by source, then merged with what is there, and the logs brought up to date.

use serde::Serialize;

use super::counts::TableCounts;
use super::merge;
use super::options::IngestOptions;
use super::sources::SourceRead;
use super::staged::{STAGED, stage};
use crate::database::{
    Database, DatabaseUrl, Fingerprint, Ledger, Load, Schema, Setting, TextLimits,
};
use crate::error::Result;

/// The tables of `ingest`.
pub const SCHEMA: Schema = Schema {
    name: "ingest",
    versions: &[include_str!("schema.sql")],
};

const LEDGER: Ledger = Ledger { job: "ingest" };

/// A database that takes what is ingested.
pub struct Loader {
    database: Database,
    sources: Vec<Staged>,
}

struct Staged {
    name: String,
    fingerprint: Fingerprint,
    is_staged: bool,
    read: u64,
    rejected: u64,
}

/// What a load did.
#[derive(Clone, Debug, Serialize)]
pub struct LoadSummary {
    /// Which database, without a password.
    pub name: String,
    /// Sources that it had not yet.
    pub loaded: Vec<String>,
    /// Sources that it had already: nothing was done with them.
    pub known: Vec<String>,
    /// By how many rows its tables have grown.
    pub added: TableCounts,
}

impl Loader {
    /// Connects to a database and sees whether it can take what is going to come.
    ///
    /// # Errors
    /// When it cannot be opened, is of a later version, or of another granularity.
    pub fn open(url: &DatabaseUrl, options: &IngestOptions) -> Result<Self> {
        let mut database = Database::open(url)?;
        SCHEMA.check(&mut database)?;
        granularity(options).check(&mut database)?;
        for table in &STAGED {
            database.create_staged(table)?;
        }
        Ok(Loader {
            database,
            sources: Vec::new(),
        })
    }

    pub(super) fn text_limits(&self) -> TextLimits {
        self.database.text_limits()
    }

    /// Takes what was gathered from the next source. Nobody else sees it yet.
    pub(super) fn stage(&mut self, source: &SourceRead) -> Result<()> {
        let Some(fingerprint) = source.fingerprint else {
            return Ok(());
        };
        let is_known = LEDGER.has(&mut self.database, &fingerprint)?;
        if !is_known {
            stage(
                &mut self.database,
                self.sources.len() as i64,
                &source.gathered,
            )?;
        }
        self.sources.push(Staged {
            name: source.name.clone(),
            fingerprint,
            is_staged: !is_known,
            read: source.amount.rows,
            rejected: source.rejected,
        });
        Ok(())
    }

    /// Loads all that was staged, in one transaction; calls `before_commit` at its end.
    pub(super) fn load(
        mut self,
        options: &IngestOptions,
        before_commit: impl FnOnce() -> Result<()>,
    ) -> Result<LoadSummary> {
        let sources = self.sources;
        self.database.transaction(|database| {
            SCHEMA.create(database)?;
            granularity(options).hold(database)?;
            let (mut loaded, mut known) = (Vec::new(), Vec::new());
            for (part, source) in (0..).zip(sources) {
                // Another load may have been faster, or the source is named twice.
                if !source.is_staged || LEDGER.has(database, &source.fingerprint)? {
                    merge::forget(database, part)?;
                    known.push(source.name);
                    continue;
                }
                LEDGER.enter(
                    database,
                    &Load {
                        fingerprint: source.fingerprint,
                        source: &source.name,
                        read: source.read,
                        rejected: source.rejected,
                    },
                )?;
                loaded.push(source.name);
            }
            let added = if loaded.is_empty() {
                TableCounts::default()
            } else {
                merge::merge(database, options.origin.name())?
            };
            before_commit()?;
            Ok(LoadSummary {
                name: database.name().to_owned(),
                loaded,
                known,
                added,
            })
        })
    }
}

fn granularity(options: &IngestOptions) -> Setting<'static> {
    Setting {
        name: "ingest granularity",
        value: options.granularity.name(),
    }
}
