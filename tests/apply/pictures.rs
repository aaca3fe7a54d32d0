//! Errors about data show a picture of their place, as long and as plain as a terminal wants it.

use crate::run::{BAD, GOOD, MIXTAPE, Place, failure};
use crate::support::Folder;

/// The whole of what is said about a broken CHANGES.
fn said(changes: &str) -> String {
    let run = Place::new(MIXTAPE, changes).apply(&[]).assert_code(2);
    assert_eq!(run.stdout, "");
    run.stderr
}

#[test]
fn an_error_shows_its_line_with_a_caret_at_the_place() {
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
