//! What a scan says of what is wrong, whole and with its place.

use super::{playlists, refused};

#[test]
fn what_is_wrong_with_a_playlist_is_said_with_its_place() {
    for (text, expected) in [
        (
            "7",
            "2:1 $.playlists[0]: playlist must be an object, found number",
        ),
        ("{}", "2:1 $.playlists[0]: playlist without \"id\""),
        (
            r#"{"id": 1}"#,
            "2:1 $.playlists[0]: playlist without \"song_ids\"",
        ),
        (
            r#"{"id": 9, "playlist": {"id": 1}}"#,
            "2:1 $.playlists[0]: playlist without \"song_ids\"",
        ),
        (
            r#"{"playlist": {"id": 1}}"#,
            "2:1 $.playlists[0]: playlist without \"songs\"",
        ),
        (
            r#"{"id": 1, "songs": [], "id": 2, "song_ids": []}"#,
            "2:24 $.playlists[0]: member \"id\" stands twice",
        ),
        (
            r#"{"id": 1, "user_id": 1, "user_id": 1, "song_ids": []}"#,
            "2:25 $.playlists[0]: member \"user_id\" stands twice",
        ),
        (
            r#"{"owner_id": 1, "user_id": 1, "id": 1, "owner_id": 1, "song_ids": []}"#,
            "2:40 $.playlists[0]: member \"owner_id\" stands twice",
        ),
        (
            r#"{"id": 1, "song_ids": [], "song_ids": 7}"#,
            "2:27 $.playlists[0]: member \"song_ids\" stands twice",
        ),
        (
            r#"{"playlist": {"id": 1, "songs": [], "songs": []}}"#,
            "2:37 $.playlists[0].playlist: member \"songs\" stands twice",
        ),
        (
            r#"{"playlist": {"id": 1, "songs": []}, "playlist": {}}"#,
            "2:38 $.playlists[0]: member \"playlist\" stands twice",
        ),
        (
            r#"{"id": null, "song_ids": []}"#,
            "2:8 $.playlists[0].id: an id must be a string or a number",
        ),
        (
            r#"{"id": 1, "owner_id": null, "song_ids": []}"#,
            "2:23 $.playlists[0].owner_id: an id must be a string or a number",
        ),
        (
            r#"{"id": 1, "song_ids": [1, true, null]}"#,
            "2:27 $.playlists[0].song_ids[1]: an id must be a string or a number",
        ),
        (
            r#"{"id": 1, "song_ids": {}}"#,
            "2:23 $.playlists[0].song_ids: song_ids must be an array, found object",
        ),
        (
            r#"{"playlist": {"id": 1, "songs": []}}, {"id": 1, "song_ids": []}"#,
            "2:39 $.playlists[1]: element without \"playlist\"",
        ),
        (
            r#"{"playlist": {"id": 1, "songs": []}}, {"playlist": 7}"#,
            "2:52 $.playlists[1].playlist: \"playlist\" must be an object, found number",
        ),
        (
            r#"{"id": "0123456789012345678", "song_ids": []}"#,
            "2:8 $.playlists[0].id: an id is longer than 20 bytes; --none sets this limit",
        ),
    ] {
        assert_eq!(playlists(text).unwrap_err(), expected, "{text}");
    }
}

#[test]
fn what_is_no_mixtape_is_said_with_its_place() {
    let empty = "the file is empty; a mixtape is a JSON object with users, playlists and songs";
    let brace = "expected '{': a mixtape is a JSON object with users, playlists and songs";
    let array = "a mixtape must be an object, found array; changes are one: the order is MIXTAPE CHANGES OUTPUT";
    let user = "1:12 $.users[0]: user";
    let song = "1:12 $.songs[0]: song";
    for (text, expected) in [
        ("", format!("1:1 $: {empty}")),
        (" \n\t", format!("1:1 $: {empty}")),
        ("nul", format!("1:1 $: {brace}")),
        ("}", format!("1:1 $: {brace}")),
        ("7", "1:1 $: a mixtape must be an object, found number".to_owned()),
        ("\n [7]", format!("2:2 $: {array}")),
        (
            "{}",
            "1:2 $: a mixtape needs the array \"users\" (it has none of users, playlists and songs)".to_owned(),
        ),
        (
            r#"{"songs": [], "users": [] }"#,
            "1:27 $: a mixtape needs the array \"playlists\"".to_owned(),
        ),
        (
            r#"{"songs": [], "x": 1, "songs": []}"#,
            "1:23 $: member \"songs\" stands twice".to_owned(),
        ),
        (
            r#"{"songs": {}}"#,
            "1:11 $.songs: songs must be an array, found object".to_owned(),
        ),
        (
            r#"{"users": [], "songs": [], "playlists": []} 7"#,
            "1:45 $: unexpected text after the JSON value".to_owned(),
        ),
        (r#"{"users": ["1"]}"#, format!("{user} must be an object, found string")),
        (r#"{"users": [{}]}"#, format!("{user} without \"id\" (or \"user_id\")")),
        (r#"{"users": [{"i": "id", "user": 1}]}"#, format!("{user} without \"id\" (or \"user_id\")")),
        (
            r#"{"users": [{"x": {}, "id": []}]}"#,
            "1:28 $.users[0].id: an id must be a string or a number".to_owned(),
        ),
        (
            r#"{"users": [{"id": 1, "user_id": 1, "id": 1}]}"#,
            "1:36 $.users[0]: member \"id\" stands twice".to_owned(),
        ),
        (
            r#"{"users": [{"user_id": 1, "id": 1, "user_id": null}]}"#,
            "1:36 $.users[0]: member \"user_id\" stands twice".to_owned(),
        ),
        (r#"{"songs": [{"user_id": 1}]}"#, format!("{song} without \"id\"")),
        (
            r#"{"songs": [{"id": 1, "i\u0064": 1}]}"#,
            "1:22 $.songs[0]: member \"id\" stands twice".to_owned(),
        ),
    ] {
        assert_eq!(refused(text), expected, "{text}");
    }
}
