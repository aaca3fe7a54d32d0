//! The reject file: lines that are not JSON, operations on one line, and when it is made.

use base64::Engine;
use serde_json::Value;

use crate::run::{BAD, GOOD, MIXTAPE, Place, apply};

fn rejects(place: &Place) -> Vec<Value> {
    let text = place.read("rejects.ndjson");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn a_line_that_is_not_json_stands_as_raw_and_the_next_is_read() {
    let lines = [
        "{\"type\":",
        "{\"type\" \"x\"}",
        "{\"type\": \"remove_playlist\",}",
        "{\"type\": \"remove_playlist\", \"playlist_id\": \"\\ud834\"}",
        "{\"type\": \"remove_playlist\", \"playlist_id\": 01}",
        "{\"type\": \"remove_playlist\", \"playlist_id\": \"1\"} {}",
        "{\"type\": \"remove_playlist\", \"playlist_id\": \"1\"}]",
        "{\"type\": \"remove_playlist\", \"playlist_id\": \"1\", \"x\": nul}",
        "{\"type\": \"remove\tplaylist\"}",
        "{'type': 1}",
        "plain text",
        "}",
        "// comment",
    ];
    for line in lines {
        for end in ["\n", "\r\n", " \t\r\n\n"] {
            let changes = format!("{GOOD}{end}{line}{end}{GOOD}{end}");
            let applied = apply(MIXTAPE, &changes);
            assert_eq!(
                applied.reasons(),
                [(2, "malformed_json".to_owned())],
                "{line}"
            );
            let reject = &applied.rejects[0];
            assert_eq!(reject["raw"], line);
            let before = GOOD.len() + changes[GOOD.len()..].find(line).unwrap();
            assert_eq!(reject["line"], changes[..before].matches('\n').count() + 1);
            assert_eq!(
                reject.as_object().unwrap().len(),
                7,
                "no operation: {reject}"
            );
            assert!(
                applied.output.contains(r#"["1", "8", "8"]"#),
                "{}",
                applied.output
            );
        }
    }
}

#[test]
fn the_place_of_a_malformed_line_is_where_it_goes_wrong() {
    let rows = [
        ("{\"é\": nul}", 7),
        ("{\"é\" 1}", 6),
        ("{\"a\": 1} x", 10),
        ("{\"a\": 1", 8),
        ("{\"a\": \"\u{1}\"}", 8),
    ];
    for (line, column) in rows {
        let changes = format!("{GOOD}\n  {line}\n");
        let reject = &apply(MIXTAPE, &changes).rejects[0];
        assert_eq!(
            (&reject["line"], &reject["column"]),
            (&2.into(), &(column + 2).into()),
            "{line}"
        );
        let before: String = line.chars().take(column - 1).collect();
        assert_eq!(reject["byte"], GOOD.len() + 3 + before.len(), "{line}");
    }
}

#[test]
fn bytes_that_are_not_utf8_stand_as_base64() {
    let lines: [&[u8]; 6] = [
        b"{\"type\": \"\xFF\"}",
        b"\xC0\x80",
        b"{\"type\": \"remove_playlist\", \"playlist_id\": \"1\", \"x\": \"\xED\xA0\x80\"}",
        b"{\"a\": \"\xF5\x80\x80\x80\"}",
        b"{\"caf\xE9\": 1}",
        b"{\"a\": \"cut \xE2\x98\"}",
    ];
    for line in lines {
        let changes = [GOOD.as_bytes(), b"\n", line, b"\r\n", GOOD.as_bytes()].concat();
        let place = Place::new(MIXTAPE, changes);
        place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
        let rejects = rejects(&place);
        assert_eq!(rejects.len(), 1);
        let raw = rejects[0]["raw_base64"].as_str().expect("base64");
        let raw = base64::engine::general_purpose::STANDARD
            .decode(raw)
            .unwrap();
        assert_eq!(raw, line);
        assert_eq!(rejects[0]["reason"], "malformed_json");
        assert_eq!(rejects[0].as_object().unwrap().len(), 7);
    }
}

#[test]
fn an_operation_of_many_lines_is_put_on_one_token_for_token() {
    let operation = "{ \"type\":\r\n\t\"remove_playlist\" ,\n\n \"playlist_id\" : 1.50e+2\r,\"n\":\"a\\nb\\u0041\"\n}";
    let place = Place::new(MIXTAPE, format!("[\n{operation}\n]"));
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let line = place.read("rejects.ndjson");
    let expected = operation.replace(['\n', '\r'], " ");
    let end = format!(", \"line\": 2, \"column\": 1, \"byte\": 2, \"operation\": {expected}}}\n");
    assert!(line.ends_with(&end), "{line}");
    assert_eq!(line.matches('\n').count(), 1);
}

#[test]
fn grouped_entries_of_many_lines_are_put_on_one() {
    let changes = "{\"additions\": {\"new_playlists\": [{\n\"user_id\":\n\"x\",\r\n\"songs\": [\n\"1\"\n]\n}]}}";
    let place = Place::new(MIXTAPE, changes);
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let line = place.read("rejects.ndjson");
    let end = "\"operation\": {\"type\": \"add_playlist\", \"user_id\": \"x\", \"song_ids\": [ \"1\" ]}}\n";
    assert!(line.ends_with(end), "{line}");
    assert_eq!(line.matches('\n').count(), 1);
}

#[test]
fn the_reject_file_has_every_reject_in_order_and_is_empty_without_one() {
    let place = Place::new(MIXTAPE, format!("[{}]", vec![BAD; 300].join(",")));
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let numbers: Vec<u64> = rejects(&place)
        .iter()
        .map(|r| r["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=300).collect::<Vec<_>>());

    // An old one is replaced.
    place.0.write("changes.json", GOOD);
    place
        .apply(&["--dead-letters", "rejects.ndjson"])
        .assert_code(0);
    assert_eq!(place.read("rejects.ndjson"), "");
    place.assert_holds("changes.json mixtape.json output.json rejects.ndjson");
}

#[test]
fn the_reject_file_can_be_standard_output() {
    let place = Place::new(MIXTAPE, BAD);
    let run = place.apply(&["--rejects", "-"]).assert_code(0);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(
        run.stdout.starts_with(r#"{"reason": "unknown_song", "#),
        "{run:?}"
    );
    assert!(!run.stderr.contains("rejected: "), "{run:?}");
    // A pipe is no file to apply once the cause is mended.
    assert!(!run.stderr.contains("rejects are in"), "{run:?}");
}

#[test]
fn the_reject_file_is_untouched_when_the_run_fails() {
    let place = Place::new(MIXTAPE, format!("[{BAD}, {BAD}"));
    place.0.write("rejects.ndjson", "old");
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(2);
    assert_eq!(place.read("rejects.ndjson"), "old");
    place.assert_holds("changes.json mixtape.json rejects.ndjson");
}
