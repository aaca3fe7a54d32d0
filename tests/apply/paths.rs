//! Errors about data name the operation and the JSON path of their place.

use crate::run::{BAD, GOOD, MIXTAPE, failure, unmark};

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
