//! What is in a store, and how far each source of changes is applied to it; waiting until it is as far as somebody needs.

use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::Store;
use super::marker::{Marker, SourceKind};
use super::state::{Document, State};
use super::token::Token;
use crate::error::{Error, Result};

/// Between two looks whether a store is far enough.
const LOOK: Duration = Duration::from_millis(20);

/// What is in a store.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// Which database, without a password.
    pub database: String,
    /// What was imported, as messages call it.
    pub imported_from: String,
    /// Playlists now.
    pub playlists: u64,
    /// What is committed now.
    pub token: Token,
    /// The sources of changes, in the order in which they were begun.
    pub sources: Vec<SourceStatus>,
}

/// How far a source of changes is applied.
#[derive(Clone, Debug, Serialize)]
pub struct SourceStatus {
    /// As messages call it.
    pub name: String,
    /// Whether its end is reached; an endless one is never done.
    pub is_done: bool,
    /// Whether it is followed.
    pub is_endless: bool,
    /// Operations dealt with, rejected ones included.
    pub operations: u64,
    /// Of these, the rejected ones.
    pub rejected: u64,
    /// Bytes dealt with; of an endless source in its last run.
    pub bytes: u64,
    /// What the source's own log calls the place.
    pub source_position: Option<String>,
    /// The last commit of it.
    pub token: Token,
}

impl Store {
    /// What is in the store.
    ///
    /// # Errors
    /// When it holds no mixtape or cannot be read.
    pub fn status(&mut self) -> Result<Status> {
        self.database.reading(|database| {
            let document = Document::required(database)?;
            let state = State::read(database)?;
            let token = |commits| Token {
                store: document.store.clone(),
                commits,
            };
            let sources = Marker::all(database)?
                .into_iter()
                .map(|marker| SourceStatus {
                    token: token(marker.commits),
                    name: marker.name,
                    is_done: marker.is_done,
                    is_endless: marker.kind == SourceKind::Endless,
                    operations: marker.operations,
                    rejected: marker.rejected,
                    bytes: marker.place.byte,
                    source_position: marker.position,
                });
            let sources = sources.collect();
            Ok(Status {
                database: database.name().to_owned(),
                imported_from: document.name.clone(),
                playlists: state.playlists,
                token: token(state.commits),
                sources,
            })
        })
    }

    /// Waits until all that the token stands for is committed.
    ///
    /// # Errors
    /// When that does not come about within `patience`; when the token is of another store.
    pub fn wait_for(&mut self, token: &Token, patience: Duration) -> Result<()> {
        let until = Instant::now() + patience;
        let document = Document::required(&mut self.database)?;
        if document.store != token.store {
            return Err(Error::conflict(format!(
                "{token} is a token of another store; this is {}, imported from {}",
                document.store, document.name
            )));
        }
        loop {
            let commits = State::read(&mut self.database)?.commits;
            if commits >= token.commits {
                return Ok(());
            }
            if Instant::now() >= until {
                let late = format!(
                    "it has come to {}-{commits} only, after {} s; --timeout says how long to wait",
                    document.store,
                    patience.as_secs_f64()
                );
                let name = format!("{token} in {}", self.database.name());
                return Err(Error::database("wait for", &name, late.into()));
            }
            thread::sleep(LOOK);
        }
    }
}
