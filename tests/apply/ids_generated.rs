//! Which ids are made for playlists that come without one.

use crate::ids::{NEW, new_with_id, with_playlists};
use crate::run::apply;

/// The id of the last playlist, as it is spelled.
pub fn last_id(output: &str) -> &str {
    let start = output.rfind(r#"{"id": "#).expect("a song stands last");
    let before = &output[..start];
    let start = before.rfind(r#"{"id": "#).expect("a playlist") + 7;
    let end = before[start..].find(", \"owner_id").expect("its owner");
    &before[start..start + end]
}

fn remove(id: &str) -> String {
    format!(r#"{{"type": "remove_playlist", "playlist_id": {id}}}"#)
}

#[test]
fn a_generated_id_is_one_more_than_the_largest_canonical_decimal() {
    const MAX: &str = "\"18446744073709551615\"";
    let rows: [(&str, &[&str], &[String], &str); 29] = [
        ("none", &[], &[], "\"1\""),
        ("strings", &["\"1\"", "\"2\""], &[], "\"3\""),
        ("by value, not by text", &["\"9\"", "\"10\""], &[], "\"11\""),
        ("not by place", &["\"7\"", "\"3\""], &[], "\"8\""),
        ("zero", &["\"0\""], &[], "\"1\""),
        ("numbers", &["1", "2"], &[], "3"),
        ("a string among numbers", &["1", "\"2\"", "3"], &[], "\"4\""),
        ("a number among strings", &["\"1\"", "2"], &[], "\"3\""),
        ("no decimal", &["\"a\"", "\"\""], &[], "\"1\""),
        ("leading zero", &["\"01\"", "\"007\""], &[], "\"1\""),
        ("sign", &["\"-5\"", "\"+5\""], &[], "\"1\""),
        ("blank", &["\" 5\"", "\"5 \""], &[], "\"1\""),
        ("fraction", &["\"5.0\"", "\"5e0\""], &[], "\"1\""),
        ("other digits", &["\"\u{ff15}\""], &[], "\"1\""),
        ("fraction as a number", &["5.0", "-7", "3e1"], &[], "1"),
        ("escaped digits", &["\"\\u0037\""], &[], "\"8\""),
        ("above 2^53", &["9007199254740993"], &[], "9007199254740994"),
        ("2^64 - 2", &["\"18446744073709551614\""], &[], MAX),
        ("2^64 - 1", &[MAX], &[], "\"18446744073709551616\""),
        (
            "2^64 does not count",
            &["\"18446744073709551616\""],
            &[],
            "\"1\"",
        ),
        (
            "2^64 is taken",
            &[MAX, "\"18446744073709551616\""],
            &[],
            "\"18446744073709551617\"",
        ),
        (
            "two above 2^64",
            &[MAX],
            &[NEW.into()],
            "\"18446744073709551617\"",
        ),
        ("two", &["\"1\""], &[NEW.into()], "\"3\""),
        (
            "removed ones count",
            &["\"1\"", "\"9\""],
            &[remove("\"9\"")],
            "\"10\"",
        ),
        (
            "all removed",
            &["4", "9"],
            &[remove("9"), remove("4")],
            "10",
        ),
        (
            "created ones count",
            &["\"1\""],
            &[new_with_id("\"41\"")],
            "\"42\"",
        ),
        (
            "created with a number",
            &["\"1\""],
            &[new_with_id("41")],
            "\"42\"",
        ),
        (
            "created and removed",
            &["\"1\""],
            &[new_with_id("\"41\""), remove("\"41\"")],
            "\"42\"",
        ),
        (
            "a rejected one does not count",
            &["\"1\""],
            &[new_with_id("\"1\"")],
            "\"2\"",
        ),
    ];
    for (name, ids, operations, expected) in rows {
        let mut changes = operations.to_vec();
        changes.push(NEW.to_owned());
        let applied = apply(&with_playlists(ids), &changes.join("\n"));
        assert_eq!(last_id(&applied.output), expected, "{name}");
    }
}

#[test]
fn a_generated_id_of_the_wrapped_layout_follows_the_same_rule() {
    let mixtape = r#"{"users": [{"user_id": "u"}], "playlists": [
 {"playlist": {"id": 9, "user_id": "u", "songs": []}}], "songs": [{"id": "s"}]}"#;
    let changes = r#"{"additions": {"new_playlists": [{"user_id": "u", "songs": ["s"]}]}}"#;
    let output = apply(mixtape, changes).output;
    let new = r#"{"playlist": {"id": 10, "user_id": "u", "songs": ["s"]}}"#;
    assert!(output.contains(new), "{output}");
}
