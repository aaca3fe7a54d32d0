//! What `ingest` has observed of playlists: their plays over time, what is on top of them, and how it got there.

use serde::Serialize;

use super::stored::{Condition, Row};
use crate::database::{Database, Value};
use crate::error::Result;

/// Observations of a playlist that are shown: a year of days.
const LATEST: i64 = 366;

/// The most played ones of the observed playlists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObservedPlaylists {
    /// How many there are.
    pub count: i64,
    /// Those with most plays, the most played one first.
    pub playlists: Vec<ObservedPlaylist>,
}

/// A playlist as it was observed, in each interval for the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObservedPlaylist {
    /// Its id at its source.
    pub source_id: String,
    /// Its name when it was last seen.
    pub name: Option<String>,
    /// The latest observations, in the order of time; at most 366.
    pub observations: Vec<Observation>,
    /// The songs on top of it when it was last seen, best first.
    pub songs: Vec<ObservedSong>,
}

/// One look at a playlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// When that was, as its source wrote it.
    pub time: String,
    /// The same as a number: microseconds since the beginning of the year 1.
    #[serde(skip)]
    pub microsecond: i64,
    /// How often the playlist had been played.
    pub plays: Option<i64>,
    #[serde(skip)]
    interval: i64,
}

/// One song of a playlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObservedSong {
    /// Its place when the playlist was last seen.
    pub position: i64,
    /// What it is called.
    pub title: String,
    /// By whom it is, where that is known.
    pub artist: Option<String>,
    /// Its place at each of the playlist's observations; none where it was not in it.
    pub positions: Vec<Option<i64>>,
}

/// What of it is asked for.
pub(super) struct Asked<'a> {
    pub(super) playlists: Option<&'a [String]>,
    pub(super) artists: Option<&'a [String]>,
    pub(super) top: u32,
}

pub(super) fn observed(database: &mut Database, asked: &Asked<'_>) -> Result<ObservedPlaylists> {
    let condition = Condition::new().holds(&["p.source_id", "o.name"], asked.playlists);
    let from = format!(
        "from playlists p join playlist_observations o on o.playlist_id = p.id and o.calendar_interval =
            (select max(calendar_interval) from playlist_observations where playlist_id = p.id)
        where 1 = 1{}",
        condition.sql
    );
    let count =
        database.query_number(&format!("select count(*) {from}"), &condition.parameters())?;
    let query = format!(
        "select p.id, p.source_id, o.name, o.calendar_interval {from} order by coalesce(o.plays, -1) desc, p.id limit {}",
        asked.top
    );
    let rows = database.query(&query, &condition.parameters())?;
    let mut playlists = Vec::with_capacity(rows.len());
    for row in &rows {
        let row = Row(row);
        let (id, last) = (row.integer(0), row.integer(3));
        let observations = observations(database, id)?;
        let songs = songs(database, id, last, &observations, asked)?;
        playlists.push(ObservedPlaylist {
            source_id: row.text(1),
            name: row.optional_text(2),
            observations,
            songs,
        });
    }
    // Where an artist is asked for, a playlist without that artist has nothing to say.
    playlists.retain(|playlist| asked.artists.is_none() || !playlist.songs.is_empty());
    Ok(ObservedPlaylists { count, playlists })
}

fn observations(database: &mut Database, playlist: i64) -> Result<Vec<Observation>> {
    let rows = database.query(
        "select calendar_interval, microsecond, ingest_timestamp, plays from playlist_observations
        where playlist_id = $1 order by calendar_interval desc limit $2",
        &[Value::Integer(playlist), Value::Integer(LATEST)],
    )?;
    let observation = |row: &Vec<_>| {
        let row = Row(row);
        Observation {
            interval: row.integer(0),
            microsecond: row.integer(1),
            time: row.text(2),
            plays: row.optional_integer(3),
        }
    };
    Ok(rows.iter().rev().map(observation).collect())
}

fn songs(
    database: &mut Database,
    playlist: i64,
    interval: i64,
    observations: &[Observation],
    asked: &Asked<'_>,
) -> Result<Vec<ObservedSong>> {
    let condition = Condition::new().holds(&["a.name"], asked.artists);
    let query = format!(
        "select o.media_item_id, o.position, coalesce(m.primary_title, m.secondary_title, v.source_id), a.name
        from playlist_position_observations o
        join media_items v on v.id = o.media_item_id
        left join media_item_observations m on m.media_item_id = o.media_item_id and m.calendar_interval =
            (select max(calendar_interval) from media_item_observations where media_item_id = o.media_item_id)
        left join artists a on a.id = m.artist_id
        where o.playlist_id = {playlist} and o.calendar_interval = {interval} and o.position is not null{}
        order by o.position, o.media_item_id limit {}",
        condition.sql, asked.top
    );
    let rows = database.query(&query, &condition.parameters())?;
    let song = |row: &Vec<_>| {
        let row = Row(row);
        Ok(ObservedSong {
            position: row.integer(1),
            title: row.text(2),
            artist: row.optional_text(3),
            positions: positions(database, playlist, row.integer(0), observations)?,
        })
    };
    rows.iter().map(song).collect()
}

/// A song's place at each observation of its playlist.
fn positions(
    database: &mut Database,
    playlist: i64,
    song: i64,
    observations: &[Observation],
) -> Result<Vec<Option<i64>>> {
    let rows = database.query(
        "select calendar_interval, position from playlist_position_observations
        where playlist_id = $1 and media_item_id = $2 order by calendar_interval desc limit $3",
        &[
            Value::Integer(playlist),
            Value::Integer(song),
            Value::Integer(LATEST),
        ],
    )?;
    let mut positions = vec![None; observations.len()];
    for row in &rows {
        let row = Row(row);
        let interval = row.integer(0);
        if let Ok(place) = observations.binary_search_by_key(&interval, |seen| seen.interval) {
            positions[place] = row.optional_integer(1);
        }
    }
    Ok(positions)
}
