//! Reports of random rows, held against the naive model.

use std::collections::BTreeMap;

use mixtape::database::Database;
use mixtape::report::{Question, Report, recommended_works};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::model;
use crate::stored::{Row, Stored, fill};
use crate::support::Folder;

/// Seconds that a sum of floating point numbers would lose: 2^53 + 1, and a hundredth of what 64 bits hold.
const SECONDS: [i64; 5] = [1, 59, 3_600, 9_007_199_254_740_993, i64::MAX / 100];

const COMPOSERS: [&str; 4] = ["Ada", "ADA", "Bo", "Żółć"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let heard = option::of((1..9_i64, prop::sample::select(SECONDS.to_vec()), 0..9_u32));
    let names = (
        option::of("[A-C]"),
        option::of(prop::sample::select(COMPOSERS.to_vec())),
        option::of("[x-z]"),
    );
    let row = (
        0..5_u32,
        8..12_u32,
        0..9_u32,
        option::of(1..9_i64),
        heard,
        any::<bool>(),
        names,
    );
    let row = row.prop_map(
        |(user, playlist, track, position, heard, recommended, (work, composer, title))| {
            let (streams, seconds, day) = heard.unwrap_or_default();
            let time = (streams > 0).then(|| format!("2026-01-0{}T10:00:00", day + 1));
            let key = (format!("u{user}"), playlist, format!("t{track}"));
            let row = Row {
                user: key.0.clone(),
                playlist: format!("playlist_{playlist:02}"),
                name: format!("Personalised playlist {playlist}"),
                position: position.filter(|_| recommended),
                track: key.2.clone(),
                work,
                composer: composer.map(str::to_owned),
                title,
                recommended,
                streams,
                seconds,
                first: time.clone(),
                last: time,
            };
            (key, row)
        },
    );
    vec(row, 0..60).prop_map(|rows| {
        rows.into_iter()
            .collect::<BTreeMap<_, _>>()
            .into_values()
            .collect()
    })
}

fn check(database: &mut Database, rows: &[Row]) -> Result<(), TestCaseError> {
    fill(database, rows);
    for (artist, playlist) in [
        (None, None),
        (Some("ada"), None),
        (None, Some("PLAYLIST_09")),
        (Some("żółć"), Some("Personalised playlist 10")),
    ] {
        let question = Question {
            artist: artist.map(str::to_owned),
            playlist: playlist.map(str::to_owned),
            top: 1_000,
        };
        let same = |one: &str, asked: &str| one.to_lowercase() == asked.to_lowercase();
        let has_artist = |row: &Row| {
            artist.is_none_or(|asked| row.composer.as_ref().is_some_and(|one| same(one, asked)))
        };
        let has_playlist = |row: &Row| {
            playlist.is_none_or(|asked| same(&row.playlist, asked) || same(&row.name, asked))
        };
        let expected: Vec<&Row> = rows
            .iter()
            .filter(|row| has_artist(row) && has_playlist(row))
            .collect();
        let report = match Report::read(database, &question) {
            Ok(report) => report,
            // A name that nothing has.
            Err(error) => {
                prop_assert_eq!(error.kind().exit_code(), 3);
                prop_assert!(!rows.iter().any(has_artist) || !rows.iter().any(has_playlist));
                continue;
            }
        };
        prop_assert_eq!(&report.totals, &model::totals(&expected));
        prop_assert_eq!(&report.playlists, &model::playlists(&expected));
        let order = |work: &mixtape::report::WorkFigures| (-work.seconds_streamed, -work.streams);
        prop_assert!(report.works.is_sorted_by_key(order));
        let mut works = report.works.clone();
        works.sort_by(|one, other| (&one.work, &one.composer).cmp(&(&other.work, &other.composer)));
        prop_assert_eq!(works, model::works(&expected));
        check_written(&report)?;
    }
    for user in rows.iter().map(|row| &row.user).take(3) {
        let mut works = recommended_works(database, user).unwrap();
        let order = |work: &mixtape::report::RecommendedWork| {
            let number: u32 = work.playlist["playlist_".len()..].parse().unwrap();
            (number, work.position.unwrap_or(i64::MAX))
        };
        prop_assert!(works.is_sorted_by_key(order));
        works.sort_by(|one, other| {
            let key = |work: &mixtape::report::RecommendedWork| {
                (
                    work.playlist.clone(),
                    work.work.clone(),
                    work.composer.clone(),
                )
            };
            key(one).cmp(&key(other))
        });
        prop_assert_eq!(works, model::recommended_works(rows, user));
    }
    Ok(())
}

/// Every way to write a report says the same.
fn check_written(report: &Report) -> Result<(), TestCaseError> {
    let folder = Folder::new();
    report.write_csv(&folder.path("report.csv")).unwrap();
    let mut reader = csv::Reader::from_path(folder.path("report.csv")).unwrap();
    let mut seconds = Vec::new();
    for record in reader.records() {
        seconds.push(record.unwrap()[2].parse::<i64>().unwrap());
    }
    let expected: Vec<i64> = report
        .playlists
        .iter()
        .map(|figures| figures.seconds_streamed)
        .collect();
    prop_assert_eq!(&seconds, &expected);
    let total: i128 = seconds.iter().copied().map(i128::from).sum();
    prop_assert_eq!(total, i128::from(report.totals.seconds_streamed));
    let json: serde_json::Value = serde_json::to_value(report).unwrap();
    for (number, seconds) in expected.iter().enumerate() {
        prop_assert_eq!(
            json["playlists"][number]["seconds_streamed"].as_i64(),
            Some(*seconds)
        );
    }
    Ok(())
}

fn run(stored: &Stored, cases: u32) {
    let database = std::cell::RefCell::new(stored.open());
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    let result = runner.run(&rows(), |rows| check(&mut database.borrow_mut(), &rows));
    if let Err(error) = result {
        panic!("{}: {error}", stored.url);
    }
}

#[test]
fn every_figure_is_what_a_naive_model_counts() {
    for stored in Stored::each() {
        run(&stored, if stored.url.contains("://") { 40 } else { 150 });
    }
}
