//! A syntax error in an array or in grouped changes ends the run: exit code 2, OUTPUT untouched, never fewer operations.

use crate::run::{GOOD, MIXTAPE, Place, apply, failure, unmark};
use crate::support::apply_in_process;

const GROUPED: &str = r#"{"deletions": {"playlists": ["2", 7]},
 "additions": {"new_playlists": [{"user_id": "3", "name": "é", "songs": ["1"]}],
  "existing_playlists_to_update": [{"id": "1", "songs": ["8", "9"]}]}}"#;

fn array() -> String {
    format!(
        "[{GOOD},\n {{\"type\": \"remove_playlist\", \"playlist_id\": \"2\", \"x\": [1.5, null, \"é\\n\"]}} , 7]"
    )
}

#[test]
fn an_array_cut_at_any_byte_is_an_error_at_its_end() {
    let array = array();
    for cut in (1..array.len()).filter(|cut| array.is_char_boundary(*cut)) {
        check_cut(&array[..cut]);
    }
}

#[test]
fn grouped_changes_cut_at_any_byte_are_an_error_at_their_end() {
    // Before the first name is whole they could be a line of NDJSON.
    let named = "{\"deletions\"".len();
    for cut in (named..GROUPED.len()).filter(|cut| GROUPED.is_char_boundary(*cut)) {
        check_cut(&GROUPED[..cut]);
    }
    for cut in 1..named {
        assert_eq!(
            apply(MIXTAPE, &GROUPED[..cut]).reasons(),
            [(1, "malformed_json".to_owned())]
        );
    }
}

#[track_caller]
fn check_cut(changes: &str) {
    let failed = failure(MIXTAPE, changes.as_bytes());
    assert_eq!(failed.code, 2, "{changes}");
    assert!(
        failed.message.starts_with("changes:"),
        "{changes}\n{failed:?}"
    );
    assert!(failed.is_at_end_of(changes), "{changes}\n{failed:?}");
}

#[test]
fn changes_cut_inside_a_character_are_an_error() {
    for changes in [&*array(), GROUPED] {
        let cut = changes.find('é').unwrap() + 1;
        let failed = failure(MIXTAPE, &changes.as_bytes()[..cut]);
        assert_eq!(failed.code, 2, "{failed:?}");
    }
}

#[test]
fn lines_cut_at_any_byte_lose_nothing_in_silence() {
    let lines = format!("{GOOD}\n{GOOD}\n{GOOD}");
    for cut in 0..lines.len() {
        let applied = apply(MIXTAPE, &lines[..cut]);
        let whole = lines[..cut].matches("\"8\"}").count();
        let ends_inside = !lines[..cut].trim_end().ends_with('}') && cut > 0;
        assert_eq!(applied.rejects.len(), usize::from(ends_inside), "{cut}");
        assert_eq!(applied.output.matches("\"8\"").count(), whole + 1, "{cut}");
    }
}

#[test]
fn a_syntax_error_leaves_the_output_alone_and_names_its_place_first() {
    // `☛` marks the place.
    let rows = [
        ("array", format!("[{GOOD},\n  {{\"type\" ☛\"x\"}}]")),
        ("missing comma", format!("[{GOOD}\n ☛{GOOD}]")),
        ("trailing comma", format!("[{GOOD}☛,\n]")),
        ("wrong bracket", format!("[{GOOD}\n☛}}")),
        ("two documents", format!("[{GOOD}]\n☛[]")),
        ("control character", format!("[{GOOD}, {{\"é\": \"☛\n\"}}]")),
        ("literal", format!("[{GOOD}, ☛nul]")),
        (
            "grouped",
            "{\"deletions\": {\"playlists\": [\"1\",\n☛x]}}".to_owned(),
        ),
        (
            "grouped, two documents",
            "{\"deletions\": {\"playlists\": [\"1\"]}}\n\n☛{}".to_owned(),
        ),
        (
            "a group of the wrong type",
            "{\"deletions\": ☛[\"1\"]}".to_owned(),
        ),
        (
            "a list of the wrong type",
            "{\"deletions\": {\"playlists\": [\"1\"]},\n\"additions\": {\"new_playlists\": ☛{}}}"
                .to_owned(),
        ),
        (
            "a group that stands twice",
            "{\"deletions\": {\"playlists\": [\"1\"]}, ☛\"deletions\": {\"playlists\": [\"2\"]}}"
                .to_owned(),
        ),
    ];
    for (name, marked) in rows {
        let (changes, at, byte) = unmark(&marked);
        let place = Place::new(MIXTAPE, &changes);
        place.0.write("output.json", "old");
        let further = ["--rejects", "rejects.ndjson", "--summary", "summary.json"];
        let run = place.apply(&further).assert_code(2);
        let start = format!("error: changes.json:{at}: ");
        assert!(run.error().starts_with(&start), "{name}: {run:?}");
        assert!(
            run.error().ends_with(&format!(" (byte {byte})\n")),
            "{name}: {run:?}"
        );
        assert_eq!(run.error().lines().count(), 1, "{name}");
        assert_eq!(place.read("output.json"), "old", "{name}");
        place.assert_holds("changes.json mixtape.json output.json");

        let run = place.run_with_input("mixtape.json - output.json", &[], changes.as_bytes());
        let run = run.assert_code(2);
        assert!(
            run.error()
                .starts_with(&start.replace("changes.json", "<stdin>")),
            "{name}: {run:?}"
        );
    }
}

#[test]
fn every_changed_byte_of_the_changes_gives_an_error_or_counts_every_operation() {
    for changes in [&*array(), GROUPED, &format!("{GOOD}\n{GOOD}\n")] {
        for at in 0..changes.len() {
            for byte in [b' ', b'"', b'}', b'\n', 0xFF] {
                let mut changed = changes.as_bytes().to_vec();
                changed[at] = byte;
                let options = mixtape::apply::ApplyOptions::default();
                match apply_in_process(MIXTAPE, &changed, usize::MAX, &options) {
                    Err(error) => assert_eq!(error.kind().exit_code(), 2, "{error}"),
                    Ok(applied) => {
                        let summary = &applied.summary;
                        let done: u64 = summary
                            .applied
                            .values()
                            .chain(summary.rejected.values())
                            .sum();
                        assert_eq!(summary.read, done, "{at}");
                        serde_json::from_str::<serde_json::Value>(&applied.output).expect("JSON");
                    }
                }
            }
        }
    }
}
