//! A naive model: every figure by going through all rows, in integers wide enough for any sum.

use std::collections::{BTreeMap, BTreeSet};

use mixtape::report::{PlaylistFigures, RecommendedWork, Totals, WorkFigures};

use crate::stored::Row;

fn sum<'r>(rows: impl Iterator<Item = &'r Row>, value: impl Fn(&Row) -> i64) -> i64 {
    let sum: i128 = rows.map(|row| i128::from(value(row))).sum();
    i64::try_from(sum).expect("the rows are made so that no sum is too wide")
}

fn users<'r>(rows: impl Iterator<Item = &'r Row>) -> i64 {
    let users: BTreeSet<&str> = rows.map(|row| row.user.as_str()).collect();
    users.len() as i64
}

pub fn totals(rows: &[&Row]) -> Totals {
    let all = || rows.iter().copied();
    let recommended = || all().filter(|row| row.recommended);
    Totals {
        seconds_streamed: sum(all(), |row| row.seconds),
        streams: sum(all(), |row| row.streams),
        listeners: users(all().filter(|row| row.streams > 0)),
        users: users(recommended()),
        recommendations: recommended().count() as i64,
        recommendations_heard: recommended().filter(|row| row.streams > 0).count() as i64,
        seconds_of_unknown_works: sum(all().filter(|row| row.work.is_none()), |row| row.seconds),
        first_heard: all().filter_map(|row| row.first.clone()).min(),
        last_heard: all().filter_map(|row| row.last.clone()).max(),
    }
}

pub fn playlists(rows: &[&Row]) -> Vec<PlaylistFigures> {
    let mut playlists: BTreeMap<u64, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let number = row.playlist.strip_prefix("playlist_").unwrap();
        playlists
            .entry(number.parse().unwrap())
            .or_default()
            .push(row);
    }
    let figures = |rows: &Vec<&Row>| {
        let totals = totals(rows);
        PlaylistFigures {
            playlist: rows[0].playlist.clone(),
            playlist_name: rows[0].name.clone(),
            seconds_streamed: totals.seconds_streamed,
            streams: totals.streams,
            listeners: totals.listeners,
            users: totals.users,
            recommendations: totals.recommendations,
            recommendations_heard: totals.recommendations_heard,
        }
    };
    playlists.values().map(figures).collect()
}

/// In the order of their names.
pub fn works(rows: &[&Row]) -> Vec<WorkFigures> {
    let mut works: BTreeMap<(&str, Option<&str>), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if let Some(work) = &row.work {
            let composer = row.composer.as_deref();
            works.entry((work, composer)).or_default().push(row);
        }
    }
    let figures = |((work, composer), rows): (&(&str, Option<&str>), &Vec<&Row>)| {
        let totals = totals(rows);
        WorkFigures {
            work: (*work).to_owned(),
            composer: composer.map(str::to_owned),
            seconds_streamed: totals.seconds_streamed,
            streams: totals.streams,
            listeners: totals.listeners,
        }
    };
    let all = works.iter().map(figures);
    all.filter(|work| work.streams > 0).collect()
}

/// In the order of their names.
pub fn recommended_works(rows: &[Row], user: &str) -> Vec<RecommendedWork> {
    let mut works: BTreeMap<(&str, &str, Option<&str>), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if row.user == user && row.recommended {
            let work = row
                .work
                .as_ref()
                .or(row.title.as_ref())
                .unwrap_or(&row.track);
            let key = (
                row.playlist.as_str(),
                work.as_str(),
                row.composer.as_deref(),
            );
            works.entry(key).or_default().push(row);
        }
    }
    let figures =
        |((playlist, work, composer), rows): (&(&str, &str, Option<&str>), &Vec<&Row>)| {
            RecommendedWork {
                playlist: (*playlist).to_owned(),
                playlist_name: rows[0].name.clone(),
                position: rows.iter().filter_map(|row| row.position).min(),
                work: (*work).to_owned(),
                composer: composer.map(str::to_owned),
                tracks: rows.len() as i64,
                streams: sum(rows.iter().copied(), |row| row.streams),
                seconds_streamed: sum(rows.iter().copied(), |row| row.seconds),
            }
        };
    works.iter().map(figures).collect()
}
