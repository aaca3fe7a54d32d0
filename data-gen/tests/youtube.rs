//! Rows are what a careful reader expects, and the invalid ones are what it refuses.

mod common;

use common::{bytes, text};
use data_gen::{Rate, Youtube, YoutubeLayout, YoutubeOptions};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::num::NonZeroU64;

const OPTIONS: YoutubeOptions = YoutubeOptions {
    rows: 3000,
    playlists: None,
    days: NonZeroU64::new(4).unwrap(),
    layout: YoutubeLayout::Array,
    invalid: Rate::NEVER,
    seed: 5,
};

const NDJSON: YoutubeOptions = YoutubeOptions {
    layout: YoutubeLayout::Ndjson,
    ..OPTIONS
};

fn array(options: YoutubeOptions) -> Vec<Value> {
    serde_json::from_slice(&bytes(Youtube::new(options))).unwrap()
}

/// Whether a row has all that it needs, of the right types.
fn is_usable(row: &Map<String, Value>) -> bool {
    let is = |name: &str, right: fn(&Value) -> bool| row.get(name).is_some_and(right);
    let time_is_possible = row
        .get("timestp")
        .and_then(Value::as_str)
        .is_some_and(|time| {
            let number = |range| {
                time.get(range)
                    .and_then(|digits: &str| digits.parse::<u32>().ok())
            };
            // The generator's months have 28 days.
            matches!(number(8..10), Some(1..=28)) && matches!(number(11..13), Some(0..=23))
        });
    let text_or_null = |value: &Value| value.is_string() || value.is_null();
    is("playlist_id", Value::is_string)
        && is("video_id", Value::is_string)
        && is("views", Value::is_u64)
        && is("num_videos", Value::is_u64)
        && is("position", Value::is_u64)
        && [
            "playlist_name",
            "artwork_url",
            "channel_id",
            "title",
            "artist_name",
            "image_url",
            "track_title",
        ]
        .iter()
        .all(|name| is(name, text_or_null))
        && time_is_possible
}

#[test]
fn every_row_is_usable_and_both_layouts_hold_the_same_rows() {
    let rows = array(OPTIONS);
    assert_eq!(rows.len() as u64, OPTIONS.rows);
    assert!(rows.iter().all(|row| is_usable(row.as_object().unwrap())));
    let lines: Vec<Value> = text(Youtube::new(NDJSON))
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows, lines);
}

#[test]
fn names_belong_to_ids_and_a_day_has_many_observations() {
    let rows = array(OPTIONS);
    let distinct = |names: &[&str]| {
        let value = |row: &Value| {
            names
                .iter()
                .map(|name| row[*name].to_string())
                .collect::<Vec<_>>()
        };
        rows.iter().map(value).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(distinct(&["playlist_id"]), 12);
    assert_eq!(
        distinct(&["playlist_id", "playlist_name", "channel_id"]),
        12
    );
    let videos = distinct(&["video_id"]);
    assert!((400..600).contains(&videos), "{videos} videos");
    assert_eq!(
        distinct(&["video_id", "title", "artist_name", "track_title"]),
        videos
    );
    assert!(distinct(&["timestp"]) > 2990);
    let null = rows
        .iter()
        .filter(|row| row["artist_name"].is_null())
        .count();
    assert!((1000..2000).contains(&null), "{null} artists are null");
}

#[test]
fn as_many_rows_as_asked_for_are_invalid() {
    let rows = array(YoutubeOptions {
        invalid: Rate::from_per_million(200_000),
        ..OPTIONS
    });
    let unusable = rows
        .iter()
        .filter(|row| !is_usable(row.as_object().unwrap()))
        .count();
    assert!((500..700).contains(&unusable), "{unusable} of 3000");
    let none = array(YoutubeOptions {
        invalid: Rate::ALWAYS,
        ..OPTIONS
    });
    assert!(!none.iter().any(|row| is_usable(row.as_object().unwrap())));
}

#[test]
fn no_rows_are_an_empty_array_or_nothing() {
    assert_eq!(
        text(Youtube::new(YoutubeOptions { rows: 0, ..OPTIONS })),
        "[]\n"
    );
    assert_eq!(text(Youtube::new(YoutubeOptions { rows: 0, ..NDJSON })), "");
}

#[test]
fn rows_have_the_size_that_the_manual_says() {
    let size = |options: YoutubeOptions| bytes(Youtube::new(options)).len() as u64 / options.rows;
    let (array, ndjson) = (size(OPTIONS), size(NDJSON));
    assert!((600..700).contains(&array), "{array} bytes");
    assert!((450..550).contains(&ndjson), "{ndjson} bytes");
}
