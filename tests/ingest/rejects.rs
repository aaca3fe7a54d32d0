//! Rows that cannot be used.

use serde_json::{Value, json};

use super::support::Folder;

const GOOD: &str = r#"{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20T12:19:10"}"#;

fn with(member: &str, value: Value) -> String {
    let mut row: Value = serde_json::from_str(GOOD).unwrap();
    row[member] = value;
    row.to_string()
}

fn without(member: &str) -> String {
    let mut row: Value = serde_json::from_str(GOOD).unwrap();
    row.as_object_mut().unwrap().remove(member);
    row.to_string()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect()
}

#[test]
fn each_reason_is_named_and_the_run_goes_on() {
    let rows = [
        ("missing_member", without("playlist_id")),
        ("missing_member", without("video_id")),
        ("missing_member", without("timestp")),
        ("missing_member", with("playlist_id", Value::Null)),
        ("missing_member", with("video_id", Value::Null)),
        ("missing_member", with("timestp", Value::Null)),
        ("wrong_type", with("playlist_id", json!(7))),
        ("wrong_type", with("video_id", json!(["V"]))),
        ("wrong_type", with("timestp", json!(1_653_049_150))),
        ("wrong_type", with("views", json!("615521031"))),
        ("wrong_type", with("views", json!(1.5))),
        ("wrong_type", with("num_videos", json!(true))),
        ("wrong_type", with("position", json!({}))),
        ("wrong_type", with("title", json!(1))),
        ("wrong_type", with("artist_name", json!(["A"]))),
        ("wrong_type", with("channel_id", json!(false))),
        ("wrong_type", r#"{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20T12:19:10", "views": 9223372036854775808}"#.into()),
        ("wrong_type", "7".into()),
        ("wrong_type", "[]".into()),
        ("impossible_time", with("timestp", json!("2022-02-30T12:00:00"))),
        ("impossible_time", with("timestp", json!("2022-05-20T24:00:00"))),
        ("impossible_time", with("timestp", json!("yesterday"))),
        ("impossible_time", with("timestp", json!(""))),
        ("duplicate_member", GOOD.replace('}', r#", "video_id": "V"}"#)),
    ];
    let mut array = vec![GOOD.to_owned()];
    array.extend(rows.iter().map(|(_, row)| row.clone()));
    array.push(GOOD.to_owned());
    // Lines begin with an object, which tells the layout.
    for text in [format!("[\n{}\n]", array.join(",\n")), array.join("\n")] {
        let is_array = text.starts_with('[');
        let folder = Folder::new();
        folder.write("rows", &text);
        let run = folder.run([
            "ingest",
            "rows",
            "--out",
            "tables",
            "--dead-letters",
            "rejects",
        ]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let count = rows.len();
        let first = format!("{} rows read, 2 used, {count} rejected", count + 2);
        assert!(run.stderr.starts_with(&first), "{}", run.stderr);
        let rejects = lines(&folder.read("rejects"));
        assert_eq!(rejects.len(), count);
        for (i, (reject, (reason, row))) in rejects.iter().zip(&rows).enumerate() {
            assert_eq!(reject["reason"], *reason, "{row}");
            assert_eq!(reject["number"], i + 2);
            assert_eq!(reject["line"], i + 2 + usize::from(is_array));
            assert_eq!(reject["column"], 1);
            let byte = reject["byte"].as_u64().unwrap() as usize;
            assert!(text[byte..].starts_with(row.as_str()));
            assert_eq!(reject.get("source"), None);
        }
        let line = folder.read("rejects").lines().next().unwrap().to_owned();
        assert!(
            line.ends_with(&format!(", \"row\": {}}}", rows[0].1)),
            "{line}"
        );
    }
}

#[test]
fn a_mended_reject_file_can_be_ingested() {
    let folder = Folder::new();
    folder.write("rows", with("timestp", json!("2022-05-32T12:19:10")));
    let ingest = |source, rejects| {
        let run = folder.run(["ingest", source, "--out", "tables", "--rejects", rejects]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    };
    ingest("rows", "rejects");
    // Rejected again, it is the row that is rejected and not the line.
    ingest("rejects", "again");
    let (rejects, again) = (lines(&folder.read("rejects")), lines(&folder.read("again")));
    assert_eq!(rejects[0]["row"], again[0]["row"]);
    assert_eq!(again[0]["reason"], "impossible_time");
    folder.write("mended", folder.read("rejects").replace("-32T", "-31T"));
    ingest("mended", "none");
    assert_eq!(folder.read("none"), "");
    let plays = folder.read("tables/playlist_plays_log.csv");
    assert!(plays.ends_with("\r\n1,2022-05-31T12:19:10,\r\n"), "{plays}");
    // A row that has members of its own is no line of a reject file.
    folder.write(
        "own",
        with("row", serde_json::from_str(GOOD).unwrap()).replace("\"V\"", "\"own\""),
    );
    ingest("own", "none");
    assert!(folder.read("tables/media_items.csv").ends_with("own\r\n"));
}

#[test]
fn without_a_file_rejects_are_shown_and_the_exit_code_says_so() {
    let folder = Folder::new();
    let rows: Vec<String> = (0..12).map(|_| without("video_id")).collect();
    folder.write("rows", format!("{GOOD}\n{}", rows.join("\n")));
    let run = folder.run(["ingest", "rows", "--out", "tables", "--quiet"]);
    assert_eq!(run.code, Some(3));
    let shown: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(shown.len(), 11);
    assert_eq!(
        shown[0],
        "rejected: rows:2:1: row 2, $: missing_member: member \"video_id\" is missing"
    );
    assert_eq!(
        shown[10],
        "rejected: and 2 more; --rejects FILE collects them all"
    );
    assert_eq!(folder.read("tables/playlists.csv").lines().count(), 2);
}

#[test]
fn a_line_that_is_not_json_is_rejected_and_an_array_that_is_not_ends_the_run() {
    let folder = Folder::new();
    folder.write(
        "lines",
        format!("{GOOD}\n{{\"playlist_id\": \n{GOOD} x\n{{\"title\": \"\u{1}\"}}\n{GOOD}\n"),
    );
    let run = folder.run(["ingest", "lines", "--out", "tables", "--rejects", "rejects"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let rejects = lines(&folder.read("rejects"));
    let reasons: Vec<_> = rejects
        .iter()
        .map(|reject| (&reject["reason"], &reject["line"]))
        .collect();
    let malformed = json!("malformed_json");
    assert_eq!(
        reasons,
        [
            (&malformed, &json!(2)),
            (&malformed, &json!(3)),
            (&malformed, &json!(4))
        ]
    );
    assert_eq!(rejects[0]["raw"], "{\"playlist_id\":");

    let length = GOOD.len();
    for (text, place) in [
        (format!("[{GOOD},]"), format!("1:{}:", length + 2)),
        (format!("[{GOOD}"), format!("1:{}:", length + 2)),
        (format!("[{GOOD}] x"), format!("1:{}:", length + 4)),
        (format!("[\n{GOOD},\n{{\"a\": 01}}]"), "3:7:".into()),
        ("7".into(), "1:1:".into()),
    ] {
        folder.write("array", &text);
        let run = folder.run(["ingest", "array", "--out", "new", "--rejects", "other"]);
        assert_eq!(run.code, Some(2), "{text}: {}", run.stderr);
        assert!(
            run.stderr.starts_with(&format!("error: array:{place}")),
            "{text}: {}",
            run.stderr
        );
        assert!(!folder.path("other").exists());
    }
}

#[test]
fn a_row_longer_than_the_limit_ends_the_run() {
    let folder = Folder::new();
    folder.write("rows", with("title", json!("x".repeat(3000))));
    let run = folder.run(["ingest", "rows", "--out", "tables", "--max-row", "2KiB"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--max-row"), "{}", run.stderr);
    assert_eq!(
        folder
            .run(["ingest", "rows", "--out", "tables", "--max-row", "4KiB"])
            .code,
        Some(0)
    );
}
