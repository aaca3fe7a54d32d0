//! What cannot be used is set aside with its reason and its place.

use serde_json::{Value, json};

use super::support::Folder;

const FIRST: &str = r#"{"user": "ada", "playlist_01": [{"id": 1}]}"#;
const HEADER: &str = "user,track,context,seconds,time";

fn consolidate(
    playlists: &str,
    events: &[u8],
    more: &[&str],
) -> (Option<i32>, String, Vec<Value>, Folder) {
    let folder = Folder::new();
    folder.write("playlists", playlists);
    folder.write("events", events);
    let arguments = ["consolidate", "playlists", "events", "--out", "table"];
    let run = folder.run(arguments.iter().chain(more));
    let rejects = if more.contains(&"rejects") {
        folder.read("rejects")
    } else {
        String::new()
    };
    let rejects = rejects
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    (run.code, run.stderr, rejects.collect(), folder)
}

#[test]
fn every_fault_of_a_line_has_its_reason() {
    for (line, reason, message) in [
        ("{", "malformed_json", "ends before"),
        ("7", "wrong_type", "a row must be an object"),
        (r#"{"playlist_01": []}"#, "missing_member", "user"),
        (
            r#"{"user": null, "playlist_01": []}"#,
            "missing_member",
            "user",
        ),
        (
            r#"{"user": "", "playlist_01": []}"#,
            "missing_member",
            "user",
        ),
        (
            r#"{"user": [], "playlist_01": []}"#,
            "wrong_type",
            "user must be a text or a number",
        ),
        (r#"{"user": "x"}"#, "missing_member", "playlists"),
        (
            r#"{"user": "x", "user": "y", "playlist_01": []}"#,
            "duplicate_member",
            "user",
        ),
        (
            r#"{"user": "x", "playlist_01": 7}"#,
            "wrong_type",
            "array of tracks",
        ),
        (
            r#"{"user": "x", "playlist_01": {}}"#,
            "missing_member",
            "tracks",
        ),
        (
            r#"{"user": "x", "playlist_01": {"tracks": [], "tracks": []}}"#,
            "duplicate_member",
            "tracks",
        ),
        (
            r#"{"user": "x", "playlist_01": [], "playlist_1": []}"#,
            "duplicate_member",
            "playlist",
        ),
        (
            r#"{"user": "x", "playlist_01": [null]}"#,
            "missing_member",
            "track",
        ),
        (
            r#"{"user": "x", "playlist_01": [[]]}"#,
            "wrong_type",
            "track",
        ),
        (
            r#"{"user": "x", "playlist_01": [{}]}"#,
            "missing_member",
            "track",
        ),
        (
            r#"{"user": "x", "playlist_01": [{"id": 1, "work": {}}]}"#,
            "wrong_type",
            "work",
        ),
        (
            r#"{"user": "x", "playlist_01": [{"id": 1, "id": 2}]}"#,
            "duplicate_member",
            "track",
        ),
        (
            r#"{"user": "x", "playlists": 7}"#,
            "wrong_type",
            "playlists",
        ),
        (
            r#"{"user": "x", "playlists": [7]}"#,
            "wrong_type",
            "name and tracks",
        ),
        (
            r#"{"user": "x", "playlists": [{"tracks": [1]}]}"#,
            "wrong_type",
            "playlist_ and digits",
        ),
        (
            r#"{"user": "x", "playlists": {"favourites": [1]}}"#,
            "wrong_type",
            "playlist_ and digits",
        ),
    ] {
        let playlists = format!("{FIRST}\n{line}\n{FIRST}\n");
        let (code, said, rejects, folder) =
            consolidate(&playlists, HEADER.as_bytes(), &["--rejects", "rejects"]);
        assert_eq!(code, Some(0), "{line}: {said}");
        let [reject] = &rejects[..] else {
            panic!("{line}: {rejects:?}");
        };
        assert_eq!(reject["reason"], reason, "{line}: {reject}");
        assert!(
            reject["message"].as_str().unwrap().contains(message),
            "{line}: {reject}"
        );
        assert_eq!(reject["source"], "playlists");
        assert_eq!((&reject["number"], &reject["line"]), (&json!(2), &json!(2)));
        if reason == "malformed_json" {
            assert_eq!(reject["raw"], line);
        } else {
            // As it was written: members that stand twice do too.
            assert!(
                folder
                    .read("rejects")
                    .contains(&format!("\"row\": {line}}}")),
                "{line}"
            );
        }
        assert_eq!(folder.read("table").lines().count(), 2, "{line}");
    }
}

#[test]
fn every_fault_of_an_event_that_counts_has_its_reason() {
    for (event, reason, message) in [
        ("ada,1,playlist_01,-1,", "impossible_seconds", "-1"),
        ("ada,1,playlist_01,1.0,", "impossible_seconds", "1.0"),
        ("ada,1,playlist_01,+1,", "impossible_seconds", "+1"),
        (
            "ada,1,playlist_01,9223372036854775808,",
            "impossible_seconds",
            "9223372036854775807",
        ),
        ("ada,1,playlist_01,,", "missing_field", "seconds is empty"),
        (",1,playlist_01,1,", "missing_field", "user is empty"),
        ("ada,,playlist_01,1,", "missing_field", "track is empty"),
        (
            "ada,1,playlist_01,1,yesterday",
            "impossible_time",
            "yesterday",
        ),
        (
            "ada,1,playlist_01,1",
            "wrong_field_count",
            "4 fields under a header of 5",
        ),
        (
            "ada,1,playlist_01,1,,",
            "wrong_field_count",
            "6 fields under a header of 5",
        ),
        ("ada,1", "wrong_field_count", "2 fields"),
        ("\"a,\"\"b\",1,playlist_01,x,", "impossible_seconds", "x"),
    ] {
        let events =
            format!("{HEADER}\r\n\r\nada,1,album,-1,\r\n{event}\r\nada,1,playlist_01,5,\r\n");
        let (code, said, rejects, folder) =
            consolidate(FIRST, events.as_bytes(), &["--rejects", "rejects"]);
        assert_eq!(code, Some(0), "{event}: {said}");
        let [reject] = &rejects[..] else {
            panic!("{event}: {rejects:?}");
        };
        assert_eq!(reject["reason"], reason, "{event}: {reject}");
        assert!(
            reject["message"].as_str().unwrap().contains(message),
            "{event}: {reject}"
        );
        assert_eq!(reject["event"], event);
        let place = ["number", "line", "column", "byte"].map(|name| reject[name].as_u64().unwrap());
        let byte = events.find(&format!("\n{event}\r")).unwrap() as u64 + 1;
        assert_eq!(place, [2, 4, 1, byte], "{event}");
        assert!(folder.read("table").contains(",1,1,5,,"), "{event}");
        assert!(
            said.contains("3 events read: 1 counted, 1 of other contexts, 1 rejected"),
            "{said}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_kept() {
    let events = [
        HEADER.as_bytes(),
        b"\na\xffa,1,playlist_01,1,\na\xff,1,album,1,\n",
    ]
    .concat();
    let (code, said, rejects, _) = consolidate(FIRST, &events, &["--rejects", "rejects"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(rejects.len(), 1);
    assert_eq!(rejects[0]["reason"], "not_utf8");
    assert_eq!(rejects[0]["raw_base64"], "Yf9hLDEscGxheWxpc3RfMDEsMSw=");
}

#[test]
fn without_a_file_the_first_are_shown_and_too_many_end_the_run() {
    let events = HEADER.to_owned() + &"\nada,1,playlist_01,x,".repeat(30) + "\nada,1,album,7,";
    let (code, said, ..) = consolidate(FIRST, events.as_bytes(), &[]);
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(said.matches("rejected: events:").count(), 10);
    assert!(
        said.contains("rejected: and 20 more; --rejects FILE"),
        "{said}"
    );
    for (limit, code) in [("30", 0), ("29", 2), ("93.75%", 0), ("93%", 2)] {
        let more = ["--rejects", "rejects", "--max-rejects", limit];
        let (ended, said, rejects, folder) = consolidate(FIRST, events.as_bytes(), &more);
        assert_eq!(ended, Some(code), "{limit}: {said}");
        assert_eq!(rejects.len(), 30, "{limit}");
        assert_eq!(folder.path("table").exists(), code == 0, "{limit}");
    }
}

#[test]
fn a_row_longer_than_the_limit_ends_the_run() {
    let long = "x".repeat(3 << 20);
    let more = ["--max-row", "1MiB"];
    let events = format!("{HEADER}\nada,\"{long}\",playlist_01,1,\n");
    let (code, said, ..) = consolidate(FIRST, events.as_bytes(), &more);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("one event is longer than 1048576 bytes; --max-row"),
        "{said}"
    );
    let playlists = format!("{FIRST}\n{{\"user\": \"{long}\"}}\n");
    let (code, said, ..) = consolidate(&playlists, HEADER.as_bytes(), &more);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("one row is longer than 1048576 bytes; --max-row"),
        "{said}"
    );
}
