//! A mixtape into an empty store: its bytes piece by piece, and what stands where in them.

use std::io::Read;
use std::time::Instant;

use foldhash::quality::RandomState;
use serde::Serialize;
use std::hash::BuildHasher;

use super::Store;
use super::importer::{self, Importer, STAGED_PLAYLISTS, STAGED_SONGS, STAGED_USERS};
use super::pieces::PIECE;
use super::rows::RowBuffer;
use super::state::{Document, State, Token};
use super::tables::{self, PIECES, PLAYLISTS, SCHEMA, SONGS, USERS};
use super::upgrade;
use crate::database::{Database, Value};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::{Phase, Progress, Rereadable};
use crate::json::{Limits, MAX_DEPTH};
use crate::limits::{self, MAX_ID};
use crate::mixtape::{Counters, Kind, stands_twice, survey};

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Most bytes of one id.
    pub max_id: usize,
    /// How deeply arrays and objects may nest.
    pub max_depth: u32,
    /// What to do with a mixtape that is there already.
    pub existing: Existing,
    /// Is told how far the run has come: the one that the mixtape was opened with.
    pub progress: Progress,
}

/// What an import does with a mixtape that is in the store already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leaves it, and fails.
    Keep,
    /// Takes its place, in one transaction.
    Replace,
}

impl Default for ImportOptions {
    fn default() -> Self {
        ImportOptions {
            max_id: MAX_ID,
            max_depth: MAX_DEPTH,
            existing: Existing::Keep,
            progress: Progress::default(),
        }
    }
}

/// What an import has done.
#[derive(Clone, Debug, Serialize)]
pub struct ImportSummary {
    /// Users.
    pub users: u64,
    /// Songs.
    pub songs: u64,
    /// Playlists.
    pub playlists: u64,
    /// Bytes of the mixtape.
    pub bytes: u64,
    /// What is in the store now.
    pub token: Token,
    /// Wall-clock time.
    pub seconds: f64,
}

/// How many there are.
struct Counts {
    users: i64,
    songs: i64,
    playlists: i64,
}

const READING: Phase = Phase {
    name: "reading the mixtape",
    items: "",
};
const COPYING: Phase = Phase {
    name: "copying its bytes",
    items: "",
};

impl Store {
    /// Puts a mixtape into the store, in one transaction. Memory is the same whatever its length.
    ///
    /// # Errors
    /// When it cannot be read or is none; when the store has one already; what the database says.
    pub fn import(
        &mut self,
        mixtape: &Rereadable,
        options: &ImportOptions,
    ) -> Result<ImportSummary> {
        let started = Instant::now();
        let database = &mut self.database;
        refuse_existing(database, options.existing)?;
        database.hold(super::PATIENCE)?;
        let (counts, token) = database.transaction(|database| {
            SCHEMA.create(database)?;
            upgrade::run(database)?;
            refuse_existing(database, options.existing)?;
            for table in tables::ALL {
                database.execute(&format!("delete from {table}"), &[])?;
            }
            load(database, mixtape, options)
        })?;
        database.serve_readers()?;
        Ok(ImportSummary {
            users: counts.users as u64,
            songs: counts.songs as u64,
            playlists: counts.playlists as u64,
            bytes: mixtape.length(),
            token,
            seconds: started.elapsed().as_secs_f64(),
        })
    }
}

fn refuse_existing(database: &mut Database, existing: Existing) -> Result<()> {
    match Document::read(database)? {
        Some(document) if existing == Existing::Keep => Err(Error::conflict(format!(
            "{} holds a mixtape already, imported from {}; --replace takes its place, with all that was applied to it",
            database.name(),
            document.name
        ))),
        _ => Ok(()),
    }
}

fn load(
    database: &mut Database,
    mixtape: &Rereadable,
    options: &ImportOptions,
) -> Result<(Counts, Token)> {
    let limits = Limits {
        hold: limits::of_id(options.max_id),
        depth: options.max_depth,
    };
    options.progress.begin(READING, Some(mixtape.length()));
    let mut importer = Importer::new(database)?;
    let surveyed = survey(mixtape, limits, &mut importer)?;
    importer.finish()?;
    let counts = Counts {
        users: importer.users.count,
        songs: importer.songs.count,
        playlists: importer.playlists.count,
    };
    if surveyed.users_by_user_id {
        database.execute(
            "update staged_users set key = user_key, id = user_id where user_key is not null or user_id is not null",
            &[],
        )?;
    }
    for (kind, staged, tables) in [
        (Kind::Users, &STAGED_USERS, &USERS),
        (Kind::Songs, &STAGED_SONGS, &SONGS),
        (Kind::Playlists, &STAGED_PLAYLISTS, &PLAYLISTS),
    ] {
        if let Some(twice) = importer::move_ids(database, kind, staged, tables)? {
            let (id_kind, text) = twice.key.id()?;
            let id = Id {
                kind: id_kind,
                text: &text,
            };
            return Err(stands_twice(mixtape, limits, twice.kind, twice.places, id));
        }
    }
    options.progress.begin(COPYING, Some(mixtape.length()));
    copy(database, mixtape)?;
    // Tells this import from any other one, so that nobody waits for a commit of another store.
    let store = format!(
        "{:08x}",
        RandomState::default().hash_one(Instant::now()) as u32
    );
    let document = Document {
        store,
        name: mixtape.name().to_owned(),
        shape: surveyed.shape,
        length: mixtape.length(),
        playlists: counts.playlists,
    };
    document.write(database)?;
    let state = State {
        commits: 1,
        playlists: counts.playlists as u64,
        next_number: counts.playlists,
        next_run: 1,
        created: 0,
        counters: Counters {
            largest: surveyed.largest,
            beyond: 0,
        },
    };
    state.write(database)?;
    let token = Token {
        store: document.store,
        commits: state.commits,
    };
    Ok((counts, token))
}

fn copy(database: &mut Database, mixtape: &Rereadable) -> Result<()> {
    let mut pieces = RowBuffer::new(&PIECES);
    let mut reader = mixtape.reader(0);
    let mut piece = Vec::with_capacity(PIECE);
    for number in 0.. {
        piece.clear();
        (&mut reader)
            .take(PIECE as u64)
            .read_to_end(&mut piece)
            .map_err(|error| Error::io("read", mixtape.name(), error))?;
        if piece.is_empty() {
            break;
        }
        pieces.push(&[Value::Integer(number), Value::Bytes(&piece)]);
        if pieces.is_full() {
            pieces.pour(database)?;
        }
    }
    pieces.pour(database)?;
    mixtape.check_unchanged()
}
