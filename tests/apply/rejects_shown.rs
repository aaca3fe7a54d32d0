//! Rejects without a file: shown on standard error, and the exit code says so. With `--strict` the first one ends the run.

use crate::run::{BAD, GOOD, MIXTAPE, Place};

#[test]
fn the_first_ten_are_shown_with_place_and_reason_and_the_exit_code_is_3() {
    for (count, more) in [
        (1, None),
        (10, None),
        (11, Some("and 1 more")),
        (70, Some("and 60 more")),
    ] {
        let place = Place::new(MIXTAPE, vec![BAD; count].join("\n"));
        let run = place.apply(&[]).assert_code(3);
        let mut shown = run
            .stderr
            .lines()
            .filter(|line| line.starts_with("rejected: "));
        for number in 1..=count.min(10) {
            let line = format!(
                "rejected: changes.json:{number}:1: operation {number}, $: unknown_song: no song has the id \"99\""
            );
            assert_eq!(shown.next(), Some(&*line));
        }
        let rest = shown.next();
        assert_eq!(rest.is_some(), more.is_some(), "{run:?}");
        assert!(
            more.is_none_or(|more| rest.unwrap().contains(more)),
            "{run:?}"
        );
        assert_eq!(place.read("output.json"), MIXTAPE);
    }
}

#[test]
fn for_programs_rejects_are_json_and_nothing_else_is_said() {
    let place = Place::new(MIXTAPE, [BAD; 12].join("\n"));
    let run = place.apply(&["--error-format", "json"]).assert_code(3);
    let records: Vec<serde_json::Value> = run
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records.len(), 11, "{run:?}");
    assert_eq!(
        records[1],
        serde_json::json!({
            "error": "rejected",
            "reason": "unknown_song",
            "message": "unknown_song: no song has the id \"99\"",
            "input": "changes.json",
            "line": 2,
            "column": 1,
            "byte": BAD.len() + 1,
            "element": "operation",
            "number": 2,
            "path": "$",
            "exit_code": 3,
        })
    );
    assert_eq!(records[10]["error"], "rejected");
    assert!(
        records[10]["message"]
            .as_str()
            .unwrap()
            .starts_with("and 2 more"),
        "{run:?}"
    );
}

#[test]
fn a_pipe_is_called_stdin() {
    let place = Place::new(MIXTAPE, "");
    let run = place.run_with_input(
        "mixtape.json - output.json",
        &[],
        format!("[\n {BAD}]").as_bytes(),
    );
    let run = run.assert_code(3);
    assert!(
        run.stderr
            .starts_with("rejected: <stdin>:2:2: operation 1, $[0]: unknown_song: "),
        "{run:?}"
    );
}

#[test]
fn quiet_hides_the_summary_not_the_rejects() {
    let place = Place::new(MIXTAPE, BAD);
    let run = place.apply(&["--quiet"]).assert_code(3);
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    place.0.write("changes.json", GOOD);
    let run = place.apply(&["-q"]).assert_code(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn strict_stops_at_the_first_reject_and_writes_nothing() {
    let array = format!("[{GOOD},\n  {BAD}, {GOOD}, {BAD}]");
    let lines = format!("{GOOD}\n  {BAD}\n{GOOD}\n{BAD}\n");
    let malformed = format!("{GOOD}\n  oops\n");
    let grouped = "{\"additions\": {\"existing_playlists_to_update\": [{\"id\": \"1\", \"songs\": [\"8\",\n  \"99\", \"98\"]}]}}";
    let update = "$.additions.existing_playlists_to_update[0].songs[1]";
    for (changes, path, reason) in [
        (&*array, "$[1]", "unknown_song"),
        (&lines, "$", "unknown_song"),
        (&malformed, "$", "malformed_json"),
        (grouped, update, "unknown_song"),
    ] {
        let place = Place::new(MIXTAPE, changes);
        place.0.write("output.json", "old");
        let further = [
            "--strict",
            "--rejects",
            "rejects.ndjson",
            "--summary",
            "summary.json",
        ];
        let run = place.apply(&further).assert_code(2);
        let start = format!("error: changes.json:2:3: operation 2, {path}: {reason}: ");
        assert!(run.one_line().starts_with(&start), "{run:?}");
        assert_eq!(run.one_line().lines().count(), 1, "{run:?}");
        assert_eq!(place.read("output.json"), "old");
        place.assert_holds("changes.json mixtape.json output.json");
    }
}

#[test]
fn strict_without_a_reject_is_an_ordinary_run() {
    let place = Place::new(MIXTAPE, GOOD);
    place.apply(&["--strict"]).assert_code(0);
    assert!(place.read("output.json").contains(r#"["1", "8"]"#));
}

#[test]
fn strict_names_the_first_fault_be_it_a_reject_or_the_syntax() {
    let place = Place::new(MIXTAPE, format!("[{BAD}, oops"));
    let run = place.apply(&["--strict"]).assert_code(2);
    assert!(
        run.one_line()
            .starts_with("error: changes.json:1:2: operation 1, $[0]: unknown_song: "),
        "{run:?}"
    );
    place
        .0
        .write("changes.json", format!("[{GOOD}, oops, {BAD}]"));
    let run = place.apply(&["--strict"]).assert_code(2);
    let start = format!("error: changes.json:1:{}: expected", GOOD.len() + 4);
    assert!(run.error().starts_with(&start), "{run:?}");
}
