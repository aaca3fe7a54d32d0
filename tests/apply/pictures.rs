//! Errors about data: the operation, the JSON path and a picture of the place, as long and as plain as a terminal wants it.

use crate::run::{BAD, GOOD, MIXTAPE, Place, failure, unmark};
use crate::support::Folder;

/// The whole of what is said about a broken CHANGES.
fn said(changes: &str) -> String {
    let run = Place::new(MIXTAPE, changes).apply(&[]).assert_code(2);
    assert_eq!(run.stdout, "");
    run.stderr
}

#[test]
fn the_picture_looks_like_this() {
    let changes =
        format!("[\n  {GOOD},\n  {{\"type\": \"add_playlist\", \"song_ids\": [\"1\" \"2\"]}}\n]\n");
    assert_eq!(
        said(&changes),
        "error: changes.json:3:45: operation 2, $[1].song_ids: expected ',' or the end of the array or object
  |
3 |   {\"type\": \"add_playlist\", \"song_ids\": [\"1\" \"2\"]}
  |                                             ^ here (byte 118)
"
    );
}

/// Number and path of the operation at the mark `☛`.
fn element_and_path(marked: &str) -> (Option<u64>, Option<String>) {
    let (changes, _, byte) = unmark(marked);
    let failed = failure(MIXTAPE, changes.as_bytes());
    let at = format!("(byte {byte})");
    assert!(failed.message.ends_with(&at), "{marked}: {failed:?}");
    (failed.element.map(|(_, number)| number), failed.path)
}

#[test]
fn the_operation_and_the_path_are_those_of_the_place() {
    let rows = [
        (format!("[{GOOD}, {BAD}, ☛oops]"), 3, "$[2]"),
        (
            format!("[{GOOD}, {{\"a\": {{\"b\": [1, ☛x]}}}}]"),
            2,
            "$[1].a.b[1]",
        ),
        (format!("[{GOOD}, {{☛a}}]"), 2, "$[1]"),
        (
            format!("[{}{{\"k\":☛}}]", format!("{GOOD}, ").repeat(200)),
            201,
            "$[200].k",
        ),
        (
            format!("[{}, {{\"a b\": ☛oops}}]", "1, ".repeat(9) + "1"),
            11,
            "$[10][\"a b\"]",
        ),
    ];
    for (marked, number, path) in rows {
        let (element, is) = element_and_path(&marked);
        assert_eq!(
            (element, is.as_deref()),
            (Some(number), Some(path)),
            "{marked}"
        );
    }
    // Between operations it is the document that breaks.
    for marked in [format!("[{GOOD} ☛{GOOD}]"), format!("[{GOOD}]☛x")] {
        assert_eq!(
            element_and_path(&marked),
            (None, Some("$".into())),
            "{marked}"
        );
    }
}

#[test]
fn the_path_in_a_mixtape_is_that_of_the_document() {
    for (from, to, path) in [
        (
            r#"["2", "3"]"#,
            r#"["2", ☛{}]"#,
            "$.playlists[1].song_ids[1]",
        ),
        (
            r#""owner_id": "1""#,
            r#""owner_id": ☛null"#,
            "$.playlists[0].owner_id",
        ),
        (
            r#"{"id": "9"}"#,
            r#"{"id": "9", "x": [1 ☛2]}"#,
            "$.songs[8].x",
        ),
        (r#"{"id": "9"}"#, r#"☛{"id": "8"}"#, "$.songs[8]"),
    ] {
        let (mixtape, _, byte) = unmark(&MIXTAPE.replace(from, to));
        let failed = failure(&mixtape, b"");
        assert!(
            failed.message.ends_with(&format!("(byte {byte})")),
            "{failed:?}"
        );
        assert_eq!(failed.path.as_deref(), Some(path), "{failed:?}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let long = "x".repeat(3_000_000);
    let said = said(&format!(
        "[{{\"a\": \"{long}\", \"b\": oops, \"c\": \"{long}\"}}]"
    ));
    assert!(said.len() < 1_000, "{} bytes", said.len());
    let lines: Vec<&str> = said.lines().collect();
    let caret = lines[3].chars().position(|c| c == '^').unwrap();
    assert_eq!(lines[2].chars().nth(caret), Some('o'), "{said}");
}

#[test]
fn nothing_of_the_input_reaches_a_terminal_as_it_is() {
    let hostile = "\u{1b}[2J\u{9b}1m\u{202e}\u{7}";
    let raw = |text: &str| {
        text.chars()
            .any(|c| c.is_control() && c != '\n' || c == '\u{202e}')
    };
    let escaped = "\\u001b[2J\\u009b1m\\u202e\\u0007";
    // In the line around the place, a member's name, an id, a type, and a file's name.
    let shown = said(&format!("[{{\"{}\": oops}}]", "\u{9b}1m\u{202e}"));
    assert!(!raw(&shown), "{shown:?}");
    let shown = said(&format!("[{{\"{escaped}\": oops}}]"));
    assert!(!raw(&shown), "{shown:?}");
    for operation in [
        BAD.replace("99", escaped),
        format!("{{\"type\": \"{escaped}\"}}"),
        format!("{{\"type\": \"remove_playlist\", \"{escaped}\": 1, \"{escaped}\": 1}}"),
    ] {
        let place = Place::new(MIXTAPE, format!("[{operation}]"));
        let run = place.apply(&[]).assert_code(3);
        assert!(!raw(&run.stderr), "{:?}", run.stderr);
        let run = place.apply(&["--strict"]).assert_code(2);
        assert!(!raw(&run.stderr), "{:?}", run.stderr);
    }
    let folder = Folder::new();
    folder.write(hostile, "oops");
    let run = folder.run(["top", hostile, "1"]);
    assert!(
        run.stderr.contains("[2J") && !raw(&run.stderr),
        "{:?}",
        run.stderr
    );
    // In a script's hands, the bytes are what they are.
    let place = Place::new(MIXTAPE, format!("[{}]", BAD.replace("99", escaped)));
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    assert!(place.read("rejects.ndjson").contains(escaped));
}

#[test]
fn other_encodings_and_padding_are_called_by_their_names() {
    let array = format!("[{GOOD}]");
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let units = mark
            .then_some(0xFEFF)
            .into_iter()
            .chain(array.encode_utf16());
        let bytes = units.map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        });
        bytes.flatten().collect()
    };
    for (big, name) in [(false, "UTF-16LE"), (true, "UTF-16BE")] {
        for mark in [false, true] {
            let bytes = utf16(big, mark);
            let failed = failure(MIXTAPE, &bytes);
            assert!(
                failed.message.contains(&format!("iconv -f {name} ")),
                "{failed:?}"
            );
            // A mixtape, scores and lines of changes are looked at in the same way.
            let folder = Folder::new();
            folder.write("bytes", &bytes);
            folder.write("mixtape", MIXTAPE);
            for arguments in [
                &["apply", "bytes", "mixtape", "output"][..],
                &[
                    "apply",
                    "mixtape",
                    "bytes",
                    "output",
                    "--changes-format",
                    "ndjson",
                ],
                &["top", "bytes", "1"],
            ] {
                let run = folder.run(arguments);
                assert_eq!(run.code, Some(2), "{arguments:?}: {run:?}");
                assert!(run.stderr.contains(name), "{arguments:?}: {run:?}");
            }
        }
    }
    for end in ["\0".repeat(4096), "\0".repeat(2)] {
        let failed = failure(MIXTAPE, format!("{array}{end}").as_bytes());
        assert!(failed.message.contains("only NUL bytes"), "{failed:?}");
        let failed = failure(&format!("{MIXTAPE}{end}"), b"");
        assert!(failed.message.contains("only NUL bytes"), "{failed:?}");
    }
    let failed = failure(MIXTAPE, format!("[{GOOD},\0 {GOOD}]").as_bytes());
    assert!(failed.message.contains("a NUL byte, which"), "{failed:?}");
}

#[test]
fn errors_for_programs_are_one_line_of_json() {
    let place = Place::new(MIXTAPE, format!("[\n{GOOD}, {{\"a\": oops}}]"));
    let run = place.apply(&["--error-format", "json"]).assert_code(2);
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    let column = GOOD.len() + 9;
    let expected = serde_json::json!({
        "error": "data", "message": "expected a JSON value", "input": "changes.json",
        "line": 2, "column": column, "byte": column + 1, "element": "operation", "number": 2,
        "path": "$[1].a", "text": error["text"], "exit_code": 2,
    });
    assert_eq!(error, expected);
    assert!(
        error["text"].as_str().unwrap().ends_with("\"a\": oops}]"),
        "{error}"
    );
    for (arguments, kind, code) in [
        (
            &[
                "apply",
                "missing",
                "changes.json",
                "o",
                "--error-format",
                "json",
            ][..],
            "io",
            1,
        ),
        (
            &["apply", "--error-format=json", "mixtape.json"],
            "usage",
            64,
        ),
        (&["nonsense", "--error-format", "json"], "usage", 64),
        (
            &[
                "apply",
                "mixtape.json",
                "changes.json",
                "changes.json",
                "--error-format",
                "json",
            ],
            "usage",
            64,
        ),
    ] {
        let run = place.0.run(arguments);
        assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
        let error: serde_json::Value = serde_json::from_str(&run.stderr).expect(&run.stderr);
        assert_eq!(error["error"], kind, "{arguments:?}");
        assert_eq!(error["exit_code"], code, "{arguments:?}");
    }
}

#[test]
fn the_path_in_grouped_changes_is_that_of_the_part() {
    for (marked, number, path) in [
        (
            r#"{"deletions": {"playlists": ["1" ☛"2"]}}"#,
            None,
            "$.deletions.playlists",
        ),
        (
            r#"{"deletions": {"playlists": ["1", ☛oops]}}"#,
            None,
            "$.deletions.playlists",
        ),
        (
            r#"{"additions": {"new_playlists": [{"user_id": "1", "songs": ["1"]}, {"songs": ["1", ☛x]}]}}"#,
            Some(2),
            "$.additions.new_playlists[1].songs[1]",
        ),
        (
            r#"{"additions": {"existing_playlists_to_update": [{"id": ☛}]}}"#,
            Some(1),
            "$.additions.existing_playlists_to_update[0].id",
        ),
        (r#"{"additions": {"new_playlists": []} ☛1}"#, None, "$"),
    ] {
        let (element, is) = element_and_path(marked);
        assert_eq!((element, is.as_deref()), (number, Some(path)), "{marked}");
    }
}

#[test]
fn a_strict_run_shows_the_place_of_its_reject() {
    let shown = |changes: &str| {
        Place::new(MIXTAPE, changes)
            .apply(&["--strict"])
            .assert_code(2)
            .stderr
    };
    let expected = format!(
        "error: changes.json:2:3: operation 1, $[0]: unknown_song: no song has the id \"99\"\n  |\n2 |   {}…\n  |   ^ here (byte 4)\n",
        &BAD[..48]
    );
    assert_eq!(shown(&format!("[\n  {BAD}]")), expected);
    let said = shown("{\"type\": \"x\", bad}");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[2].as_bytes()[lines[3].find('^').unwrap()],
        b'b',
        "{said}"
    );
    let place = Place::new(MIXTAPE, BAD);
    let run = place
        .apply(&["--strict", "--error-format", "json"])
        .assert_code(2);
    let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(
        (&error["element"], &error["number"]),
        (&"operation".into(), &1.into()),
        "{error}"
    );
}

#[test]
fn a_line_from_a_pipe_is_shown_whole() {
    let run = Folder::new().run_with_input(["top", "-", "1"], b"5 {\"id\": 1}\n");
    assert!(run.stderr.contains("1 | 5 {\"id\": 1}\n"), "{run:?}");
}
