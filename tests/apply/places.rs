//! Every reason for a reject, under its stable name, with its exact place, in every layout of CHANGES.

use crate::run::{GOOD, MIXTAPE, Place, line_and_column};

/// Reason, message, operation. The operation holds characters of more than a byte, so that columns are seen not to be bytes.
const OPERATIONS: [(&str, &str, &str); 25] = [
    (
        "unknown_playlist",
        r#"no playlist has the id "é☂""#,
        r#"{"type": "remove_playlist", "playlist_id": "é☂"}"#,
    ),
    (
        "unknown_playlist",
        r#"no playlist has the id 1; there is one with the string "1""#,
        r#"{"type":"add_song_to_playlist","playlist_id":1,"song_id":"1"}"#,
    ),
    (
        "unknown_song",
        r#"no song has the id "a\"b""#,
        r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "a\"b"}"#,
    ),
    (
        "unknown_song",
        "no song has the id -0",
        r#"{"song_ids": ["1", -0, "x"], "type": "add_playlist", "user_id": "1"}"#,
    ),
    (
        "unknown_user",
        r#"no user has the id """#,
        r#"{"type": "add_playlist", "owner_id": "", "song_ids": ["1"]}"#,
    ),
    (
        "empty_playlist",
        "a new playlist needs at least one song",
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": [ ]}"#,
    ),
    (
        "duplicate_playlist",
        r#"a playlist has the id "2" already"#,
        r#"{"type": "add_playlist", "id": "\u0032", "user_id": "1", "song_ids": ["1"]}"#,
    ),
    (
        "unknown_operation",
        r#""shuffle" is none of add_song_to_playlist, add_playlist, remove_playlist"#,
        r#"{"type": "shuffle"}"#,
    ),
    (
        "missing_member",
        r#"member "type" is missing"#,
        r#"{"playlist_id": "1", "song_id": "1"}"#,
    ),
    (
        "missing_member",
        r#"member "playlist_id" is missing"#,
        r#"{"type": "remove_playlist", "id": "1"}"#,
    ),
    (
        "missing_member",
        r#"member "song_id" is missing"#,
        r#"{"type": "add_song_to_playlist", "playlist_id": "1"}"#,
    ),
    (
        "missing_member",
        r#"member "user_id" is missing"#,
        r#"{"type": "add_playlist", "song_ids": ["1"]}"#,
    ),
    (
        "missing_member",
        r#"member "song_ids" is missing"#,
        r#"{"type": "add_playlist", "user_id": "1", "songs": ["1"]}"#,
    ),
    (
        "wrong_type",
        "type must be a string",
        r#"{"type": ["remove_playlist"], "playlist_id": "1"}"#,
    ),
    (
        "wrong_type",
        "playlist_id must be a string or a number",
        r#"{"type": "remove_playlist", "playlist_id": null}"#,
    ),
    (
        "wrong_type",
        "song_id must be a string or a number",
        r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": {}}"#,
    ),
    (
        "wrong_type",
        "user_id must be a string or a number",
        r#"{"type": "add_playlist", "user_id": true, "song_ids": ["1"]}"#,
    ),
    (
        "wrong_type",
        "song_ids must be an array",
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": "1"}"#,
    ),
    (
        "wrong_type",
        "a song's id must be a string or a number",
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": ["1", [], "2"]}"#,
    ),
    (
        "wrong_type",
        "id must be a string or a number",
        r#"{"type": "add_playlist", "id": null, "user_id": "1", "song_ids": ["1"]}"#,
    ),
    ("wrong_type", "an operation must be an object", "\"☂\""),
    (
        "duplicate_member",
        r#"member "type" stands twice"#,
        r#"{"type": "remove_playlist", "type": "remove_playlist", "playlist_id": "1"}"#,
    ),
    (
        "duplicate_member",
        r#"member "playlist_id" stands twice"#,
        r#"{"type": "remove_playlist", "playlist_id": "9", "playlist\u005fid": "1"}"#,
    ),
    (
        "duplicate_member",
        r#"member "x" stands twice"#,
        r#"{"type": "remove_playlist", "playlist_id": "1", "x": 1, "y": 2, "\u0078": 3}"#,
    ),
    (
        "duplicate_member",
        r#"member "owner_id" stands twice"#,
        r#"{"type": "add_playlist", "user_id": "1", "owner_id": "1", "song_ids": ["1"]}"#,
    ),
];

#[test]
fn every_reason_has_its_name_and_place_in_an_array_and_in_lines() {
    for (separator, end) in [("\n", ""), ("\r\n", "\r\n")] {
        let operations = OPERATIONS.map(|(_, _, operation)| operation);
        let lines = [&[GOOD][..], &operations, &[GOOD]]
            .concat()
            .join(&format!("{separator}  "));
        check(&(lines + end), 2);

        let array = [&[GOOD][..], &operations]
            .concat()
            .join(&format!(",{separator}\t☂☂"));
        check(&format!("[{}\n]", array.replace("☂☂", " ")), 2);
    }
    let one_line = OPERATIONS.map(|(_, _, operation)| operation).join(" , ");
    check(&format!("[ {one_line} ]"), 1);
}

/// Checks each line of the reject file; the first of `OPERATIONS` is operation `first`.
#[track_caller]
fn check(changes: &str, first: usize) {
    let place = Place::new(MIXTAPE, changes);
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let mut from = 0;
    let mut expected = Vec::new();
    for (i, (reason, message, operation)) in OPERATIONS.into_iter().enumerate() {
        let byte = from + changes[from..].find(operation).unwrap();
        from = byte + operation.len();
        expected.push(reject(changes, reason, message, first + i, byte, operation));
    }
    let rejects = place.read("rejects.ndjson");
    assert_eq!(rejects.lines().collect::<Vec<_>>(), expected);
    assert!(rejects.ends_with('\n'));
}

/// The line of a reject file for what stands at `byte` of `changes`.
pub fn reject(
    changes: &str,
    reason: &str,
    message: &str,
    number: usize,
    byte: usize,
    operation: &str,
) -> String {
    let (line, column) = line_and_column(changes, byte);
    let message = serde_json::to_string(message).unwrap();
    format!(
        r#"{{"reason": "{reason}", "message": {message}, "number": {number}, "line": {line}, "column": {column}, "byte": {byte}, "operation": {operation}}}"#
    )
}

#[test]
fn a_byte_order_mark_is_no_column() {
    for changes in ["{}", "[{}]"] {
        let applied = crate::run::apply(MIXTAPE, &format!("\u{feff}{changes}"));
        let reject = &applied.rejects[0];
        let column = if changes == "{}" { 1 } else { 2 };
        assert_eq!(
            (&reject["line"], &reject["column"]),
            (&1.into(), &column.into())
        );
        assert_eq!(reject["byte"], column + 2);
    }
}
