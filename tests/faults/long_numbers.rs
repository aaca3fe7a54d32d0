//! Numbers that no machine type holds: carried digit for digit, compared exactly up to a limit that names its flag.

use mixtape::apply::ApplyOptions;

use crate::run::Place;
use crate::support::{Folder, apply_in_process};

const DIGITS: usize = 1_000_000;

/// A million digits, a fraction of as many, and exponents beyond any float.
fn numbers() -> [String; 5] {
    let digits = "7".repeat(DIGITS);
    [
        digits.clone(),
        format!("-0.{digits}"),
        format!("1e{digits}"),
        "1e999999999".to_owned(),
        "-1E-999999999".to_owned(),
    ]
}

#[test]
fn a_number_of_any_length_is_carried_untouched() {
    for number in numbers() {
        let mixtape = format!(
            r#"{{"x": {number}, "users": [{{"id": "u", "x": [{number}]}}], "songs": [{{"x": {number}, "id": "s"}}],
 "playlists": [{{"id": "p", "owner_id": "u", "song_ids": [], "x": {number}}}]}}"#
        );
        let operation = format!(
            r#"{{"type": "add_playlist", "id": "q", "user_id": "u", "song_ids": ["s"], "x": {number}}}"#
        );
        let options = ApplyOptions::default();
        let applied =
            apply_in_process(&mixtape, operation.as_bytes(), usize::MAX, &options).unwrap();
        let output = applied.output;
        assert_eq!(output.matches(&*number).count(), 5);
        assert!(output.starts_with(mixtape.strip_suffix("]}").unwrap()));
    }
}

#[test]
fn a_number_of_any_length_is_an_id_that_is_compared_to_its_last_digit() {
    for number in numbers() {
        let other = match number.strip_suffix('7') {
            Some(start) => format!("{start}8"),
            None => number.replace("999999999", "999999998"),
        };
        let mixtape = format!(
            r#"{{"users": [{{"id": {number}}}], "songs": [{{"id": {number}}}], "playlists": [{{"id": {number}, "song_ids": []}}]}}"#
        );
        let add = |id| {
            format!(r#"{{"type": "add_song_to_playlist", "playlist_id": {id}, "song_id": {id}}}"#)
        };
        let place = Place::new(&mixtape, format!("{}\n{}", add(&other), add(&number)));
        place.apply(&["--rejects", "rejects"]).assert_code(0);
        let extended = format!("\"song_ids\": [{number}]");
        let expected = mixtape.replace("\"song_ids\": []", &extended);
        assert!(place.read("output.json") == expected);
        let rejects = place.read("rejects");
        let start = format!(
            "{{\"reason\": \"unknown_playlist\", \"message\": \"no playlist has the id {other}\", \"number\": 1, "
        );
        assert!(rejects.starts_with(&start) && rejects.lines().count() == 1);
        assert!(rejects.ends_with(&format!("\"operation\": {}}}\n", add(&other))));
    }
}

#[test]
fn a_number_above_the_limit_of_an_id_is_refused_at_its_place() {
    let number = "7".repeat(DIGITS);
    let mixtape = format!(r#"{{"users": [], "songs": [{{"id": {number}}}], "playlists": []}}"#);
    let place = Place::new(&mixtape, "");
    let limit = DIGITS.to_string();
    place.apply(&["--max-id", &limit]).assert_code(0);
    let limit = (DIGITS - 1).to_string();
    let run = place.apply(&["--max-id", &limit]).assert_code(2);
    let byte = mixtape.find('7').unwrap();
    let expected = format!(
        "error: mixtape.json:1:{}: an id is longer than {limit} bytes; --max-id sets this limit (byte {byte})\n",
        byte + 1
    );
    assert_eq!(run.error(), expected);
}

#[test]
fn scores_of_a_million_digits_are_compared_exactly_where_they_are_allowed() {
    let nines = "9".repeat(DIGITS);
    let lower = format!("{}8", &nines[1..]);
    let folder = Folder::new();
    let lines =
        format!("{lower}: {{\"id\": 1}}\n{nines}: {{\"id\": {nines}}}\n-{nines}: {{\"id\": 3}}\n");
    folder.write("scores", lines);
    let limit = DIGITS.to_string();
    let format = ["--format", "ndjson"];
    let arguments = ["top", "scores", "2", "--max-score-digits", &limit];
    let run = folder.run(arguments.iter().chain(&format)).assert_code(0);
    let expected =
        format!("{{\"score\": {nines}, \"id\": {nines}}}\n{{\"score\": {lower}, \"id\": 1}}\n");
    assert!(run.stdout == expected, "{} bytes", run.stdout.len());
    let limit = (DIGITS - 1).to_string();
    let arguments = ["top", "scores", "2", "--max-score-digits", &limit];
    let run = folder.run(arguments).assert_code(2);
    assert!(run.stderr.starts_with("error: scores:1:1: "), "{run:?}");
    assert!(run.stderr.contains("--max-score-digits"), "{run:?}");
}

#[test]
fn a_score_with_an_exponent_is_refused_at_its_place() {
    let folder = Folder::new();
    folder.write("scores", "1: {\"id\": 1}\n1e999999999: {\"id\": 2}\n");
    let run = folder.run(["top", "scores", "2"]).assert_code(2);
    assert!(run.stderr.starts_with("error: scores:2:2: "), "{run:?}");
}
