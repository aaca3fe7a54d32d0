//! Songs are appended in the style of their array, and not a byte more changes.

use crate::run::apply;

/// A document whose playlist 1 has this song array, in this style.
fn one(songs: &str) -> String {
    format!(
        "{{\"users\":[],\"songs\":[{{\"id\":\"1\"}},{{\"id\":\"8\"}},{{\"id\":\"9\"}}],\"playlists\":[{{\"id\":\"1\",\"song_ids\":{songs},\"x\":0}}]}}"
    )
}

fn add(songs: &[&str]) -> String {
    let add = |song: &&str| {
        format!(r#"{{"type":"add_song_to_playlist","playlist_id":"1","song_id":"{song}"}}"#) + "\n"
    };
    songs.iter().map(add).collect()
}

#[test]
fn appended_songs_look_like_those_before_them() {
    // Name, the array before, after one song, after two.
    let rows = [
        (
            "compact",
            r#"["1","1"]"#,
            r#"["1","1","8"]"#,
            r#"["1","1","8","9"]"#,
        ),
        (
            "spaced",
            r#"["1", "1"]"#,
            r#"["1", "1", "8"]"#,
            r#"["1", "1", "8", "9"]"#,
        ),
        (
            "padded",
            r#"[ "1", "1" ]"#,
            r#"[ "1", "1", "8" ]"#,
            r#"[ "1", "1", "8", "9" ]"#,
        ),
        (
            "blank before comma",
            r#"["1" ,"1"]"#,
            r#"["1" ,"1" ,"8"]"#,
            r#"["1" ,"1" ,"8" ,"9"]"#,
        ),
        (
            "a line each",
            "[\n  \"1\",\n  \"1\"\n ]",
            "[\n  \"1\",\n  \"1\",\n  \"8\"\n ]",
            "[\n  \"1\",\n  \"1\",\n  \"8\",\n  \"9\"\n ]",
        ),
        (
            "CRLF",
            "[\r\n\t\"1\",\r\n\t\"1\"\r\n]",
            "[\r\n\t\"1\",\r\n\t\"1\",\r\n\t\"8\"\r\n]",
            "[\r\n\t\"1\",\r\n\t\"1\",\r\n\t\"8\",\r\n\t\"9\"\r\n]",
        ),
        (
            "comma first",
            "[ \"1\"\n, \"1\"\n]",
            "[ \"1\"\n, \"1\"\n, \"8\"\n]",
            "[ \"1\"\n, \"1\"\n, \"8\"\n, \"9\"\n]",
        ),
        (
            "the last gap counts",
            r#"["1","1",  "1"]"#,
            r#"["1","1",  "1",  "8"]"#,
            r#"["1","1",  "1",  "8",  "9"]"#,
        ),
        ("one song", r#"["1"]"#, r#"["1","8"]"#, r#"["1","8","9"]"#),
        (
            "one song on its line",
            "[\n  \"1\"\n ]",
            "[\n  \"1\",\n  \"8\"\n ]",
            "[\n  \"1\",\n  \"8\",\n  \"9\"\n ]",
        ),
        (
            "one song, padded",
            r#"[ "1" ]"#,
            r#"[ "1","8" ]"#,
            r#"[ "1","8","9" ]"#,
        ),
        ("empty", "[]", r#"["8"]"#, r#"["8","9"]"#),
        (
            "an escaped bracket",
            r#"["1]\"","1"]"#,
            r#"["1]\"","1","8"]"#,
            r#"["1]\"","1","8","9"]"#,
        ),
    ];
    for (name, before, after_one, after_two) in rows {
        for (songs, after) in [(&["8"][..], after_one), (&["8", "9"], after_two)] {
            let output = apply(&one(before), &add(songs)).output;
            assert_eq!(output, one(after), "{name}");
        }
    }
}

#[test]
fn an_empty_array_with_a_blank_in_it_takes_songs_between_the_blanks() {
    let output = apply(&one("[ ]"), &add(&["8", "9"])).output;
    let start = one("").find(",\"x\"").unwrap();
    let songs: Vec<String> =
        serde_json::from_str(&output[start..output.len() - (one("").len() - start)])
            .unwrap_or_else(|error| panic!("{error}: {output}"));
    assert_eq!(songs, ["8", "9"]);
    assert!(output.contains(" ],\"x\""), "{output}");
}

#[test]
fn an_array_that_shows_no_style_takes_its_neighbours() {
    let document = |songs: &str| {
        format!(
            r#"{{"users": [],
 "playlists": [
  {{"id": "1", "song_ids": {songs}}},
  {{"id": "2", "song_ids": [
   "1",
   "9"
  ]}}
 ],
 "songs": [{{"id": "1"}}, {{"id": "8"}}, {{"id": "9"}}]
}}
"#
        )
    };
    let output = apply(&document("[]"), &add(&["8", "9"])).output;
    assert_eq!(output, document("[\n   \"8\",\n   \"9\"\n  ]"));
}

#[test]
fn an_empty_array_in_an_indented_document_is_opened_line_by_line() {
    let document = |songs: &str| {
        format!(
            "{{\n  \"songs\": [\n    {{\n      \"id\": \"8\"\n    }}\n  ],\n  \"users\": [],\n  \"playlists\": [\n    {{\n      \"id\": \"1\",\n      \"song_ids\": {songs}\n    }}\n  ]\n}}\n"
        )
    };
    let opened = document("[\n        \"8\",\n        \"8\"\n      ]");
    for empty in ["[]", "[\n      ]"] {
        assert_eq!(
            apply(&document(empty), &add(&["8", "8"])).output,
            opened,
            "{empty:?}"
        );
    }
}

#[test]
fn each_array_keeps_its_own_style() {
    let document = |one: &str, two: &str| {
        format!(
            "{{\"users\": [], \"playlists\": [{{\"id\": \"1\", \"song_ids\": {one}}}, {{\"song_ids\": {two}, \"id\": \"2\"}}], \"songs\": [{{\"id\": \"1\"}}]}}"
        )
    };
    let changes = add(&["1"]) + &add(&["1"]).replace("playlist_id\":\"1\"", "playlist_id\":\"2\"");
    let before = document("[\"1\",\"1\"]", "[ \"1\" , \"1\" ]");
    let after = document("[\"1\",\"1\",\"1\"]", "[ \"1\" , \"1\" , \"1\" ]");
    assert_eq!(apply(&before, &changes).output, after);
}

#[test]
fn songs_of_the_wrapped_layout_are_appended_in_place() {
    let document = |songs: &str| {
        format!(
            r#"{{"songs":[{{"id":"8"}}],"playlists":[{{"z":[],"playlist":{{"songs":[{songs}],"name":"]","user_id":"1","id":"1"}},"songs":["x"]}}],"users":[{{"user_id":"1"}}]}}"#
        )
    };
    let changes = add(&["8", "8"]);
    assert_eq!(
        apply(&document(r#""3", "4""#), &changes).output,
        document(r#""3", "4", "8", "8""#)
    );
}

#[test]
fn a_byte_order_mark_is_kept() {
    let mixtape = |songs| format!("\u{feff}{}", one(songs));
    let output = apply(&mixtape("[]"), &add(&["8"])).output;
    assert_eq!(output, mixtape(r#"["8"]"#));
    assert_eq!(apply(&mixtape("[]"), "").output, mixtape("[]"));
}

#[test]
fn a_byte_order_mark_in_front_of_the_changes_is_passed_over() {
    for changes in ["[{}]", "{}", "{\"additions\": {}}", "", " \n"] {
        let changes = changes.replace("{}]", &(add(&["8"]) + "]"));
        let marked = format!("\u{feff}{changes}");
        let (plain, marked) = (apply(&one("[]"), &changes), apply(&one("[]"), &marked));
        assert_eq!(plain.output, marked.output);
        assert_eq!(plain.reasons(), marked.reasons());
    }
}
