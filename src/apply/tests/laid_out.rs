//! New playlists held against what a person would write into documents of which little can be learnt, byte for byte.

use super::*;

const CHANGES: &str = r#"[{"type": "add_playlist", "user_id": 1, "song_ids": [2, 2]}]"#;

/// `mixtape` with `PLAYLISTS` in place of the array, whatever that is before and after the change.
fn check_array(mixtape: &str, before: &str, after: &str) {
    let of = |array: &str| mixtape.replacen("PLAYLISTS", array, 1);
    check(&of(before), CHANGES, &of(after), "");
    check(&of(before), "", &of(before), "");
}

const PLAIN: &str = r#"{
  "users": [
    {
      "id": 1
    }
  ],
  "songs": [{"id": 2}],
  "playlists": PLAYLISTS
}"#;

const NEW: &str = r#"
    {
      "id": "1",
      "owner_id": 1,
      "song_ids": [
        2,
        2
      ]
    }"#;

#[test]
fn an_array_without_playlists_stays_as_it_is_until_it_gets_one() {
    check_array(PLAIN, "[]", &format!("[{NEW}\n  ]"));
    check_array(PLAIN, "[ ]", &format!("[{NEW} ]"));
    check_array(PLAIN, "[\n  ]", &format!("[{NEW}\n  ]"));
}

#[test]
fn a_wrapped_playlist_is_indented_by_as_much_as_the_document_is() {
    let new = r#"[
    {
      "playlist": {
        "id": "1",
        "user_id": 1,
        "songs": [
          2,
          2
        ]
      }
    }
  ]"#;
    check_array(&PLAIN.replacen("id", "user_id", 1), "[]", new);
    let by_tabs = |text: &str| text.replace("  ", "\t");
    let mixtape = by_tabs(&PLAIN.replacen("id", "user_id", 1));
    check_array(&mixtape, "[]", &by_tabs(new));
}

#[test]
fn elements_behind_a_long_member_show_their_style_all_the_same() {
    let about = format!("{{\n  \"about\": \"{:x<6000}\",", "");
    let mixtape = PLAIN.replacen('{', &about, 1).replace(
        "[\n    {\n      \"id\": 1\n    }\n  ]",
        "[ {\"id\" : 1, \"x\" : 2} ]",
    );
    let new = r#"[ {"id" : "1", "owner_id" : 1, "song_ids" : [2, 2]} ]"#;
    check_array(&mixtape, "[]", new);
}

#[test]
fn short_arrays_on_one_line_stay_so_in_objects_of_many_lines() {
    let old = "\n    {\n      \"id\": \"1\",\n      \"song_ids\": [2]\n    }";
    let before = format!("[{old}\n  ]");
    let new = NEW
        .replace("\"1\"", "\"2\"")
        .replace("[\n        2,\n        2\n      ]", "[2, 2]");
    check_array(PLAIN, &before, &format!("[{old},{new}\n  ]"));
}

#[test]
fn a_long_playlist_shows_its_style_at_both_its_ends() {
    let songs = ["2"; 40_000].join(",");
    let old = format!("[ {{\"song_ids\" : [{songs}] ,  \"id\" : 1  }} ]");
    let new = "{\"id\" : 2, \"owner_id\" : 1, \"song_ids\" : [2,2]  }";
    let after = format!("{}, {new} ]", &old[..old.len() - 2]);
    check_array(PLAIN, &old, &after);
}

const WRAPPED: &str =
    r#"{"users": [{"user_id": 1}], "songs": [{"id": 2}], "playlists": [PLAYLISTS]}"#;

#[test]
fn only_the_playlist_in_an_element_shows_how_playlists_are_written() {
    let first = r#"{"playlist": {"id": 1, "songs": [2, 2]}}"#;
    let new = r#"{"playlist": {"id": 3, "user_id": 1, "songs": [2, 2]}}"#;
    for other in [
        r#"{"playlist": {"id": 2, "songs": []}, "more": {  "id" :1  ,  "x" :2}}"#,
        r#"{"more": {  "id" :1  ,  "x" :2}, "playlist": {"id": 2, "songs": []}}"#,
        r#"{"playlist": {"id": 2, "songs": [], "playlist": {  "id" :1  ,  "x" :2}}}"#,
        r#"{"id": {}, "user_id": 7, "song_ids": [   2   ,   2   ], "playlist": {"id": 2, "songs": []}}"#,
    ] {
        let before = format!("{first}, {other}");
        check_array(WRAPPED, &before, &format!("{before}, {new}"));
    }
}
