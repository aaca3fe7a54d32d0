//! When two ids are one, and how they are written.

use mixtape::changes::ChangesFormat::{Array, Grouped, Ndjson};

use crate::ids_generated::last_id;
use crate::run::{apply, apply_as, failure, reasons};

/// A mixtape with these playlist ids, as JSON.
pub fn with_playlists(ids: &[&str]) -> String {
    let playlists: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"id": {id}, "owner_id": "u", "song_ids": []}}"#))
        .collect();
    let playlists = playlists.join(", ");
    format!(r#"{{"users": [{{"id": "u"}}], "playlists": [{playlists}], "songs": [{{"id": "s"}}]}}"#)
}

pub const NEW: &str = r#"{"type": "add_playlist", "user_id": "u", "song_ids": ["s"]}"#;

pub fn new_with_id(id: &str) -> String {
    NEW.replace("\"user_id\"", &format!("\"id\": {id}, \"user_id\""))
}

/// Name, the id in MIXTAPE, the id in CHANGES, whether they are one.
const PAIRS: [(&str, &str, &str, bool); 31] = [
    ("string", "\"1\"", "\"1\"", true),
    ("number", "1", "1", true),
    ("string and number", "\"1\"", "1", false),
    ("number and string", "1", "\"1\"", false),
    ("leading zero", "\"1\"", "\"01\"", false),
    ("two leading zeros", "\"01\"", "\"001\"", false),
    ("leading zero in both", "\"01\"", "\"01\"", true),
    ("fraction", "1", "1.0", false),
    ("exponent", "100", "1e2", false),
    ("exponent's letter", "1e2", "1E2", false),
    ("spelled alike", "1.50e+2", "1.50e+2", true),
    ("minus zero", "0", "-0", false),
    ("negative", "-1", "-1", true),
    ("empty", "\"\"", "\"\"", true),
    ("blank", "\"1\"", "\" 1\"", false),
    ("case", "\"a\"", "\"A\"", false),
    ("prefix", "\"ab\"", "\"a\"", false),
    ("escaped letter", "\"a\"", "\"\\u0061\"", true),
    ("escaped digit", "\"\\u0031\"", "\"1\"", true),
    ("escaped in both ways", "\"\\u00e9\"", "\"\\u00E9\"", true),
    ("escaped slash", "\"a/b\"", "\"a\\/b\"", true),
    (
        "escaped quote and backslash",
        "\"\\\"\\\\\"",
        "\"\\u0022\\u005c\"",
        true,
    ),
    ("surrogates", "\"𝄞\"", "\"\\ud834\\udd1e\"", true),
    (
        "composed and decomposed",
        "\"\u{e9}\"",
        "\"e\u{301}\"",
        false,
    ),
    ("escaped NUL", "\"\\u0000\"", "\"\\u0000\"", true),
    ("NUL and nothing", "\"\\u0000\"", "\"\"", false),
    ("2^53 + 1", "9007199254740993", "9007199254740992", false),
    (
        "2^62",
        "\"4611686018427387904\"",
        "\"4611686018427387904\"",
        true,
    ),
    ("2^63", "9223372036854775808", "9223372036854775808", true),
    (
        "2^64",
        "\"18446744073709551616\"",
        "\"18446744073709551616\"",
        true,
    ),
    (
        "forty digits",
        "1234567890123456789012345678901234567890",
        "1234567890123456789012345678901234567890",
        true,
    ),
];

/// The document's id is the user's, a playlist's and a song's.
fn document_of(id: &str) -> String {
    format!(
        r#"{{"users": [{{"id": {id}}}], "playlists": [{{"id": {id}, "owner_id": {id}, "song_ids": []}}, {{"id": "p", "owner_id": {id}, "song_ids": []}}], "songs": [{{"id": {id}}}, {{"id": "s"}}]}}"#
    )
}

