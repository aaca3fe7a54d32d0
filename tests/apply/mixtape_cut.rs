//! A MIXTAPE that is empty, cut off, followed by something or no text at all.

use crate::run::{MIXTAPE, Place, failure};

#[test]
fn an_empty_file_says_what_a_mixtape_is() {
    for empty in ["", " ", "\r\n\n", "\u{feff}"] {
        let failed = failure(empty, b"");
        assert_eq!(failed.code, 2);
        assert!(
            failed
                .message
                .starts_with("mixtape.json:1:1: the file is empty; a mixtape is "),
            "{failed:?}"
        );
        let place = Place::new("", "");
        let run = place.run_with_input("- changes.json output.json", &[], empty.as_bytes());
        let run = run.assert_code(2);
        assert!(
            run.error()
                .starts_with("error: <stdin>:1:1: the file is empty"),
            "{run:?}"
        );
    }
}

#[test]
fn a_mixtape_cut_at_any_byte_is_an_error_at_its_end() {
    let wrapped = r#"{"users": [{"user_id": "1"}], "playlists": [{"playlist": {"id": 1, "user_id": "1", "songs": ["é", 2]}, "x": null}], "songs": [{"id": "\u00e9"}]}"#;
    for mixtape in [MIXTAPE.trim_end(), wrapped] {
        for cut in (1..mixtape.len()).filter(|cut| mixtape.is_char_boundary(*cut)) {
            let failed = failure(&mixtape[..cut], b"");
            assert_eq!(failed.code, 2, "{cut}: {failed:?}");
            assert!(failed.is_at_end_of(&mixtape[..cut]), "{failed:?}");
        }
    }
}

#[test]
fn text_behind_the_document_is_an_error() {
    for (behind, at) in [("x", 0), (" {}", 1), (",", 0), ("\n\n]", 2), ("\0", 0)] {
        let mixtape = MIXTAPE.trim_end();
        let failed = failure(&format!("{mixtape}{behind}"), b"");
        assert_eq!(failed.code, 2, "{behind:?}");
        let byte = format!("(byte {})", mixtape.len() + at);
        assert!(failed.message.ends_with(&byte), "{behind:?}: {failed:?}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_an_error_wherever_they_stand() {
    for target in [
        "\"id\": \"2\"",
        "\"owner_id\": \"2\"",
        "\"songs\"",
        "\"song_ids\": [\"2\"",
    ] {
        let at = MIXTAPE.find(target).unwrap() + target.len() - 1;
        let mixtape = [
            &MIXTAPE.as_bytes()[..at],
            b"\xC0\x80",
            &MIXTAPE.as_bytes()[at..],
        ]
        .concat();
        let run = Place::new(mixtape, "").apply(&[]).assert_code(2);
        let end = format!("(byte {at})\n");
        assert!(
            run.error().starts_with("error: mixtape.json:") && run.error().ends_with(&end),
            "{run:?}"
        );
    }
}

#[test]
fn the_program_names_the_place_first_and_leaves_the_output_alone() {
    let place = Place::new("{\"users\": [],\n\"songs\": {}}", "[]");
    place.0.write("output.json", "old");
    let run = place
        .apply(&["--rejects", "r", "--summary", "s"])
        .assert_code(2);
    assert_eq!(
        run.error(),
        "error: mixtape.json:2:10: songs must be an array, found object (byte 23)\n"
    );
    assert_eq!(run.stdout, "");
    assert_eq!(place.read("output.json"), "old");
    place.assert_holds("changes.json mixtape.json output.json");
}
