//! The steps against `apply`, over random mixtapes and changes, in any number of partitions.

use proptest::prelude::*;
use serde_json::{Value, json};

use mixtape::rejects::{OnReject, RejectLimit};
use mixtape::shard::Bounds;

use crate::local::{BOUNDS, Local};
use crate::one_machine::Parts;
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

/// A line that is nested more deeply than the others.
const DEEP: &[u8] = br#"{"type": "nest", "in": [[[[[[[[[[]]]]]]]]]]}"#;

/// Rules that some of the changes below do not keep to.
fn bounds() -> impl Strategy<Value = Bounds> {
    let limit = prop_oneof![
        3 => Just(None),
        2 => (0u64..8).prop_map(|most| Some(RejectLimit::Count(most))),
        1 => (0u32..100).prop_map(|percent| Some(RejectLimit::Percent(percent.into()))),
    ];
    let size = prop_oneof![2 => Just(BOUNDS.max_operation), 1 => 60usize..200];
    let depth = prop_oneof![2 => Just(BOUNDS.max_depth), 1 => Just(9u32)];
    let strict = prop::bool::weighted(0.4);
    (strict, limit, size, depth).prop_map(|(strict, limit, max_operation, max_depth)| Bounds {
        on_reject: if strict {
            OnReject::Stop
        } else {
            OnReject::GoOn
        },
        max_rejects: limit.filter(|_| !strict),
        max_operation,
        max_depth,
        ..BOUNDS
    })
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
                    // Bytes that are not UTF-8, and a character that stands for them elsewhere.
                    1 => text.insert(text.len() / 2, 0xFF),
                    5 => text = b"\xED\xA0\x80".to_vec(),
                    6 => text.extend_from_slice("\u{FFFD}\u{85}".as_bytes()),
                    7 => text.extend_from_slice(b" \xC3"),
                    8 => text = DEEP.to_vec(),
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
    fn what_ends_a_run_is_what_ends_that_of_one_machine(
        parts in parts(),
        bounds in bounds(),
        block in 1usize..5,
    ) {
        let head = parts.changes.concat();
        prop_assume!(!head.trim_ascii_start().starts_with(b"["));
        let expected = parts.stopped(&bounds);
        for partitions in [1, 2, 7] {
            let found = Local::within(bounds, partitions, block).apply(&parts).err();
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// A share is looked at from a thousand operations on, so these are more.
    #[test]
    fn a_share_of_rejects_is_passed_where_one_machine_passes_it(
        is_rejected in prop::collection::vec(prop::bool::weighted(0.05), 900..1500),
        percent in 4.0f64..6.0,
        block in 50usize..400,
    ) {
        let line = |is_rejected: &bool| match is_rejected {
            true => b"{\"type\": \"remove_playlist\", \"playlist_id\": 1}\n".to_vec(),
            false => b"{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"1\", \"song_id\": \"1\"}\n".to_vec(),
        };
        let parts = Parts {
            users: lines(Style::Spaced, &[json!({"id": "1"})]),
            songs: lines(Style::Spaced, &[json!({"id": "1"})]),
            playlists: lines(Style::Spaced, &[json!({"id": "1", "song_ids": []})]),
            changes: is_rejected.iter().map(line).collect(),
        };
        let bounds = Bounds { max_rejects: Some(RejectLimit::Percent(percent)), ..BOUNDS };
        let expected = parts.stopped(&bounds);
        for partitions in [1, 2, 7] {
            let found = Local::within(bounds, partitions, block).apply(&parts).err();
            prop_assert_eq!(&found, &expected, "{} partitions", partitions);
        }
    }
}
