//! What each operation does alone: what is appended and created, and what is rejected.

use serde_json::json;

use crate::routes::{add, new, new_with};
use crate::rows::{BEFORE, Row};

pub fn add_song() -> Vec<Row> {
    vec![
        ("no operation", vec![], BEFORE, &[]),
        (
            "appended",
            vec![add("1", "8")],
            "1:1[1 8] 2:2[2 3] 3:2[]",
            &[],
        ),
        (
            "to an empty one",
            vec![add("3", "8")],
            "1:1[1] 2:2[2 3] 3:2[8]",
            &[],
        ),
        (
            "a song it has",
            vec![add("2", "2")],
            "1:1[1] 2:2[2 3 2] 3:2[]",
            &[],
        ),
        (
            "twice",
            vec![add("1", "8"), add("1", "8")],
            "1:1[1 8 8] 2:2[2 3] 3:2[]",
            &[],
        ),
        (
            "in the order of the file",
            vec![add("2", "9"), add("1", "5"), add("2", "4"), add("2", "6")],
            "1:1[1 5] 2:2[2 3 9 4 6] 3:2[]",
            &[],
        ),
        (
            "unknown playlist",
            vec![add("7", "1"), add("1", "2")],
            "1:1[1 2] 2:2[2 3] 3:2[]",
            &[(1, "unknown_playlist")],
        ),
        (
            "unknown song",
            vec![add("1", "2"), add("1", "77"), add("1", "3")],
            "1:1[1 2 3] 2:2[2 3] 3:2[]",
            &[(2, "unknown_song")],
        ),
        (
            "both unknown",
            vec![add("7", "77")],
            BEFORE,
            &[(1, "unknown_playlist")],
        ),
        (
            "a song is no playlist",
            vec![add("9", "9")],
            BEFORE,
            &[(1, "unknown_playlist")],
        ),
    ]
}

pub fn add_playlist() -> Vec<Row> {
    let kept =
        json!({"name": "R \"1\"\n", "x": {"id": [null, 1.5]}, "playlist_id": 4, "song_id": []});
    vec![
        (
            "next id",
            vec![new("3", &["1", "2"])],
            "1:1[1] 2:2[2 3] 3:2[] 4:3[1 2]",
            &[],
        ),
        (
            "two",
            vec![new("3", &["1"]), new("1", &["2"])],
            "1:1[1] 2:2[2 3] 3:2[] 4:3[1] 5:1[2]",
            &[],
        ),
        (
            "a song twice",
            vec![new("1", &["5", "5"])],
            "1:1[1] 2:2[2 3] 3:2[] 4:1[5 5]",
            &[],
        ),
        (
            "its own id, then the next",
            vec![new_with("3", &["1"], json!({"id": "x"})), new("3", &["2"])],
            "1:1[1] 2:2[2 3] 3:2[] x:3[1] 4:3[2]",
            &[],
        ),
        (
            "one more than the largest",
            vec![new_with("3", &["1"], json!({"id": "10"})), new("3", &["2"])],
            "1:1[1] 2:2[2 3] 3:2[] 10:3[1] 11:3[2]",
            &[],
        ),
        (
            "further members are kept",
            vec![new_with("3", &["1"], kept)],
            r#"1:1[1] 2:2[2 3] 3:2[] 4:3[1]{"name":"R \"1\"\n","playlist_id":4,"song_id":[],"x":{"id":[null,1.5]}}"#,
            &[],
        ),
        (
            "id of the document",
            vec![new_with("3", &["1"], json!({"id": "2"}))],
            BEFORE,
            &[(1, "duplicate_playlist")],
        ),
        (
            "id of one that was created",
            vec![new("3", &["1"]), new_with("3", &["1"], json!({"id": "4"}))],
            "1:1[1] 2:2[2 3] 3:2[] 4:3[1]",
            &[(2, "duplicate_playlist")],
        ),
        (
            "unknown user",
            vec![new("4", &["1"])],
            BEFORE,
            &[(1, "unknown_user")],
        ),
        (
            "no song",
            vec![new("3", &[])],
            BEFORE,
            &[(1, "empty_playlist")],
        ),
        (
            "unknown first song",
            vec![new("3", &["x", "1"])],
            BEFORE,
            &[(1, "unknown_song")],
        ),
        (
            "unknown last song",
            vec![new("3", &["1", "x"])],
            BEFORE,
            &[(1, "unknown_song")],
        ),
        (
            "user before songs",
            vec![new("x", &[])],
            BEFORE,
            &[(1, "unknown_user")],
        ),
        (
            "songs before id",
            vec![new_with("3", &["x"], json!({"id": "2"}))],
            BEFORE,
            &[(1, "unknown_song")],
        ),
        (
            "a rejected one uses no id",
            vec![new_with("3", &["x"], json!({"id": "50"})), new("3", &["1"])],
            "1:1[1] 2:2[2 3] 3:2[] 4:3[1]",
            &[(1, "unknown_song")],
        ),
    ]
}
