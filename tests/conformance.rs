//! Every document of the table after RFC 8259 and RFC 3629 through every path that JSON can take here: all of them accept it, or
//! all of them refuse it.
//!
//! Each width of vector is held against the rule itself, for every byte at every place, in `src/json/scan/tests.rs`.

mod support;

use struson::reader::{JsonReader, JsonStreamReader, ReaderSettings};

use mixtape::changes::ChangesFormat;
use mixtape::json::{DocumentReader, HoldLimit, MAX_DEPTH, Window, document_reader, line_reader};
use mixtape::rejects::Reason;
use mixtape::top::{Keep, TopOptions, top};
use support::documents::{Row, rows};
use support::long::few_or;
use support::{Chunked, write_changes_in_process};

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "a value",
    flag: "none",
};

/// Nothing but the standard's own blanks stands around a document in the tests below; a place to put it is marked so.
const HERE: &str = "@";

/// A text with a document in it.
fn with(text: &str, document: &[u8]) -> Vec<u8> {
    let (before, after) = text.split_once(HERE).expect("a place for the document");
    [before.as_bytes(), document, after.as_bytes()].concat()
}

fn by_struson(document: &[u8]) -> bool {
    let settings = ReaderSettings {
        track_path: false,
        restrict_number_values: false,
        ..ReaderSettings::default()
    };
    let mut json = JsonStreamReader::new_custom(document, settings);
    json.skip_value().is_ok() && json.consume_trailing_whitespace().is_ok()
}

fn skipped(mut json: impl DocumentReader) -> bool {
    json.skip_value().is_ok() && json.finish().is_ok()
}

/// Token by token, every string and number asked for.
fn walked(mut json: impl DocumentReader) -> bool {
    fn value(json: &mut impl DocumentReader) -> Result<(), struson::reader::ReaderError> {
        use struson::reader::ValueType::{Array, Boolean, Null, Number, Object, String};
        match json.peek()? {
            Array => {
                json.begin_array()?;
                while json.has_next()? {
                    value(json)?;
                }
                json.end_array()
            }
            Object => {
                json.begin_object()?;
                while json.has_next()? {
                    json.next_name()?;
                    value(json)?;
                }
                json.end_object()
            }
            String => json.next_str().map(|_| ()),
            Number => json.next_number_as_str().map(|_| ()),
            Boolean => json.next_bool().map(|_| ()),
            Null => json.next_null(),
        }
    }
    value(&mut json).is_ok() && json.finish().is_ok()
}

/// For tests that run the program's whole way for each document: every one of the table, or where there is less time one of
/// several, those of all kinds among them.
fn some_rows() -> impl Iterator<Item = Row> {
    rows().into_iter().step_by(few_or(7, 1))
}

#[test]
fn the_table_is_long_and_says_nothing_twice() {
    let rows = rows();
    assert!(rows.len() >= 700, "{}", rows.len());
    let mut documents: Vec<_> = rows.iter().map(|row| &row.document).collect();
    documents.sort();
    documents.dedup();
    assert_eq!(documents.len(), rows.len());
}

#[test]
fn the_reference_reader_agrees_with_the_table() {
    for row in rows() {
        assert_eq!(by_struson(&row.document), row.accepted, "{}", row.shown());
    }
}

#[test]
fn every_reader_agrees_with_the_table_in_pieces_of_every_size() {
    for row in rows() {
        let line = with("#\n@\n]", &row.document);
        for chunk in (1..=70).chain([usize::MAX]) {
            let as_document = || Window::new(Chunked::new(&row.document, chunk), LIMIT).unwrap();
            let as_line = || {
                let mut window = Window::new(Chunked::new(&line, chunk), LIMIT).unwrap();
                window.skip_line().unwrap();
                window
            };
            let mut verdicts = vec![
                skipped(document_reader(&mut as_document())),
                walked(document_reader(&mut as_document())),
            ];
            if row.fits_a_line() {
                verdicts.push(skipped(line_reader(&mut as_line())));
                verdicts.push(walked(line_reader(&mut as_line())));
            }
            let agree = verdicts.iter().all(|&accepted| accepted == row.accepted);
            assert!(agree, "{} by {chunk}: {verdicts:?}", row.shown());
        }
    }
}

