//! Bytes and escapes that are no text: named by their byte wherever they stand, never replaced by U+FFFD, and kept as they
//! are in the rejects.

use base64::Engine;
use serde_json::Value;

use crate::run::{GOOD, MIXTAPE, Place};

/// Invalid UTF-8: every way to go wrong. Only its first byte is named.
const INVALID: [&[u8]; 12] = [
    b"\xFF",
    b"\x80",
    b"\xC3",
    b"\xC0\xAF",
    b"\xC1\xBF",
    b"\xE0\x80\xAF",
    b"\xE2\x98",
    b"\xED\xA0\x80",
    b"\xED\xBF\xBF",
    b"\xF0\x80\x80\xAF",
    b"\xF0\x9F\x8E",
    b"\xF4\x90\x80\x80",
];

/// Escapes of half a character.
const LONE: [&[u8]; 5] = [
    b"\\ud83c",
    b"\\uDFB5",
    b"\\udfb5\\ud83c",
    b"\\ud83c\\u0041",
    b"\\ud83c\\ud83c",
];

/// The text with `bytes` instead of the `☛`, and where that stands.
fn with(marked: &str, bytes: &[u8]) -> (Vec<u8>, usize) {
    let (before, after) = marked.split_once('☛').expect("a mark");
    let text = [before.as_bytes(), bytes, after.as_bytes()].concat();
    (text, before.len())
}

fn all() -> impl Iterator<Item = &'static [u8]> {
    INVALID.into_iter().chain(LONE)
}

#[track_caller]
fn assert_named(place: &Place, file: &str, byte: usize, bytes: &[u8]) {
    let run = place.apply(&["--rejects", "rejects"]).assert_code(2);
    let start = format!("error: {file}:");
    assert!(run.stderr.starts_with(&start), "{bytes:?}: {run:?}");
    let end = format!("(byte {byte})\n");
    assert!(run.stderr.ends_with(&end), "{bytes:?} at {byte}: {run:?}");
    assert!(!run.stderr.contains('\u{fffd}'), "{bytes:?}: {run:?}");
    place.assert_holds("changes.json mixtape.json");
}

#[test]
fn in_a_mixtape_they_are_an_error_that_names_the_byte() {
    let documents = [
        r#"{"x": "é☛", "users": [], "songs": [], "playlists": []}"#,
        r#"{"é☛": 1, "users": [], "songs": [], "playlists": []}"#,
        r#"{"x": [{"é☛": 1}], "users": [], "songs": [], "playlists": []}"#,
        r#"{"users": [{"id": "é☛"}], "songs": [], "playlists": []}"#,
        r#"{"users": [], "songs": [{"title": "é☛", "id": "1"}], "playlists": []}"#,
        r#"{"users": [], "songs": [], "playlists": [{"id": "1", "song_ids": ["1", "é☛"]}]}"#,
    ];
    for marked in documents {
        for bytes in all() {
            let (mixtape, byte) = with(marked, bytes);
            assert_named(&Place::new(mixtape, ""), "mixtape.json", byte, bytes);
        }
    }
}

#[test]
fn in_an_array_or_a_group_they_are_an_error_that_names_the_byte() {
    let documents = [
        format!("[{GOOD}, {{\"type\": \"é☛\"}}]"),
        format!("[{GOOD}, {{\"é☛\": 1}}]"),
        format!("[{GOOD}, {{\"x\": [\"é☛\"]}}]"),
        "{\"deletions\": {\"playlists\": [\"1\", \"é☛\"]}}".to_owned(),
        "{\"additions\": {}, \"x\": {\"é☛\": 1}}".to_owned(),
    ];
    for marked in &documents {
        for bytes in all() {
            let (changes, byte) = with(marked, bytes);
            assert_named(&Place::new(MIXTAPE, changes), "changes.json", byte, bytes);
        }
    }
}

#[test]
fn in_a_line_they_are_a_reject_that_keeps_every_byte() {
    for marked in [
        "{\"type\": \"é☛\"}",
        "{\"x\": [{\"é☛\": 1}]}",
        "{\"type\": \"remove_playlist\", \"playlist_id\": \"é☛\"}",
    ] {
        for bytes in all() {
            let (line, at) = with(marked, bytes);
            let changes = [GOOD.as_bytes(), b"\n", &line, b"\n", GOOD.as_bytes()].concat();
            let place = Place::new(MIXTAPE, changes);
            place.apply(&["--rejects", "rejects"]).assert_code(0);
            let rejects = place.read("rejects");
            assert_eq!(rejects.lines().count(), 1, "{rejects}");
            assert!(!rejects.contains('\u{fffd}'), "{rejects}");
            let reject: Value = serde_json::from_str(&rejects).unwrap();
            assert_eq!(reject["reason"], "malformed_json", "{rejects}");
            assert_eq!(reject["byte"], GOOD.len() + 1 + at, "{rejects}");
            let kept = match reject["raw_base64"].as_str() {
                Some(raw) => base64::engine::general_purpose::STANDARD
                    .decode(raw)
                    .unwrap(),
                None => reject["raw"].as_str().expect("text").into(),
            };
            assert_eq!(kept, line, "{rejects}");
        }
    }
}
