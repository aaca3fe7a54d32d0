//! What once broke, each test named after it.

use mixtape::apply::{ApplyOptions, References};
use serde_json::{Value, json};

use crate::run::{BAD, MIXTAPE, Place, apply, apply_with};

const ADD: &str = r#"[{"type": "add_playlist", "user_id": "1", "song_ids": ["1"]}]"#;

/// The ids of OUTPUT's playlists, which is JSON.
fn ids(output: &str) -> Vec<Value> {
    let output: Value =
        serde_json::from_str(output).unwrap_or_else(|error| panic!("{error}\n{output}"));
    let playlists = output["playlists"].as_array().unwrap();
    let id = |playlist: &Value| match &playlist["id"] {
        Value::Null => playlist["playlist"]["id"].clone(),
        id => id.clone(),
    };
    playlists.iter().map(id).collect()
}

fn wrapped(playlist: &str) -> String {
    format!(r#"{{"users":[{{"user_id":"1"}}],"songs":[{{"id":"1"}}],"playlists":[{playlist}]}}"#)
}

#[test]
fn an_empty_object_in_front_of_a_wrapped_playlist_took_its_punctuation() {
    for other in ["{}", "{ }", r#"{"a" : 1}"#, r#"{"id":"9","songs":[]}"#] {
        let playlist = format!(
            r#"{{"meta":{other},"playlist":{{"id":"1","name":"x","user_id":"1","songs":["1"]}}}}"#
        );
        let output = apply(&wrapped(&playlist), ADD).output;
        assert_eq!(ids(&output), [json!("1"), json!("2")]);
        assert!(
            output.contains(r#"{"id":"2","user_id":"1","songs":["1"]}"#),
            "{output}"
        );
    }
}

#[test]
fn a_style_sample_that_ends_anywhere_left_punctuation_out() {
    for length in 65_400..65_560 {
        let text = "x".repeat(length);
        let inner = r#"{"id":"1","name":"x","user_id":"1","songs":["1"]}"#;
        let documents = [
            wrapped(&format!(r#"{{"a":"{text}","playlist":{inner}}}"#)),
            wrapped(&format!(r#"{{"{text}":1,"playlist":{inner}}}"#)),
            format!(
                r#"{{"a":"{text}","users":[{{"id":"1"}}],"songs":[{{"id":"1"}}],"playlists":[]}}"#
            ),
            format!(
                r#"{{"{text}":1,"users":[{{"id":"1"}}],"songs":[{{"id":"1"}}],"playlists":[]}}"#
            ),
        ];
        // All lengths near the edge for the first and third, a few of the others.
        for document in documents
            .iter()
            .step_by(if length % 40 == 0 { 1 } else { 2 })
        {
            assert!(!ids(&apply(document, ADD).output).is_empty());
        }
    }
}

#[test]
fn unknown_members_of_the_first_playlist_were_judged_as_known_ones() {
    let plain = r#""id":"1","owner_id":"1","song_ids":["1"]"#;
    let inner = r#""playlist":{"id":"1","user_id":"1","songs":["1"]}"#;
    for playlist in [
        format!(r#"{{"playlist":{{"songs":5}},{plain}}}"#),
        format!(r#"{{"playlist":{{"id":null}},{plain}}}"#),
        format!(r#"{{"playlist":{{"id":"1","id":"2","songs":[{{}}]}},{plain}}}"#),
        format!(r#"{{"id":null,{inner}}}"#),
        format!(r#"{{"song_ids":3,{inner}}}"#),
        format!(r#"{{"owner_id":[],"song_ids":[null],{inner}}}"#),
    ] {
        let document = format!(
            r#"{{"users":[{{"id":"1","user_id":"1"}}],"songs":[{{"id":"1"}}],"playlists":[{playlist}]}}"#
        );
        assert_eq!(ids(&apply(&document, ADD).output), [json!("1"), json!("2")]);
    }
}

#[test]
fn a_new_playlist_of_a_group_could_be_rejected_as_what_no_replay_could_apply() {
    let mixtape = wrapped(r#"{"playlist":{"id":"1","user_id":"1","songs":["1"]}}"#);
    for (further, reason) in [
        (r#""type":"mix""#, "duplicate_member"),
        (r#""song_ids":"mix""#, "duplicate_member"),
    ] {
        let changes = format!(
            r#"{{"additions":{{"new_playlists":[{{"user_id":"1","songs":["1"],{further}}}]}}}}"#
        );
        assert_eq!(
            apply(&mixtape, &changes).reasons(),
            [(1, reason.to_owned())]
        );
    }
}

#[test]
fn owners_spelled_in_the_other_way_were_not_counted_as_references() {
    let mixtape = r#"{"users":[{"id":"1"}],"songs":[],"playlists":[
        {"id":"1","owner_id":"7","song_ids":[]},{"id":"2","user_id":"8","song_ids":["5"]}]}"#;
    let options = ApplyOptions {
        references: References::Count,
        ..ApplyOptions::default()
    };
    let summary = apply_with(mixtape, "[]", &options).summary;
    assert_eq!(summary.dangling_references, Some(3));
}

#[test]
fn an_operation_within_the_limit_was_refused_for_those_held_before_it() {
    let mixtape = wrapped(r#"{"playlist":{"id":"1","user_id":"1","songs":["1"]}}"#);
    let operation = |padding: usize| {
        let text = "x".repeat(padding);
        format!(r#"{{"type":"remove_playlist","playlist_id":"9","x":"{text}"}}"#)
    };
    let changes = format!("[{},{}]", operation(120_000), operation(1_000_000));
    let options = ApplyOptions {
        max_operation: 1_024_000,
        ..ApplyOptions::default()
    };
    assert_eq!(apply_with(&mixtape, &changes, &options).summary.read, 2);
}

#[test]
fn blanks_between_songs_were_taken_for_an_id_that_is_too_long() {
    let blanks = " ".repeat(2 << 20);
    let options = ApplyOptions {
        max_id: 1 << 20,
        ..ApplyOptions::default()
    };
    for songs in [
        format!(r#"["1",{blanks}"1"]"#),
        format!("[{blanks}]"),
        format!(r#"["1"{blanks}]"#),
    ] {
        let mixtape = wrapped(&format!(
            r#"{{"playlist":{{"id":"1","user_id":"1","songs":{songs}}}}}"#
        ));
        let changes = r#"[{"type":"add_song_to_playlist","playlist_id":"1","song_id":"1"}]"#;
        let output = apply_with(&mixtape, changes, &options).output;
        assert_eq!(
            output.len(),
            mixtape.len() + if songs.contains('1') { 4 } else { 3 }
        );
        assert_eq!(ids(&output), [json!("1")]);
    }
}

#[test]
fn a_reject_of_the_deepest_operation_could_not_be_applied_again() {
    // A reject line is one level deeper than its operation: with a limit one higher it is an operation again.
    let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
    let place = Place::new(MIXTAPE, BAD.replacen('{', &format!("{{\"x\": {deep}, "), 1));
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let arguments = "mixtape.json rejects.ndjson output.json";
    let run = place.run(arguments, &[]).assert_code(2);
    assert!(
        run.stderr.contains("--max-depth sets this limit"),
        "{run:?}"
    );
    place.run(arguments, &["--max-depth", "129"]).assert_code(3);
}
