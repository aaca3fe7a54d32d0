//! The summary: for people on standard error, as JSON in a file.

use serde_json::{Value, json};

use crate::run::{BAD, GOOD, MIXTAPE, Place, apply_with};
use mixtape::apply::{ApplyOptions, References};

/// One of each type applied, and three rejects of two reasons.
fn changes() -> String {
    [
        GOOD,
        BAD,
        GOOD,
        BAD,
        GOOD,
        "oops",
        r#"{"type": "add_playlist", "user_id": "3", "song_ids": ["1"]}"#,
        r#"{"type": "add_playlist", "user_id": "3", "song_ids": ["1"]}"#,
        r#"{"type": "remove_playlist", "playlist_id": "2"}"#,
    ]
    .join("\n")
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_summary_file_has_every_count() {
    let place = Place::new(MIXTAPE, changes());
    place
        .apply(&["--summary", "summary.json", "--quiet"])
        .assert_code(3);
    let mut summary = read(&place.read("summary.json"));
    for name in ["seconds", "apply_seconds"] {
        let seconds = summary.as_object_mut().unwrap().remove(name).expect(name);
        assert!(
            seconds.as_f64().is_some_and(|seconds| seconds >= 0.0),
            "{seconds}"
        );
    }
    let expected = json!({
        "read": 9,
        "applied": {"add_song_to_playlist": 3, "add_playlist": 2, "remove_playlist": 1},
        "rejected": {"unknown_song": 2, "malformed_json": 1},
        "playlists_before": 3,
        "playlists_after": 4,
        "mixtape_bytes": MIXTAPE.len(),
        "changes_bytes": changes().len(),
        "output_bytes": place.read("output.json").len(),
    });
    assert_eq!(summary, expected);
}

#[test]
fn types_that_were_not_applied_are_zero_and_reasons_that_did_not_occur_are_left_out() {
    let place = Place::new(MIXTAPE, "");
    place.apply(&["--summary", "summary.json"]).assert_code(0);
    let summary = read(&place.read("summary.json"));
    let applied = json!({"add_song_to_playlist": 0, "add_playlist": 0, "remove_playlist": 0});
    assert_eq!(
        (&summary["applied"], &summary["rejected"]),
        (&applied, &json!({}))
    );
    assert_eq!(
        (&summary["read"], &summary["changes_bytes"]),
        (&json!(0), &json!(0))
    );
}

#[test]
fn bytes_are_counted_in_every_layout_and_from_pipes() {
    let grouped = r#"{"deletions": {"playlists": ["2", "99"]}, "note": "☂"}"#;
    let rows = [
        format!("\u{feff}[{GOOD}, {BAD}]\n \n"),
        format!("\n{GOOD}\r\n{BAD}"),
        format!("{grouped}\n"),
        " \n ".to_owned(),
    ];
    for changes in rows {
        let place = Place::new("", "");
        let further = ["--summary", "summary.json"];
        place.0.write("mixtape.json", MIXTAPE);
        place.run_with_input("mixtape.json - -", &further, changes.as_bytes());
        assert_eq!(
            read(&place.read("summary.json"))["changes_bytes"],
            changes.len(),
            "{changes}"
        );
        place.0.write("changes.json", &changes);
        let run = place.run_with_input("- changes.json -", &further, MIXTAPE.as_bytes());
        let summary = read(&place.read("summary.json"));
        assert_eq!(summary["mixtape_bytes"], MIXTAPE.len(), "{changes}");
        assert_eq!(summary["output_bytes"], run.stdout.len(), "{changes}");
    }
}

#[test]
fn people_read_the_summary_on_standard_error() {
    let place = Place::new(MIXTAPE, changes());
    let run = place
        .apply(&["--rejects", "rejects.ndjson", "--check-references"])
        .assert_code(0);
    let counts = |line: &str| {
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let lines: Vec<String> = run.stderr.lines().map(counts).collect();
    assert!(
        lines[0].starts_with("9 operations read, 6 applied, 3 rejected, in "),
        "{run:?}"
    );
    let bytes = place.read("output.json").len();
    let expected = [
        "applied add_song_to_playlist 3".to_owned(),
        "applied add_playlist 2".to_owned(),
        "applied remove_playlist 1".to_owned(),
        "rejected unknown_song 2".to_owned(),
        "rejected malformed_json 1".to_owned(),
        format!("playlists: 3 before, 4 after; {bytes} bytes written"),
        "references in MIXTAPE that lead nowhere: 0".to_owned(),
    ];
    assert_eq!(lines[1..8], expected);
    assert!(
        lines[8].starts_with("rejects are in rejects.ndjson; "),
        "{run:?}"
    );
    assert_eq!(run.stdout, "");
}

#[test]
fn the_summary_can_be_standard_output() {
    let place = Place::new(MIXTAPE, GOOD);
    let run = place.apply(&["--summary", "-"]).assert_code(0);
    assert_eq!(read(&run.stdout)["read"], 1);
}

#[test]
fn read_is_applied_and_rejected_in_every_layout() {
    let grouped = r#"{"deletions": {"playlists": ["2", "2", null], "x": [1, 2]}, "additions": {"new_playlists": [{}, {"user_id": "1", "songs": ["1"]}], "existing_playlists_to_update": [{"id": "1", "songs": ["8", 8, "9"]}, 7]}}"#;
    let array = format!("[{GOOD}, 7, {BAD}, {{}}, {GOOD}]");
    for (changes, read) in [(grouped, 11), (&array, 5), (&*changes(), 9)] {
        let summary = apply_with(MIXTAPE, changes, &ApplyOptions::default()).summary;
        let (applied, rejected) = (
            summary.applied.values().sum::<u64>(),
            summary.rejected.values().sum::<u64>(),
        );
        assert_eq!(
            (summary.read, applied + rejected),
            (read, read),
            "{changes}"
        );
    }
}

#[test]
fn references_that_lead_nowhere_are_counted_when_asked_for() {
    let plain = |owner: &str, songs: &str| {
        format!(
            r#"{{"playlists": [{{"id": "1", "owner_id": {owner}, "song_ids": {songs}, "x": ["no"]}}, {{"song_ids": ["s"], "id": "2"}}], "users": [{{"id": "u"}}], "songs": [{{"id": "s"}}, {{"id": 7}}]}}"#
        )
    };
    let wrapped = |owner: &str, songs: &str| {
        format!(
            r#"{{"playlists": [{{"z": {{"id": 1}}, "playlist": {{"id": "1", "user_id": {owner}, "songs": {songs}}}}}], "users": [{{"user_id": "u"}}], "songs": [{{"id": "s"}}, {{"id": 7}}]}}"#
        )
    };
    let rows = [
        (r#""u""#, r#"["s", 7, "\u0073"]"#, 0),
        (r#""v""#, "[]", 1),
        (r#""u""#, r#"["7", "x", "x", "s"]"#, 3),
        ("7", r#"["s", 8]"#, 2),
    ];
    let options = ApplyOptions {
        references: References::Count,
        ..ApplyOptions::default()
    };
    for (owner, songs, expected) in rows {
        for mixtape in [plain(owner, songs), wrapped(owner, songs)] {
            // Those of MIXTAPE: what is removed from it counts too.
            let changes = r#"{"type": "remove_playlist", "playlist_id": "1"}"#;
            let summary = apply_with(&mixtape, changes, &options).summary;
            assert_eq!(summary.dangling_references, Some(expected), "{mixtape}");
        }
    }
    let place = Place::new(plain("1", "[2]"), "");
    let run = place
        .apply(&["--check-references", "--summary", "summary.json"])
        .assert_code(0);
    assert!(
        run.stderr
            .contains("references in MIXTAPE that lead nowhere: 2"),
        "{run:?}"
    );
    assert_eq!(read(&place.read("summary.json"))["dangling_references"], 2);
}
