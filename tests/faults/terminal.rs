//! Ids, types and names that hold terminal escapes: quoted in messages, never sent to a terminal as they are.

use crate::run::{MIXTAPE, Place};
use crate::support::{Folder, Run};

/// Colours, window titles, line ends, the same in one byte (C1), deletion, and characters that turn the direction of text.
const HOSTILE: [&str; 8] = [
    "\\u001b[31m",
    "\\u001b]0;title\\u0007",
    "\\r\\n\\u0000\\u0008",
    "\\u009b31m",
    "\u{9b}31m",
    "\u{7f}",
    "\u{202e}abc\u{2066}",
    "\\u202eabc",
];

/// What a terminal may act upon.
fn is_hostile(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn assert_clean(run: &Run, lines: usize) {
    assert!(!run.stderr.contains(is_hostile), "{run:?}");
    assert_eq!(run.one_line().lines().count(), lines, "{run:?}");
    assert_eq!(run.stdout, "");
}

#[test]
fn what_a_reject_quotes_is_escaped_on_standard_error() {
    for hostile in HOSTILE {
        let operations = [
            format!("{{\"type\": \"remove_playlist\", \"playlist_id\": \"{hostile}\"}}"),
            format!(
                "{{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"1\", \"song_id\": \"{hostile}\"}}"
            ),
            format!(
                "{{\"type\": \"add_playlist\", \"user_id\": \"{hostile}\", \"song_ids\": [\"1\"]}}"
            ),
            format!("{{\"type\": \"{hostile}\"}}"),
            format!("{{\"type\": \"remove_playlist\", \"{hostile}\": 1, \"{hostile}\": 2}}"),
            format!("oops {hostile}"),
            format!("{{\"x\": 1}} {hostile}"),
            format!("{{\"type\": {hostile}}}"),
        ];
        let place = Place::new(MIXTAPE, operations.join("\n"));
        let run = place.apply(&["--quiet"]).assert_code(3);
        assert_clean(&run, operations.len());
        for operation in operations {
            place.0.write("changes.json", operation);
            let run = place.apply(&["--strict"]).assert_code(2);
            assert_clean(&run, 1);
        }
    }
}

#[test]
fn what_a_message_quotes_of_a_document_is_escaped() {
    for hostile in HOSTILE {
        let user = format!("{{\"id\": \"{hostile}\"}}");
        let documents = [
            format!("{{\"users\": [{user}, {user}], \"songs\": [], \"playlists\": []}}"),
            format!("{{\"users\": [] {hostile}"),
            format!("{{\"users\": {hostile}}}"),
            hostile.to_owned(),
        ];
        for document in documents {
            let place = Place::new(&document, "");
            assert_clean(&place.apply(&[]).assert_code(2), 1);
        }
        for changes in [
            format!("[{hostile}]"),
            format!("{{\"deletions\": {{\"playlists\": [{hostile}]}}}}"),
            hostile.to_owned(),
        ] {
            let place = Place::new(MIXTAPE, changes);
            assert_clean(&place.apply(&[]).assert_code(2), 1);
        }
        for line in [
            hostile.to_owned(),
            format!("1 {hostile}"),
            format!("1: {hostile}"),
            format!("1: {{\"id\": {hostile}}}"),
            format!("1: {{\"id\": 1}} {hostile}"),
        ] {
            let folder = Folder::new();
            folder.write("scores", line);
            assert_clean(&folder.run(["top", "scores", "1"]).assert_code(2), 1);
        }
    }
}

/// Names come from others too: from an archive that was unpacked, or through `*`.
#[test]
fn a_file_name_is_escaped() {
    for name in [
        "x\u{1b}[31m",
        "x\u{1b}]0;title\u{7}",
        "x\r\ny",
        "x\u{9b}31m",
        "x\u{202e}y",
    ] {
        let place = Place::new(MIXTAPE, "");
        for arguments in [
            ["apply", name, "changes.json", "output.json"],
            ["apply", "mixtape.json", name, "output.json"],
            [
                "apply",
                "mixtape.json",
                "changes.json",
                &format!("no/{name}"),
            ],
        ] {
            assert_clean(&place.0.run(arguments).assert_code(1), 1);
        }
        assert_clean(&place.0.run(["top", name, "1"]).assert_code(1), 1);
        place.0.write(name, "[x]");
        for arguments in [
            ["apply", name, "changes.json", "output.json"],
            ["apply", "mixtape.json", name, "output.json"],
        ] {
            assert_clean(&place.0.run(arguments).assert_code(2), 1);
        }
        let arguments = ["apply", name, name, name];
        assert_clean(&place.0.run(arguments).assert_code(64), 1);
        assert_clean(&place.0.run(["top", name, "1"]).assert_code(2), 1);
        place.0.write(name, crate::run::BAD);
        let arguments = ["apply", "mixtape.json", name, "output.json", "--quiet"];
        assert_clean(&place.0.run(arguments).assert_code(3), 1);
        let arguments = ["apply", "mixtape.json", name, "o", "--rejects", "x\u{1b}[r"];
        assert_clean(&place.0.run(arguments).assert_code(0), 7);
    }
}

#[test]
fn an_id_is_never_a_path() {
    let place = Place::new(MIXTAPE, "");
    std::fs::create_dir(place.path("inner")).unwrap();
    for id in ["../../x", "/tmp/x", "..", "mixtape.json", "a/b", "C:\\\\x"] {
        let operation = format!(
            "{{\"type\": \"add_playlist\", \"id\": \"{id}\", \"name\": \"{id}\", \"user_id\": \"1\", \"song_ids\": [\"1\"]}}"
        );
        place.0.write("changes.json", operation);
        place
            .run("mixtape.json changes.json inner/output.json", &[])
            .assert_code(0);
        assert!(
            place
                .read("inner/output.json")
                .contains(&format!("\"id\": \"{id}\""))
        );
        place.assert_holds("changes.json inner mixtape.json");
        assert_eq!(std::fs::read_dir(place.path("inner")).unwrap().count(), 1);
    }
}