#[test]
fn ids_are_equal_when_their_text_is_and_numbers_when_they_are_spelled_alike() {
    for (name, own, other, equal) in PAIRS {
        let document = document_of(own);
        let operations = [
            format!(
                r#"{{"type": "add_song_to_playlist", "playlist_id": {other}, "song_id": "s"}}"#
            ),
            format!(
                r#"{{"type": "add_song_to_playlist", "playlist_id": "p", "song_id": {other}}}"#
            ),
            format!(r#"{{"type": "add_playlist", "user_id": {other}, "song_ids": ["s"]}}"#),
            format!(r#"{{"type": "add_playlist", "owner_id": {own}, "song_ids": ["s", {other}]}}"#),
            format!(r#"{{"type": "remove_playlist", "playlist_id": {other}}}"#),
        ];
        let grouped = format!(
            r#"{{"additions": {{"existing_playlists_to_update": [{{"id": {other}, "songs": ["s"]}}, {{"id": "p", "songs": [{other}]}}],
 "new_playlists": [{{"user_id": {other}, "songs": ["s"]}}, {{"user_id": {own}, "songs": ["s", {other}]}}]}},
 "deletions": {{"playlists": [{other}]}}}}"#
        );
        let expected: &[&str] = match equal {
            true => &[],
            false => &[
                "unknown_playlist",
                "unknown_song",
                "unknown_user",
                "unknown_song",
                "unknown_playlist",
            ],
        };
        let array = format!("[{}]", operations.join(","));
        let lines = operations.join("\n");
        for (format, changes) in [(Array, array), (Ndjson, lines), (Grouped, grouped)] {
            let applied = apply_as(&document, &changes, format);
            assert_eq!(reasons(&applied), expected, "{name}, {format:?}");
        }
    }
}

#[test]
fn an_id_is_taken_exactly_when_an_equal_one_is() {
    for (name, own, other, equal) in PAIRS {
        let operation = new_with_id(other);
        let applied = apply(&with_playlists(&[own]), &operation);
        let expected: &[&str] = if equal { &["duplicate_playlist"] } else { &[] };
        assert_eq!(reasons(&applied), expected, "{name}, of the document");

        let operations = format!("{}\n{operation}", new_with_id(own));
        let applied = apply(&with_playlists(&[]), &operations);
        assert_eq!(reasons(&applied), expected, "{name}, of a created one");
    }
}

#[test]
fn equal_ids_of_a_mixtape_are_duplicates_however_they_are_spelled() {
    for (name, own, other, equal) in PAIRS {
        let mixtape = with_playlists(&[own, other]);
        if equal {
            let message = failure(&mixtape, b"").message;
            assert!(message.contains("stands twice"), "{name}: {message}");
        } else {
            assert_eq!(apply(&mixtape, "").output, mixtape, "{name}");
        }
    }
}

#[test]
fn ids_are_written_digit_for_digit_as_the_document_has_them() {
    let ids = [
        "\"01\"",
        "1.50e+2",
        "-0",
        "9007199254740993",
        "18446744073709551616",
        "\"é𝄞\"",
        "\"\\\"\\\\\\n\\u0001\"",
        "\"\"",
        "1e999999999",
        "\"18446744073709551616\"",
    ];
    for id in ids {
        let changes = format!(
            r#"[{{"type": "add_song_to_playlist", "playlist_id": "p", "song_id": {id}}},
 {{"type": "add_playlist", "id": "q", "user_id": {id}, "song_ids": [{id}]}}]"#
        );
        let output = apply(&document_of(id), &changes).output;
        let extended = format!(r#"{{"id": "p", "owner_id": {id}, "song_ids": [{id}]}}"#);
        let new = format!(r#"{{"id": "q", "owner_id": {id}, "song_ids": [{id}]}}"#);
        assert!(output.contains(&extended), "{id}: {output}");
        assert!(output.contains(&new), "{id}: {output}");
    }
}

#[test]
fn a_new_id_is_written_digit_for_digit_as_the_operation_has_it() {
    for id in [
        "\"01\"",
        "1.50e+2",
        "-0",
        "18446744073709551616",
        "\"é𝄞\\n\"",
        "\"\"",
    ] {
        let output = apply(&with_playlists(&[]), &new_with_id(id)).output;
        assert_eq!(last_id(&output), id);
    }
}

#[test]
fn ids_of_a_megabyte_are_compared_to_their_last_byte() {
    let long = "x".repeat(1 << 20);
    let (own, other) = (format!("\"{long}1\""), format!("\"{long}2\""));
    let document = document_of(&own);
    let add = |id: &str| {
        format!(r#"{{"type": "add_song_to_playlist", "playlist_id": {id}, "song_id": {id}}}"#)
    };
    let options = mixtape::apply::ApplyOptions::default();
    let changes = format!("[{}, {}]", add(&other), add(&own));
    let applied = crate::support::apply_in_process(&document, changes.as_bytes(), 4096, &options);
    let applied = applied.unwrap();
    assert_eq!(reasons(&applied), ["unknown_playlist"]);
    let extended = format!("\"song_ids\": [{own}]");
    assert_eq!(applied.output.matches(&extended).count(), 1);
    assert_eq!(applied.output.len(), document.len() + own.len());
}
