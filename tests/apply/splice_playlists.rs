//! Playlists are removed with their comma and created in the style of the last one, and not a byte more changes.

use crate::run::{apply, playlists};

/// A document with this text between the brackets of `playlists`.
fn with(playlists: &str) -> String {
    format!(
        r#"{{"users":[{{"id":"1"}}],"playlists":[{playlists}],"songs":[{{"id":"1"}},{{"id":"8"}}]}}"#
    )
}

/// `-1` removes playlist 1; `+` creates one.
fn changes(operations: &str) -> String {
    let operation = |operation: &str| match operation.strip_prefix('-') {
        Some(id) => format!(r#"{{"type": "remove_playlist", "playlist_id": "{id}"}}"#) + "\n",
        None => {
            r#"{"type": "add_playlist", "user_id": "1", "song_ids": ["1", "8"]}"#.to_owned() + "\n"
        }
    };
    operations.split_whitespace().map(operation).collect()
}

const A: &str = r#"{"id":"1","owner_id":"1","song_ids":[]}"#;
const B: &str = r#"{"song_ids":["1", "8"],"id":"2","owner_id":"1"}"#;
const C: &str = r#"{"id":"3","owner_id":"1","song_ids":["1","8"],"x":"]},{"}"#;

#[test]
fn a_removed_playlist_takes_one_comma_with_it() {
    let rows = [
        ("first", "-1", format!("{A},{B},{C}"), format!("{B},{C}")),
        ("middle", "-2", format!("{A},{B},{C}"), format!("{A},{C}")),
        ("last", "-3", format!("{A},{B},{C}"), format!("{A},{B}")),
        ("first two", "-2 -1", format!("{A},{B},{C}"), C.to_owned()),
        ("last two", "-2 -3", format!("{A},{B},{C}"), A.to_owned()),
        ("outer two", "-1 -3", format!("{A},{B},{C}"), B.to_owned()),
        ("all", "-1 -2 -3", format!("{A},{B},{C}"), String::new()),
        ("the only one", "-1", A.to_owned(), String::new()),
        (
            "the only one, padded",
            "-1",
            format!("\n {A}\n"),
            String::new(),
        ),
        (
            "first, padded",
            "-1",
            format!(" {A} , {B} "),
            format!(" {B} "),
        ),
        (
            "last, padded",
            "-2",
            format!(" {A} , {B} "),
            format!(" {A} "),
        ),
        (
            "first line",
            "-1",
            format!("\n  {A},\n  {B},\n  {C}\n "),
            format!("\n  {B},\n  {C}\n "),
        ),
        (
            "middle line",
            "-2",
            format!("\n  {A},\n  {B},\n  {C}\n "),
            format!("\n  {A},\n  {C}\n "),
        ),
        (
            "last line",
            "-3",
            format!("\r\n{A},\r\n{B},\r\n{C}\r\n"),
            format!("\r\n{A},\r\n{B}\r\n"),
        ),
        (
            "comma first",
            "-2",
            format!("\n  {A}\n, {B}\n, {C}\n"),
            format!("\n  {A}\n, {C}\n"),
        ),
    ];
    for (name, operations, before, after) in rows {
        let output = apply(&with(&before), &changes(operations)).output;
        assert_eq!(output, with(&after), "{name}");
    }
}

#[test]
fn a_new_playlist_looks_like_the_last_one() {
    let new = r#"{"id":"4","owner_id":"1","song_ids":["1","8"]}"#;
    let next = r#"{"id":"5","owner_id":"1","song_ids":["1","8"]}"#;
    let spaced = |id| format!(r#"{{"id": "{id}", "owner_id": "1", "song_ids": ["1", "8"]}}"#);
    let lines = |id| {
        format!(
            "{{\n  \"id\": \"{id}\",\n  \"owner_id\": \"1\",\n  \"song_ids\": [\n    \"1\",\n    \"8\"\n  ]\n }}"
        )
    };
    let (s, l) = (&spaced, &lines);
    let rows = [
        ("compact", "+", format!("{A},{C}"), format!("{A},{C},{new}")),
        (
            "two",
            "+ +",
            format!("{A},{C}"),
            format!("{A},{C},{new},{next}"),
        ),
        (
            "spaced",
            "+",
            format!("{}, {}", s(1), s(3)),
            format!("{}, {}, {}", s(1), s(3), s(4)),
        ),
        ("a single one", "+", C.to_owned(), format!("{C},{new}")),
        (
            "a single one, spaced",
            "+",
            s(3),
            format!("{}, {}", s(3), s(4)),
        ),
        (
            "a line each",
            "+",
            format!("\n{},\n{}\n", s(1), s(3)),
            format!("\n{},\n{},\n{}\n", s(1), s(3), s(4)),
        ),
        (
            "a single line",
            "+",
            format!("\n  {}\n", s(3)),
            format!("\n  {},\n  {}\n", s(3), s(4)),
        ),
        (
            "indented",
            "+ +",
            format!("\n {},\n {}\n", l(1), l(3)),
            format!("\n {},\n {},\n {},\n {}\n", l(1), l(3), l(4), l(5)),
        ),
        (
            "CRLF",
            "+",
            format!("\r\n{},\r\n{}\r\n", s(1), s(3)),
            format!("\r\n{},\r\n{},\r\n{}\r\n", s(1), s(3), s(4)),
        ),
        (
            "the last removed",
            "-3 +",
            format!("{A},{C}"),
            format!("{A},{new}"),
        ),
        (
            "the first removed",
            "-1 +",
            format!("\n{A},\n{C}\n"),
            format!("\n{C},\n{new}\n"),
        ),
        ("all removed", "-1 -3 +", format!("{A},{C}"), new.to_owned()),
        (
            "all removed, a line each",
            "-1 -3 + +",
            format!("\n {A},\n {C}\n"),
            format!("\n {new},\n {next}\n"),
        ),
        (
            "all removed, padded",
            "-3 +",
            format!(" {C} "),
            format!(" {new} "),
        ),
        (
            "created and removed",
            "+ -4",
            format!("{A},{C}"),
            format!("{A},{C}"),
        ),
    ];
    for (name, operations, before, after) in rows {
        let output = apply(&with(&before), &changes(operations)).output;
        assert_eq!(output, with(&after), "{name}");
    }
}

#[test]
fn the_first_playlists_of_all_look_like_the_document() {
    let compact = (
        r#"{"users":[{"id":"1"}],"songs":[{"id":"1"},{"id":"8"}],"playlists":[]}"#,
        r#""playlists":[{"id":"1","owner_id":"1","song_ids":["1","8"]},{"id":"2","owner_id":"1","song_ids":["1","8"]}]}"#,
    );
    let spaced = (
        "{\"playlists\": [], \"users\": [{\"id\": \"1\"}], \"songs\": [{\"id\": \"1\"}, {\"id\": \"8\"}]}\n",
        r#"{"playlists": [{"id": "1", "owner_id": "1", "song_ids": ["1", "8"]}, {"id": "2", "owner_id": "1", "song_ids": ["1", "8"]}], "#,
    );
    let lines = (
        "{\n\"users\": [\n  {\"id\": \"1\"}\n],\n\"songs\": [\n  {\"id\": \"1\"},\n  {\"id\": \"8\"}\n],\n\"playlists\": []\n}",
        "\"playlists\": [\n  {\"id\": \"1\", \"owner_id\": \"1\", \"song_ids\": [\"1\", \"8\"]},\n  {\"id\": \"2\", \"owner_id\": \"1\", \"song_ids\": [\"1\", \"8\"]}\n]\n}",
    );
    let indented = (
        "{\n  \"playlists\": [],\n  \"users\": [\n    {\n      \"id\": \"1\",\n      \"n\": 0\n    }\n  ],\n  \"songs\": [\n    {\n      \"id\": \"1\"\n    },\n    {\n      \"id\": \"8\"\n    }\n  ]\n}\n",
        "{\n  \"playlists\": [\n    {\n      \"id\": \"1\",\n      \"owner_id\": \"1\",\n      \"song_ids\": [\n        \"1\",\n        \"8\"\n      ]\n    },\n    {\n      \"id\": \"2\",",
    );
    let crlf = (
        &*indented.0.replace('\n', "\r\n"),
        &*indented.1.replace('\n', "\r\n"),
    );
    for (name, (before, part)) in [
        ("compact", compact),
        ("spaced", spaced),
        ("a line each", lines),
        ("indented", indented),
        ("CRLF", crlf),
    ] {
        let output = apply(before, &changes("+ +")).output;
        assert!(output.contains(part), "{name}:\n{output}");
        assert_eq!(playlists(&output).len(), 2, "{name}");
        check_ends(before, &output);
    }
}

#[test]
fn an_empty_array_with_blanks_in_it_takes_playlists_between_them() {
    for blanks in [" ", "\n", "\n  ", "\t\r\n"] {
        let before = with(blanks);
        let output = apply(&before, &changes("+ +")).output;
        assert_eq!(playlists(&output).len(), 2, "{output}");
        assert!(output.contains(&format!("}}{blanks}]")), "{output}");
        check_ends(&before, &output);
    }
}

/// All in front of the array and behind it is as it was.
#[track_caller]
fn check_ends(before: &str, output: &str) {
    let start = before.find("\"playlists\"").unwrap();
    let open = start + before[start..].find('[').unwrap() + 1;
    let close = open + before[open..].find(']').unwrap();
    assert!(output.starts_with(&before[..open]), "{output}");
    assert!(output.ends_with(&before[close..]), "{output}");
}

#[test]
fn a_new_playlist_of_the_wrapped_layout_is_wrapped_in_the_style_of_the_last() {
    let wrapped = |id: &str| {
        format!(
            "{{\n    \"playlist\": {{\n      \"id\": \"{id}\",\n      \"user_id\": \"1\",\n      \"songs\": [\n        \"1\",\n        \"8\"\n      ]\n    }}\n  }}"
        )
    };
    let document = |playlists: &str| {
        format!(
            "{{\"users\": [{{\"user_id\": \"1\"}}], \"songs\": [{{\"id\": \"1\"}}, {{\"id\": \"8\"}}], \"playlists\": [\n  {playlists}\n]}}"
        )
    };
    let output = apply(&document(&wrapped("1")), &changes("+ +")).output;
    let expected = ["1", "2", "3"].map(wrapped).join(",\n  ");
    assert_eq!(output, document(&expected));
}

#[test]
fn the_first_playlist_of_the_wrapped_layout_is_wrapped() {
    let before = r#"{"users":[{"user_id":"1"}],"songs":[{"id":"1"},{"id":"8"}],"playlists":[]}"#;
    let output = apply(before, &changes("+")).output;
    let expected = r#""playlists":[{"playlist":{"id":"1","user_id":"1","songs":["1","8"]}}]}"#;
    assert_eq!(output, before.replace("\"playlists\":[]}", expected));
}

#[test]
fn further_members_stand_in_a_new_playlist_as_the_operation_has_them() {
    let operation = r#"{"n\u0061me" : "R\u0021 ☂", "x":{"b":1.50,  "a":[ ]}, "type":"add_playlist","song_ids":["8"],"user_id":"1","last":-0}"#;
    let output = apply(&with(A), operation).output;
    let new = r#"{"id":"2","n\u0061me":"R\u0021 ☂","x":{"b":1.50,  "a":[ ]},"last":-0,"owner_id":"1","song_ids":["8"]}"#;
    assert_eq!(output, with(&format!("{A},{new}")));
}

#[test]
fn without_changes_every_byte_is_as_it_was() {
    let nothing = [
        "",
        " \r\n\t",
        "[]",
        "[ ]\n",
        r#"{"deletions": {}, "additions": {}}"#,
        r#"{"additions":{"new_playlists":[]}}"#,
    ];
    // Rejected operations, and those that undo each other, change nothing either.
    let undone = [changes("-9"), changes("+ -4"), changes("+ + -5 -4 -4")];
    let mixtapes = [
        with(&format!("{A},{B},{C}")),
        with(&format!("{C}\n\t,\r\n{A} ")),
        format!("\u{feff} \n{}\n\n ", with(C)),
        with(C).replace("\"id\"", "\"\\u0069d\"") + "\n",
    ];
    for mixtape in &mixtapes {
        for changes in nothing.into_iter().chain(undone.iter().map(String::as_str)) {
            assert_eq!(apply(mixtape, changes).output, *mixtape, "{changes}");
        }
    }
}
