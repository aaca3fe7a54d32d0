//! A mixtape holds what was asked for, in the formatting of Python's `json` module.

mod common;

use common::text;
use data_gen::{Mixtape, MixtapeLayout, MixtapeOptions};
use serde_json::Value;
use std::collections::BTreeSet;
use std::num::NonZeroU64;

fn id(value: &Value) -> u64 {
    value.as_str().unwrap().parse().unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn assert_ids(list: &[Value], key: &str, count: u64) {
    assert!(
        list.iter().map(|element| id(&element[key])).eq(1..=count),
        "ids from 1 up"
    );
}

/// Checks everything in a mixtape but the keys of users and playlists, which depend on the layout.
fn check(options: MixtapeOptions, users: u64, songs: u64) {
    let text = text(Mixtape::new(options));
    assert!(text.find("\"users\"") < text.find("\"playlists\""));
    assert!(text.find("\"playlists\"") < text.find("\"songs\""));
    assert!(text.ends_with("}\n"));

    let mixtape: Value = serde_json::from_str(&text).unwrap();
    let list = |key: &str| mixtape[key].as_array().unwrap().as_slice();
    let wrapped = options.layout == MixtapeLayout::Wrapped;
    assert_ids(list("users"), if wrapped { "user_id" } else { "id" }, users);
    assert_ids(list("songs"), "id", songs);
    assert!(
        list("songs")
            .iter()
            .all(|song| keys(song) == ["artist", "id", "title"])
    );

    let playlists: Vec<Value> = match wrapped {
        true => list("playlists")
            .iter()
            .map(|element| element["playlist"].clone())
            .collect(),
        false => list("playlists").to_vec(),
    };
    assert_ids(&playlists, "id", options.playlists);
    for playlist in playlists {
        let (owner, ids) = match wrapped {
            true => (&playlist["user_id"], &playlist["songs"]),
            false => (&playlist["owner_id"], &playlist["song_ids"]),
        };
        assert!((1..=users).contains(&id(owner)));
        let ids: Vec<u64> = ids.as_array().unwrap().iter().map(id).collect();
        let most = (2 * options.songs_per_playlist)
            .saturating_sub(1)
            .min(songs);
        assert!((most.min(1)..=most).contains(&(ids.len() as u64)));
        assert!(ids.iter().all(|id| (1..=songs).contains(id)));
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "no song twice"
        );
    }
}

#[test]
fn it_holds_what_was_asked_for() {
    for layout in [MixtapeLayout::Plain, MixtapeLayout::Wrapped] {
        for compact in [false, true] {
            let options = MixtapeOptions {
                layout,
                compact,
                ..Default::default()
            };
            check(options, 51, 51);
            check(
                MixtapeOptions {
                    playlists: 0,
                    ..options
                },
                1,
                1,
            );
            check(
                MixtapeOptions {
                    songs_per_playlist: 0,
                    ..options
                },
                51,
                51,
            );
            let users = NonZeroU64::new(3);
            check(
                MixtapeOptions {
                    users,
                    songs: NonZeroU64::new(2),
                    ..options
                },
                3,
                2,
            );
            // Playlists of so many songs are made in several pieces.
            let songs = NonZeroU64::new(5000);
            check(
                MixtapeOptions {
                    playlists: 9,
                    songs,
                    songs_per_playlist: 2500,
                    ..options
                },
                5,
                5000,
            );
        }
    }
}

#[test]
fn names_need_some_care() {
    let text = text(Mixtape::new(MixtapeOptions {
        playlists: 1000,
        ..Default::default()
    }));
    assert!(!text.is_ascii() && text.contains("\\\"") && text.contains("\\u00e9"));
}

#[test]
fn the_formatting_is_pythons() {
    let options = MixtapeOptions {
        playlists: 1,
        layout: MixtapeLayout::Wrapped,
        songs_per_playlist: 1,
        ..Default::default()
    };
    let indented = text(Mixtape::new(options));
    let compact = text(Mixtape::new(MixtapeOptions {
        compact: true,
        ..options
    }));

    let expected = r#"{
  "users": [
    {
      "user_id": "1",
      "name": "Wei Kim"
    }
  ],
  "playlists": [
    {
      "playlist": {
        "id": "1",
        "name": "Electric \u266b Waltz",
        "user_id": "1",
        "songs": [
          "1"
        ]
      }
    }
  ],
  "songs": [
    {
      "id": "1",
      "artist": "Electric Satellites",
      "title": "Blue Dance"
    }
  ]
}
"#;
    assert_eq!(indented, expected);

    let without_lines: String = expected.lines().map(str::trim_start).collect();
    assert_eq!(compact, without_lines.replace("\": ", "\":") + "\n");
}
