//! Recommendations and streams fit together, and the invalid streams are those that count.

mod common;

use common::text;
use data_gen::{Events, ListeningOptions, Rate, Recommendations};
use serde_json::Value;
use std::collections::BTreeSet;
use std::num::NonZeroU64;

const OPTIONS: ListeningOptions = ListeningOptions {
    users: NonZeroU64::new(40).unwrap(),
    tracks: NonZeroU64::new(5000).unwrap(),
    events: 6000,
    invalid: Rate::NEVER,
    seed: 5,
};

/// User, playlist and track.
type Listed = BTreeSet<(String, String, String)>;

fn listed() -> Listed {
    let mut listed = BTreeSet::new();
    let lines = text(Recommendations::new(OPTIONS));
    assert_eq!(lines.lines().count(), 40);
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        for playlist in ["playlist_01", "playlist_02", "playlist_03"] {
            let tracks = line[playlist].as_array().unwrap();
            assert_eq!(tracks.len(), 20);
            for track in tracks {
                assert!(!track["work"].as_str().unwrap().is_empty());
                let user = line["user_id"].as_str().unwrap();
                let track = track["track_id"].as_str().unwrap();
                listed.insert((user.to_owned(), playlist.to_owned(), track.to_owned()));
            }
        }
    }
    listed
}

#[test]
fn two_in_five_streams_are_personal_and_nine_in_ten_of_these_are_listed() {
    let listed = listed();
    assert_eq!(listed.len(), 40 * 60);
    let events = text(Events::new(OPTIONS));
    let rows: Vec<Vec<&str>> = events
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 6000);
    assert!(
        rows.iter()
            .all(|row| row.len() == 6 && row[3].parse::<u32>().is_ok())
    );
    let is_personal = |row: &&Vec<&str>| row[2].starts_with("playlist_0");
    let personal: Vec<&Vec<&str>> = rows.iter().filter(is_personal).collect();
    let is_listed = |row: &&&Vec<&str>| {
        listed.contains(&(row[0].to_owned(), row[2].to_owned(), row[1].to_owned()))
    };
    let listed = personal.iter().filter(is_listed).count();
    assert!((2200..2600).contains(&personal.len()), "{}", personal.len());
    assert!(
        (85..95).contains(&(listed * 100 / personal.len())),
        "{listed}"
    );
}

#[test]
fn streams_that_cannot_be_used_are_as_many_as_asked_for() {
    let options = ListeningOptions {
        invalid: Rate::from_per_million(500_000),
        ..OPTIONS
    };
    let events = text(Events::new(options));
    let is_usable = |row: &&str| {
        let row: Vec<&str> = row.split(',').collect();
        !row[0].is_empty() && !row[1].is_empty() && row[3].parse::<u32>().is_ok()
    };
    let unusable = events.lines().skip(1).filter(|row| !is_usable(row));
    let unusable: Vec<&str> = unusable.collect();
    assert!((1000..1400).contains(&unusable.len()), "{}", unusable.len());
    assert!(unusable.iter().all(|row| row.contains(",playlist_0")));
}
