//! The layouts of CHANGES are told apart by the first byte and the first member, or said by `--changes-format`.

use mixtape::changes::ChangesFormat::{Array, Grouped, Ndjson};

use crate::run::{GOOD, MIXTAPE, Place, apply, apply_as, failure, failure_with};
use mixtape::apply::ApplyOptions;

const EXTENDED: &str = r#""song_ids": ["1", "8"]"#;

#[test]
fn the_layout_is_told_by_the_first_byte_and_the_first_member() {
    let update = r#"{"existing_playlists_to_update": [{"id": "1", "songs": ["8"]}]}"#;
    let rows = [
        format!("[{GOOD}]"),
        format!("\r\n\t [\n{GOOD}\n]\n\n"),
        GOOD.to_owned(),
        format!("\n\n  {GOOD}\n"),
        format!(r#"{{"additions": {update}}}"#),
        format!("\n{{\n\"\\u0061dditions\"\r\n:\t{update}}}"),
        format!(r#"{{"deletions": {{}}, "note": 1, "additions": {update}}}"#),
    ];
    for changes in rows {
        let applied = apply(MIXTAPE, &changes);
        assert!(applied.output.contains(EXTENDED), "{changes}");
        assert_eq!(
            (applied.summary.read, applied.rejects.len()),
            (1, 0),
            "{changes}"
        );
    }
}

#[test]
fn no_bytes_or_blanks_only_are_no_operations_in_every_layout() {
    for blanks in [
        "",
        " ",
        "\n",
        "\r\n\r\n",
        " \t\r\n ",
        "\u{feff}",
        "\u{feff}\n",
    ] {
        let applied = apply(MIXTAPE, blanks);
        assert_eq!(
            (applied.summary.read, &*applied.output),
            (0, MIXTAPE),
            "{blanks:?}"
        );
        for format in [Array, Ndjson, Grouped] {
            let applied = apply_as(MIXTAPE, blanks, format);
            assert_eq!(
                (applied.summary.read, &*applied.output),
                (0, MIXTAPE),
                "{blanks:?}"
            );
        }
        let place = Place::new(MIXTAPE, blanks);
        place.apply(&[]).assert_code(0);
        assert_eq!(place.read("output.json"), MIXTAPE);
    }
}

#[test]
fn empty_ones_of_each_layout_are_no_operations() {
    let rows = [
        (Array, "[ ]"),
        (Grouped, "{}"),
        (Grouped, r#"{"note": "nothing to do"}"#),
        (
            Grouped,
            r#"{"deletions": {"playlists": []}, "additions": {"existing_playlists_to_update": [{"id": "7", "songs": []}]}}"#,
        ),
    ];
    for (format, changes) in rows {
        let applied = apply_as(MIXTAPE, changes, format);
        assert_eq!(
            (applied.summary.read, &*applied.output),
            (0, MIXTAPE),
            "{changes}"
        );
    }
}

#[test]
fn an_explicit_format_wins_over_the_first_bytes() {
    let grouped = r#"{"note": 1, "additions": {"existing_playlists_to_update": [{"songs": ["8"], "id": "1"}]}}"#;
    assert_eq!(
        apply(MIXTAPE, grouped).reasons(),
        [(1, "missing_member".to_owned())]
    );
    assert!(
        apply_as(MIXTAPE, grouped, Grouped)
            .output
            .contains(EXTENDED)
    );

    let operation = GOOD.replace("{\"type\"", "{\"deletions\": {}, \"type\"");
    assert_eq!(apply(MIXTAPE, &operation).output, MIXTAPE);
    assert!(
        apply_as(MIXTAPE, &operation, Ndjson)
            .output
            .contains(EXTENDED)
    );

    let lines = format!("[1]\n{GOOD}\n7\noops\n");
    assert_eq!(failure(MIXTAPE, lines.as_bytes()).code, 2);
    let applied = apply_as(MIXTAPE, &lines, Ndjson);
    assert!(applied.output.contains(EXTENDED));
    let reasons = ["wrong_type", "wrong_type", "malformed_json"].map(str::to_owned);
    assert_eq!(
        applied.reasons(),
        [1, 3, 4].into_iter().zip(reasons).collect::<Vec<_>>()
    );

    for (format, changes) in [
        (Array, GOOD),
        (Grouped, "[]"),
        (Array, "{}"),
        (Grouped, "7"),
    ] {
        let options = ApplyOptions {
            changes_format: Some(format),
            ..ApplyOptions::default()
        };
        let failed = failure_with(MIXTAPE, changes.as_bytes(), &options);
        assert_eq!(failed.code, 2, "{failed:?}");
        assert!(failed.message.starts_with("changes:1:1: "), "{failed:?}");
    }
}

#[test]
fn the_flag_names_the_three_formats() {
    let rows = [
        ("array", format!("[{GOOD}]")),
        ("ndjson", GOOD.to_owned()),
        ("grouped", r#"{"x": 1, "additions": {"existing_playlists_to_update": [{"songs": ["8"], "id": "1"}]}}"#.to_owned()),
    ];
    for (format, changes) in rows {
        let place = Place::new(MIXTAPE, changes);
        place.apply(&["--changes-format", format]).assert_code(0);
        assert!(place.read("output.json").contains(EXTENDED), "{format}");
    }
    let place = Place::new(MIXTAPE, GOOD);
    place
        .apply(&["--changes-format", "grouped-array"])
        .assert_code(64);
}

#[test]
fn lines_may_be_blank_end_in_crlf_and_lack_the_last_end() {
    let rows = [
        format!("{GOOD}\n{GOOD}"),
        format!("{GOOD}\r\n{GOOD}\r\n"),
        format!("\r\n\r\n{GOOD}\n \n\t\n\n  {GOOD}  \t\r\n\r\n \n"),
    ];
    for changes in rows {
        let applied = apply(MIXTAPE, &changes);
        assert_eq!(applied.summary.read, 2, "{changes:?}");
        assert!(applied.output.contains(r#"["1", "8", "8"]"#), "{changes:?}");
    }
}

#[test]
fn two_operations_on_a_line_are_one_malformed_line() {
    let applied = apply(MIXTAPE, &format!("{GOOD} {GOOD}\n"));
    assert_eq!(applied.reasons(), [(1, "malformed_json".to_owned())]);
    assert_eq!(applied.output, MIXTAPE);
}

#[test]
fn each_song_of_an_update_is_an_operation_of_its_own() {
    let changes = r#"{"additions": {"existing_playlists_to_update": [{"id": "1", "songs": ["8", "99", "9"]}, {"id": "1", "songs": ["8"]}]}}"#;
    let applied = apply(MIXTAPE, changes);
    assert_eq!(applied.summary.read, 4);
    assert_eq!(applied.reasons(), [(2, "unknown_song".to_owned())]);
    assert!(applied.output.contains(r#"["1", "8", "9", "8"]"#));
}

#[test]
fn a_list_that_stands_twice_in_a_group_is_done_twice() {
    let changes = r#"{"deletions": {"playlists": ["1"], "playlists": ["3"]}}"#;
    let applied = apply(MIXTAPE, changes);
    assert_eq!(applied.summary.read, 2);
    assert_eq!(applied.summary.playlists_after, 1);
}

#[test]
fn what_is_no_layout_at_all_is_an_error_that_says_what_was_expected() {
    for changes in [
        "7",
        "\"x\"",
        "null",
        "type",
        "]",
        "\u{feff}\u{feff}[]",
        "# [",
    ] {
        let failed = failure(MIXTAPE, changes.as_bytes());
        assert_eq!(failed.code, 2, "{failed:?}");
        assert!(failed.message.starts_with("changes:1:1: "), "{failed:?}");
        assert!(failed.message.contains("expected '['"), "{failed:?}");
    }
}

#[test]
fn a_mixtape_given_as_changes_is_recognised() {
    let failed = failure(MIXTAPE, MIXTAPE.as_bytes());
    assert_eq!(failed.code, 2, "{failed:?}");
    assert!(
        failed.message.contains("MIXTAPE CHANGES OUTPUT"),
        "{failed:?}"
    );
}