#[test]
fn a_byte_order_mark_in_front_of_a_document_is_passed_over() {
    // RFC 8259, 8.1: it MAY be ignored. Editors write it; nobody who looks at the file can see it.
    for row in rows() {
        let marked = [b"\xEF\xBB\xBF", &row.document[..]].concat();
        for chunk in [1, 2, 3, 4, usize::MAX] {
            let mut window = Window::new(Chunked::new(&marked, chunk), LIMIT).unwrap();
            let accepted = skipped(document_reader(&mut window));
            assert_eq!(accepted, row.accepted, "marked {}", row.shown());
        }
    }
}

/// Exit code 2 is for data that is not what it must be and for limits, such as that of depth.
fn accepted<T>(result: mixtape::Result<T>, shown: &str) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            assert_eq!(error.kind().exit_code(), 2, "{error}\n{shown}");
            None
        }
    }
}

#[test]
fn records_of_top_agree_with_the_table() {
    for row in rows().iter().filter(|row| row.fits_a_line()) {
        let is_scalar = !matches!(row.document.trim_ascii().first(), Some(b'{' | b'['));
        for (line, expected) in [
            (r#"5: {"id": 1, "x": @}"#, row.is_accepted_in(1)),
            (r#"5: {"x": @, "id": 1}"#, row.is_accepted_in(1)),
            (r#"5: {"y": [{"x": @}], "id": 1}"#, row.is_accepted_in(3)),
            (r#"5: {"id": @}"#, row.accepted && is_scalar),
            (
                r#"5: {"id": 0, "id": @, "x": []}"#,
                row.accepted && is_scalar,
            ),
        ] {
            let others = format!("7: {{\"id\": 7}}\n{line}\n6: {{\"id\": 6}}\n");
            let input = with(&others, &row.document);
            for (keep, chunk) in [(Keep::Ids, 1), (Keep::Lines, 7), (Keep::Ids, usize::MAX)] {
                let options = TopOptions {
                    count: 3,
                    keep,
                    ..TopOptions::default()
                };
                let shown = format!("{line} by {chunk}: {}", row.shown());
                let found = top("scores", Chunked::new(&input, chunk), &options);
                assert_eq!(accepted(found, &shown).is_some(), expected, "{shown}");
            }
        }
    }
}

const MIXTAPE: &str = r#"{"users": [{"id": "1"}], "songs": [{"id": "1"}],
"playlists": [{"id": "1", "owner_id": "1", "song_ids": ["1"]}]}"#;

/// Members of an operation: ignored, kept for OUTPUT, and looked at.
const OPERATIONS: [(&str, u32); 7] = [
    (
        r#"{"type": "remove_playlist", "playlist_id": "1", "x": @}"#,
        1,
    ),
    (
        r#"{"x": @, "type": "add_song_to_playlist", "playlist_id": "1", "song_id": "1"}"#,
        1,
    ),
    (
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": ["1"], "x": @}"#,
        1,
    ),
    (
        r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": @}"#,
        1,
    ),
    (r#"{"type": @}"#, 1),
    (
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": ["1", @]}"#,
        2,
    ),
    (
        r#"{"reason": "x", "operation": {"type": "remove_playlist", "playlist_id": @}}"#,
        2,
    ),
];

#[test]
fn operations_in_an_array_agree_with_the_table() {
    for row in some_rows() {
        for (operation, around) in OPERATIONS {
            let changes = with(&format!("[{operation},\n{{\"type\": 0}}]"), &row.document);
            for chunk in [1, usize::MAX] {
                let shown = format!("{operation} by {chunk}: {}", row.shown());
                let applied = write_changes_in_process(
                    ChangesFormat::Array,
                    MIXTAPE.as_bytes(),
                    &changes,
                    chunk,
                );
                let applied = accepted(applied, &shown);
                assert_eq!(applied.is_some(), row.is_accepted_in(around + 1), "{shown}");
                assert!(
                    applied.is_none_or(|applied| applied.summary.read == 2),
                    "{shown}"
                );
            }
        }
    }
}

#[test]
fn operations_on_lines_agree_with_the_table() {
    for row in some_rows().filter(Row::fits_a_line) {
        for (operation, around) in OPERATIONS {
            let lines = with(&format!("7\n{operation}\n7\n"), &row.document);
            for chunk in [1, usize::MAX] {
                let shown = format!("{operation} by {chunk}: {}", row.shown());
                let applied = write_changes_in_process(
                    ChangesFormat::Ndjson,
                    MIXTAPE.as_bytes(),
                    &lines,
                    chunk,
                );
                let Some(applied) = accepted(applied, &shown) else {
                    // A line beyond a limit is not set aside as malformed, it ends the run.
                    assert!(row.depth + around > MAX_DEPTH, "{shown}");
                    continue;
                };
                let malformed = applied.summary.rejected.get(&Reason::MalformedJson);
                let expected = u64::from(!row.is_accepted_in(around));
                assert_eq!(malformed.copied().unwrap_or(0), expected, "{shown}");
                assert_eq!(applied.summary.read, 3, "{shown}");
            }
        }
    }
}

#[test]
fn members_of_groups_agree_with_the_table() {
    for row in rows() {
        for (changes, around) in [
            (r#"{"x": @, "deletions": {"playlists": []}}"#, 1),
            (r#"{"deletions": {"playlists": ["1", @]}}"#, 3),
            (
                r#"{"additions": {"new_playlists": [{"user_id": "1", "songs": ["1"], "x": @}]}}"#,
                4,
            ),
        ] {
            let shown = format!("{changes}: {}", row.shown());
            let changes = with(changes, &row.document);
            let applied =
                write_changes_in_process(ChangesFormat::Grouped, MIXTAPE.as_bytes(), &changes, 7);
            let expected = row.is_accepted_in(around);
            assert_eq!(accepted(applied, &shown).is_some(), expected, "{shown}");
        }
    }
}

#[test]
fn members_of_a_mixtape_agree_with_the_table() {
    // Inside the window, and across its edge.
    for length in [0, 256 * 1024] {
        for row in some_rows() {
            for (text, around) in [
                (r#"{"x": @, "users": [], "songs": [], "playlists": []}"#, 1),
                (
                    r#"{"users": [{"id": "1", "x": @}], "songs": [], "playlists": []}"#,
                    3,
                ),
                (
                    r#"{"users": [], "songs": [{"x": @, "id": "1"}], "playlists": []}"#,
                    3,
                ),
                (
                    r#"{"users": [], "songs": [], "playlists": [{"id": "1", "owner_id": "1", "x": @, "song_ids": []}]}"#,
                    3,
                ),
                (
                    r#"{"users": [], "songs": [], "playlists": [{"x": @, "id": "1", "owner_id": "1", "song_ids": []}]}"#,
                    3,
                ),
                (
                    r#"{"users": [], "songs": [], "playlists": [{"playlist": {"id": "1", "user_id": "1", "songs": [], "x": @}}]}"#,
                    4,
                ),
            ] {
                let shown = format!("{text} at {length}: {}", row.shown());
                let place = text.find(HERE).unwrap() + row.document.len() / 2;
                let padding = " ".repeat(usize::saturating_sub(length, place));
                let mixtape = with(&(padding + text), &row.document);
                let applied =
                    write_changes_in_process(ChangesFormat::Array, &mixtape, b"[]", usize::MAX);
                let applied = accepted(applied, &shown);
                assert_eq!(applied.is_some(), row.is_accepted_in(around), "{shown}");
                let output = applied.map(|applied| applied.output.into_bytes());
                assert!(output.is_none_or(|output| output == mixtape), "{shown}");
            }
        }
    }
}
