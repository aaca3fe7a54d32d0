//! A reject file is again CHANGES: once the cause is mended, what was rejected is applied.

use mixtape::changes::ChangesFormat;

use crate::run::{BAD, GOOD, MIXTAPE, Place, apply, apply_as};

/// A mixtape in which all that `MIXTAPE` lacks is there.
fn mended(mixtape: &str) -> String {
    mixtape
        .replace(r#""songs": ["#, r#""songs": [{"id": "99"}, "#)
        .replace(r#""users": ["#, r#""users": [{"id": "u"}, "#)
        .replace(
            r#""playlists": ["#,
            r#""playlists": [{"id": "p", "owner_id": "1", "song_ids": []}, "#,
        )
}

const OPERATIONS: [&str; 4] = [
    BAD,
    r#"{"type": "add_playlist", "user_id": "u", "song_ids": ["1", "99"], "name": "a\nb"}"#,
    r#"{"type": "add_song_to_playlist", "playlist_id": "p", "song_id": "1"}"#,
    r#"{"type": "remove_playlist", "playlist_id": "p"}"#,
];

const GROUPED: &str = r#"{"additions": {"existing_playlists_to_update": [{"id": "1", "songs": ["99"]}],
 "new_playlists": [{"user_id": "u", "songs": ["1", "99"], "name": "a\nb"}]},
 "deletions": {"playlists": ["p"]}}"#;

#[test]
fn replayed_rejects_do_what_the_operations_would_have_done() {
    let array = format!("[{}]", OPERATIONS.join(",\n"));
    for changes in [array, OPERATIONS.join("\r\n"), GROUPED.to_owned()] {
        let place = Place::new(MIXTAPE, &changes);
        place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
        assert_eq!(place.read("output.json"), MIXTAPE);

        place.0.write("mended.json", mended(MIXTAPE));
        place
            .run("mended.json rejects.ndjson replayed.json", &["--strict"])
            .assert_code(0);
        place
            .run("mended.json changes.json direct.json", &["--strict"])
            .assert_code(0);
        assert_eq!(
            place.read("replayed.json"),
            place.read("direct.json"),
            "{changes}"
        );
        assert_ne!(place.read("replayed.json"), mended(MIXTAPE));
    }
}

#[test]
fn rejects_of_a_replay_are_those_of_the_first_run() {
    let others = [
        "{}",
        "7",
        "[]",
        "\"☂\"",
        "null",
        r#"{"type": 1}"#,
        r#"{"type": "shuffle"}"#,
        r#"{"type": "remove_playlist", "playlist_id": "x", "playlist_id": "y"}"#,
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": 1}"#,
        r#"{"message": "no operation", "reason": 1}"#,
    ];
    let place = Place::new(
        MIXTAPE,
        format!("[{}]", [&OPERATIONS[..], &others].concat().join(",")),
    );
    place.apply(&["--rejects", "1"]).assert_code(0);
    for round in ["1", "2", "3"] {
        place
            .run(
                &format!("mixtape.json {round} output.json"),
                &["--rejects", "next"],
            )
            .assert_code(0);
        let (before, after) = (place.read(round), place.read("next"));
        assert_eq!(before.lines().count(), OPERATIONS.len() + others.len());
        for (before, after) in before.lines().zip(after.lines()) {
            assert_eq!(
                reason_and_operation(before),
                reason_and_operation(after),
                "round {round}"
            );
        }
        let next = (round.as_bytes()[0] + 1) as char;
        place.0.write(&next.to_string(), after);
    }
}

/// As they stand in a line of a reject file.
fn reason_and_operation(line: &str) -> (&str, &str) {
    let (reason, rest) = line.split_once(", \"message\"").expect("a reason first");
    (
        reason,
        rest.split_once(", \"operation\": ")
            .expect("an operation last")
            .1,
    )
}

#[test]
fn rejects_can_be_replayed_from_an_array_and_in_any_order_of_members() {
    let rows = [
        format!(r#"[{{"operation": {GOOD}}}]"#),
        format!(r#"[{{"operation": {GOOD}, "reason": "x", "number": 1}}]"#),
        format!(r#"{{"byte": 0, "op\u0065ration": {GOOD}, "reason": [1]}}"#),
    ];
    for changes in rows {
        let output = apply(MIXTAPE, &changes).output;
        assert_eq!(output, apply(MIXTAPE, GOOD).output, "{changes}");
    }
}

#[test]
fn a_raw_line_cannot_be_replayed_but_is_not_lost() {
    let first = apply(MIXTAPE, "{\"type\": \n").rejects[0].to_string();
    let again = apply(MIXTAPE, &first);
    assert_eq!(again.reasons(), [(1, "missing_member".to_owned())]);
    assert_eq!(again.rejects[0]["operation"].to_string(), first);
}

#[test]
fn an_operation_that_holds_another_is_itself_when_it_has_a_type() {
    let changes =
        format!(r#"{{"operation": {GOOD}, "type": "remove_playlist", "playlist_id": "3"}}"#);
    let applied = apply(MIXTAPE, &changes);
    assert!(!applied.output.contains(r#""id": "3", "owner_id""#));
    assert!(
        applied.output.contains(r#""song_ids": ["1"]}"#),
        "{}",
        applied.output
    );
}

#[test]
fn a_line_that_holds_two_operations_is_rejected_whole() {
    let changes = format!(r#"{{"operation": {GOOD}, "operation": {GOOD}}}"#);
    for changes in [format!("[{changes}]"), changes] {
        let format = match changes.as_bytes()[0] {
            b'[' => ChangesFormat::Array,
            _ => ChangesFormat::Ndjson,
        };
        let applied = apply_as(MIXTAPE, &changes, format);
        assert_eq!(applied.reasons(), [(1, "duplicate_member".to_owned())]);
        assert_eq!(applied.output, MIXTAPE);
    }
}

#[test]
fn only_one_operation_is_unwrapped() {
    let changes = format!(r#"{{"operation": {{"operation": {GOOD}}}}}"#);
    let applied = apply(MIXTAPE, &changes);
    assert_eq!(applied.reasons(), [(1, "missing_member".to_owned())]);
    assert_eq!(applied.output, MIXTAPE);
}
