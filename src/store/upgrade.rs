//! A store that an earlier version of this program has made, brought to what this one reads.

use super::edits::Edit;
use super::key::Key;
use super::places::PlaceWriter;
use super::rows::RowBuffer;
use super::runs::RunWriter;
use super::state::State;
use super::tables::{IdTables, PLAYLISTS, SCHEMA, SONGS, USERS};
use super::{PATIENCE, damaged};
use crate::database::{Database, OwnedValue, Value};
use crate::error::Result;
use crate::mixtape::Place;

/// Rows that are fetched together.
const PAGE: i64 = 1024;

/// The tables of the first version that the second one has in other forms.
const FORMER: [&str; 5] = [
    "store_users",
    "store_songs",
    "store_playlists",
    "store_edits",
    "store_created",
];

/// Whether the store is of an earlier version.
///
/// # Errors
/// When it is of a later one.
pub(super) fn is_due(database: &mut Database) -> Result<bool> {
    SCHEMA.check(database)?;
    database.has_table("store_edits")
}

/// Upgrades the store: all of it, in one transaction.
///
/// # Errors
/// When somebody else works on it.
pub(super) fn upgrade(database: &mut Database) -> Result<()> {
    database.hold(PATIENCE)?;
    database.transaction(|database| {
        SCHEMA.create(database)?;
        run(database)
    })
}

/// Moves what tables of the first version hold, if they are there. Inside of a transaction.
pub(super) fn run(database: &mut Database) -> Result<()> {
    if !database.has_table("store_edits")? {
        return Ok(()); // somebody else was quicker
    }
    move_ids(database, "store_users", &USERS)?;
    move_ids(database, "store_songs", &SONGS)?;
    move_ids(database, "store_playlists", &PLAYLISTS)?;
    move_places(database)?;
    move_edits(database)?;
    FORMER
        .iter()
        .try_for_each(|table| database.batch(&format!("drop table {table}")))
}

/// Calls `take` with all rows that `query` gives, a page after the other: those behind $1 and $2, which the first two columns of
/// the page before end with.
fn each_row(
    database: &mut Database,
    query: &str,
    mut take: impl FnMut(&mut Database, &[OwnedValue]) -> Result<()>,
) -> Result<()> {
    let query = format!("{query} limit {PAGE}");
    let mut behind = [-1, -1];
    loop {
        let rows = database.query(&query, &behind.map(Value::Integer))?;
        for row in &rows {
            take(database, row)?;
        }
        match rows.last() {
            Some(row) => behind = [0, 1].map(|column| row[column].integer().unwrap_or(-1)),
            None => return Ok(()),
        }
    }
}

fn move_ids(database: &mut Database, former: &str, tables: &'static IdTables) -> Result<()> {
    let (mut keys, mut ids) = (RowBuffer::new(&tables.keys), RowBuffer::new(&tables.ids));
    let query = format!(
        "select number, number, id from {former} where number > $1 and number > $2 and id is not null order by number"
    );
    each_row(database, &query, |database, row| {
        let number = Value::Integer(row[0].integer().ok_or_else(damaged)?);
        match Key::of_bytes(row[2].bytes().ok_or_else(damaged)?) {
            Key::Small(key) => keys.push(&[Value::Integer(key), number]),
            Key::Bytes(id) => ids.push(&[Value::Bytes(&id), number]),
        }
        for rows in [&mut keys, &mut ids] {
            if rows.is_full() {
                rows.pour(database)?;
            }
        }
        Ok(())
    })?;
    keys.pour(database)?;
    ids.pour(database)
}

fn move_places(database: &mut Database) -> Result<()> {
    let mut places = PlaceWriter::new();
    let query = "select number, number, start, insertion, ending, separator from store_playlists \
                 where number > $1 and number > $2 and start is not null order by number";
    each_row(database, query, |database, row| {
        let integer = |column: usize| row[column].integer().ok_or_else(damaged);
        let place = Place {
            start: integer(2)? as u64,
            insertion: integer(3)? as u64,
            end: integer(4)? as u64,
            separator: integer(5)? as u16,
        };
        places.push(database, &place)
    })?;
    places.finish(database)
}

/// All edits become one run.
fn move_edits(database: &mut Database) -> Result<()> {
    if !database.has_table("store_state")?
        || database
            .query("select id from store_state", &[])?
            .is_empty()
    {
        return Ok(()); // nothing was imported
    }
    let mut state = State::read(database)?;
    let mut run = RunWriter::new(&mut state.next_run);
    let query = "select edits.playlist, edits.sequence, edits.songs, created.id, created.owner, created.further \
                 from store_edits edits left join store_created created on created.playlist = edits.playlist \
                 where (edits.playlist, edits.sequence) > ($1, $2) order by edits.playlist, edits.sequence";
    let mut last = -1;
    each_row(database, query, |database, row| {
        let playlist = row[0].integer().ok_or_else(damaged)?;
        if let [Some(id), Some(owner), Some(further)] =
            [3, 4, 5].map(|column: usize| row[column].bytes())
            && playlist != last
        {
            run.push(database, playlist, Edit::Created { id, owner, further })?;
            state.created += 1;
        }
        last = playlist;
        match row[2].bytes() {
            Some(songs) => run.push(database, playlist, Edit::Songs(songs)),
            None => run.push(database, playlist, Edit::Removed),
        }
    })?;
    run.finish(database, 0)?;
    state.write(database)
}
