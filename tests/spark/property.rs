//! The steps against `apply`, over random mixtapes and changes, in any number of partitions.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::local::{Local, Parts};
use crate::support::random::{self, Style};

/// Ids at the end of 64 bits, in the place of others.
fn enlarge(value: &mut Value) {
    match value {
        Value::String(text) => match &text[..] {
            "8" => *text = "18446744073709551613".to_owned(),
            "7" => *text = "18446744073709551615".to_owned(),
            "6" => *text = "18446744073709551616".to_owned(),
            "5" => *text = "18446744073709551618".to_owned(),
            _ => {}
        },
        Value::Array(values) => values.iter_mut().for_each(enlarge),
        Value::Object(members) => members.values_mut().for_each(enlarge),
        Value::Number(number) if number.as_u64() == Some(4) => *number = (u64::MAX - 1).into(),
        _ => {}
    }
}

fn line(style: Style, value: &Value) -> Vec<u8> {
    random::write(style, value)
        .replace(['\n', '\r'], " ")
        .into_bytes()
}

fn lines(style: Style, values: &[Value]) -> Vec<Vec<u8>> {
    let line = |value| [line(style, value), b"\n".to_vec()].concat();
    values.iter().map(line).collect()
}

/// A mixtape and changes; some of these are damaged.
fn parts() -> impl Strategy<Value = Parts> {
    let changes = prop::collection::vec((random::operation(), 0u8..40), 0..60);
    (
        random::mixtape(),
        changes,
        random::style(),
        random::style(),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(mut document, mut changes, style, other, is_large)| {
            if is_large {
                enlarge(&mut document);
                changes
                    .iter_mut()
                    .for_each(|(operation, _)| enlarge(operation));
            }
            let of = |name: &str| lines(style, document[name].as_array().unwrap());
            let changes = changes.iter().map(|(operation, damage)| {
                let mut text = line(other, operation);
                match damage {
                    0 => text.truncate(text.len() / 2),
                    1 => text.insert(text.len() / 2, 0xFF),
                    2 => text = b" \t".to_vec(),
                    3 => text.push(b'\r'),
                    4 => text.extend_from_slice(b" {}"),
                    _ => {}
                }
                text.push(b'\n');
                text
            });
            Parts {
                users: of("users"),
                songs: of("songs"),
                playlists: of("playlists"),
                changes: changes.collect(),
            }
        })
}

/// Ids around 2^64, where new playlists look for a free one.
fn crowded_id() -> impl Strategy<Value = Value> {
    let near = |offset: u64| (u128::from(u64::MAX) - 2 + u128::from(offset)).to_string();
    prop_oneof![
        12 => (0u64..8).prop_map(move |offset| json!(near(offset))),
        1 => Just(json!("018446744073709551616")),
        1 => Just(json!(u64::MAX)),
        1 => Just(json!("5")),
    ]
}

/// A mixtape with such ids, and operations that are mostly possible.
fn crowded() -> impl Strategy<Value = Parts> {
    let operation = prop_oneof![
        4 => Just(json!({"type": "add_playlist", "user_id": "1", "song_ids": ["1"]})),
        2 => crowded_id().prop_map(
            |id| json!({"type": "add_playlist", "id": id, "user_id": "1", "song_ids": ["1"]})
        ),
        2 => crowded_id().prop_map(|id| json!({"type": "remove_playlist", "playlist_id": id})),
        2 => crowded_id().prop_map(
            |id| json!({"type": "add_song_to_playlist", "playlist_id": id, "song_id": "1"})
        ),
    ];
    (
        prop::collection::vec(crowded_id(), 0..5),
        prop::collection::vec(operation, 0..30),
    )
        .prop_map(|(ids, operations)| {
            let mut distinct: Vec<Value> = Vec::new();
            for id in ids {
                if !distinct.contains(&id) {
                    distinct.push(id);
                }
            }
            let playlist = |id| json!({"id": id, "song_ids": []});
            let playlists: Vec<Value> = distinct.into_iter().map(playlist).collect();
            Parts {
                users: lines(Style::Spaced, &[json!({"id": "1"})]),
                songs: lines(Style::Spaced, &[json!({"id": "1"})]),
                playlists: lines(Style::Spaced, &playlists),
                changes: lines(Style::Compact, &operations),
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_number_of_partitions_gives_what_one_machine_gives(
        parts in parts(),
        block in 1usize..5,
    ) {
        let head = parts.changes.concat();
        // It would be the beginning of an array.
        prop_assume!(!head.trim_ascii_start().starts_with(b"["));
        let expected = parts.apply().unwrap();
        for partitions in [1, 2, 7] {
            let found = Local::new(partitions, block).apply(&parts).unwrap();
            prop_assert_eq!(&found, &expected, "{} partitions of {:?}", partitions, parts);
        }
    }

    #[test]
    fn ids_beyond_64_bits_are_those_that_one_machine_finds(
        parts in crowded(),
        block in 1usize..5,
    ) {
        let expected = parts.apply().unwrap();
        for partitions in [1, 2, 7] {
            let found = Local::new(partitions, block).apply(&parts).unwrap();
            prop_assert_eq!(&found, &expected, "{} partitions of {:?}", partitions, parts);
        }
    }
}
