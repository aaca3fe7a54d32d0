//! What is removed, what operations see of those before them, and what is not understood.

use serde_json::{Value, json};

use crate::routes::{add, new, new_with, remove};

/// Name, operations, the playlists then, numbers and reasons of the rejects.
pub type Row = (
    &'static str,
    Vec<Value>,
    &'static str,
    &'static [(u64, &'static str)],
);

pub const BEFORE: &str = "1:1[1] 2:2[2 3] 3:2[]";

pub fn remove_playlist() -> Vec<Row> {
    vec![
        ("the first", vec![remove("1")], "2:2[2 3] 3:2[]", &[]),
        ("one between", vec![remove("2")], "1:1[1] 3:2[]", &[]),
        ("the last", vec![remove("3")], "1:1[1] 2:2[2 3]", &[]),
        (
            "all but one",
            vec![remove("3"), remove("1")],
            "2:2[2 3]",
            &[],
        ),
        ("all", vec![remove("2"), remove("1"), remove("3")], "", &[]),
        (
            "unknown",
            vec![remove("4")],
            BEFORE,
            &[(1, "unknown_playlist")],
        ),
        (
            "twice",
            vec![remove("2"), remove("2")],
            "1:1[1] 3:2[]",
            &[(2, "unknown_playlist")],
        ),
    ]
}

pub fn later_see_earlier() -> Vec<Row> {
    vec![
        (
            "no song for a removed one",
            vec![remove("1"), add("1", "2")],
            "2:2[2 3] 3:2[]",
            &[(2, "unknown_playlist")],
        ),
        (
            "appended, then removed",
            vec![add("1", "2"), remove("1")],
            "2:2[2 3] 3:2[]",
            &[],
        ),
        (
            "a removed one's id is free",
            vec![
                remove("1"),
                new_with("3", &["4"], json!({"id": "1"})),
                add("1", "5"),
            ],
            "2:2[2 3] 3:2[] 1:3[4 5]",
            &[],
        ),
        (
            "free again and again",
            vec![
                new_with("3", &["4"], json!({"id": "x"})),
                add("x", "1"),
                remove("x"),
                new_with("2", &["5"], json!({"id": "x"})),
            ],
            "1:1[1] 2:2[2 3] 3:2[] x:2[5]",
            &[],
        ),
        (
            "a removed one's id still counts",
            vec![remove("3"), new("1", &["1"])],
            "1:1[1] 2:2[2 3] 4:1[1]",
            &[],
        ),
        (
            "so does that of a created one",
            vec![
                new_with("1", &["1"], json!({"id": "9"})),
                remove("9"),
                new("1", &["2"]),
            ],
            "1:1[1] 2:2[2 3] 3:2[] 10:1[2]",
            &[],
        ),
        (
            "a song for a created one",
            vec![new("1", &["1"]), add("4", "2"), add("5", "2")],
            "1:1[1] 2:2[2 3] 3:2[] 4:1[1 2]",
            &[(3, "unknown_playlist")],
        ),
        (
            "created and removed",
            vec![new("1", &["1"]), remove("4"), add("4", "1"), remove("4")],
            BEFORE,
            &[(3, "unknown_playlist"), (4, "unknown_playlist")],
        ),
        (
            "all removed and new ones",
            vec![
                remove("1"),
                remove("2"),
                remove("3"),
                new("1", &["1"]),
                new("2", &["2"]),
            ],
            "4:1[1] 5:2[2]",
            &[],
        ),
    ]
}

pub fn not_understood() -> Vec<Row> {
    let typed = |kind: Value| json!({"type": kind, "playlist_id": "1", "song_id": "1"});
    vec![
        (
            "type unknown",
            vec![typed(json!("shuffle"))],
            BEFORE,
            &[(1, "unknown_operation")],
        ),
        (
            "type in capitals",
            vec![typed(json!("Remove_Playlist"))],
            BEFORE,
            &[(1, "unknown_operation")],
        ),
        (
            "type empty",
            vec![typed(json!(""))],
            BEFORE,
            &[(1, "unknown_operation")],
        ),
        (
            "type a number",
            vec![typed(json!(1))],
            BEFORE,
            &[(1, "wrong_type")],
        ),
        (
            "type null",
            vec![typed(Value::Null)],
            BEFORE,
            &[(1, "wrong_type")],
        ),
        (
            "nothing in it",
            vec![json!({})],
            BEFORE,
            &[(1, "missing_member")],
        ),
        (
            "no objects, and the run goes on",
            vec![
                add("1", "2"),
                json!(7),
                json!([]),
                json!("x"),
                json!(null),
                json!(true),
                add("1", "3"),
            ],
            "1:1[1 2 3] 2:2[2 3] 3:2[]",
            &[
                (2, "wrong_type"),
                (3, "wrong_type"),
                (4, "wrong_type"),
                (5, "wrong_type"),
                (6, "wrong_type"),
            ],
        ),
    ]
}
