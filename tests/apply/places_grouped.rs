//! The same for grouped changes: the rejected part stands as the operation of its own that it amounts to.

use crate::places::reject;
use crate::run::{MIXTAPE, Place};

/// What stands in the grouped document, reason, message, and the operation that it amounts to.
type Grouped = (&'static str, &'static str, &'static str, &'static str);

const DELETIONS: [Grouped; 3] = [
    (
        r#""é☂""#,
        "unknown_playlist",
        r#"no playlist has the id "é☂""#,
        r#"{"type": "remove_playlist", "playlist_id": "é☂"}"#,
    ),
    (
        "2.0",
        "unknown_playlist",
        "no playlist has the id 2.0",
        r#"{"type": "remove_playlist", "playlist_id": 2.0}"#,
    ),
    (
        "[]",
        "wrong_type",
        "a playlist's id must be a string or a number",
        r#"{"type": "remove_playlist", "playlist_id": []}"#,
    ),
];

/// Songs of updates stand at the song.
const UPDATES: [Grouped; 5] = [
    (
        r#""☂☂"]}"#,
        "unknown_playlist",
        r#"no playlist has the id "7""#,
        r#"{"type": "add_song_to_playlist", "playlist_id": "7", "song_id": "☂☂"}"#,
    ),
    (
        "88",
        "unknown_song",
        "no song has the id 88",
        r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": 88}"#,
    ),
    (
        r#""7""#,
        "missing_member",
        r#"member "id" is missing"#,
        r#"{"type": "add_song_to_playlist", "song_id": "7"}"#,
    ),
    (
        "null",
        "wrong_type",
        "a song's id must be a string or a number",
        r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": null}"#,
    ),
    (
        r#""6""#,
        "wrong_type",
        "id must be a string or a number",
        r#"{"type": "add_song_to_playlist", "playlist_id": {}, "song_id": "6"}"#,
    ),
];

const NEW: [Grouped; 7] = [
    (
        r#"{"user_id": "é", "songs": ["1"], "name": "R"}"#,
        "unknown_user",
        r#"no user has the id "é""#,
        r#"{"type": "add_playlist", "user_id": "é", "song_ids": ["1"], "name": "R"}"#,
    ),
    (
        r#"{"songs": ["x"], "owner_id": "1"}"#,
        "unknown_song",
        r#"no song has the id "x""#,
        r#"{"type": "add_playlist", "song_ids": ["x"], "owner_id": "1"}"#,
    ),
    (
        r#"{"user_id": "1", "songs": []}"#,
        "empty_playlist",
        "a new playlist needs at least one song",
        r#"{"type": "add_playlist", "user_id": "1", "song_ids": []}"#,
    ),
    (
        r#"{"id": "1", "user_id": "1", "songs": ["1"]}"#,
        "duplicate_playlist",
        r#"a playlist has the id "1" already"#,
        r#"{"type": "add_playlist", "id": "1", "user_id": "1", "song_ids": ["1"]}"#,
    ),
    (
        r#"{"user_id": "1"}"#,
        "missing_member",
        r#"member "songs" is missing"#,
        r#"{"type": "add_playlist", "user_id": "1"}"#,
    ),
    (
        r#"{"user_id": "1", "user_id": "1", "songs": ["1"]}"#,
        "duplicate_member",
        r#"member "user_id" stands twice"#,
        r#"{"type": "add_playlist", "user_id": "1", "user_id": "1", "song_ids": ["1"]}"#,
    ),
    (
        "-7",
        "wrong_type",
        "a new playlist must be an object",
        r#"{"type": "add_playlist", "value": -7}"#,
    ),
];

#[test]
fn every_reason_has_its_name_and_place_in_grouped_changes() {
    let deletions = DELETIONS.map(|row| row.0).join(", ");
    let new = NEW.map(|row| row.0).join(",\r\n  ");
    let changes = format!(
        r#"{{"deletions": {{"playlists": [{deletions}]}},
"note": "☂", "additions": {{
 "existing_playlists_to_update": [{{"id": "7", "songs": ["☂☂"]}},
  {{"songs": ["1", 88, "2"], "id": "1"}}, {{"songs": ["7"]}}, {{"id": "1", "songs": ["3", null]}}, {{"id": {{}}, "songs": ["6"]}}],
 "new_playlists": [{new}]}}}}"#
    );
    let place = Place::new(MIXTAPE, &changes);
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let mut from = 0;
    let mut expected = Vec::new();
    // The songs between that are fine are operations of their own.
    let numbers = [1, 2, 3, 4, 6, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18];
    let rows = DELETIONS.into_iter().chain(UPDATES).chain(NEW);
    for ((text, reason, message, operation), number) in rows.zip(numbers) {
        let byte = from
            + changes[from..]
                .find(text)
                .unwrap_or_else(|| panic!("{text}"));
        from = byte + 1;
        expected.push(reject(&changes, reason, message, number, byte, operation));
    }
    let rejects = place.read("rejects.ndjson");
    assert_eq!(rejects.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn an_update_that_is_none_is_one_rejected_operation() {
    let rows = [
        (
            r#"{"id": "1"}"#,
            "missing_member",
            r#"member "songs" is missing"#,
        ),
        (
            r#"{"id": "1", "songs": "1"}"#,
            "wrong_type",
            "songs must be an array",
        ),
        (
            r#"{"id": "1", "songs": ["1"], "id": "2"}"#,
            "duplicate_member",
            r#"member "id" stands twice"#,
        ),
        (r#"["1"]"#, "wrong_type", "an update must be an object"),
    ];
    for (update, reason, message) in rows {
        let changes = format!(r#"{{"additions": {{"existing_playlists_to_update": [{update}]}}}}"#);
        let applied = crate::run::apply(MIXTAPE, &changes);
        assert_eq!(applied.summary.read, 1, "{update}");
        let reject = &applied.rejects[0];
        assert_eq!(
            (&reject["reason"], &reject["message"]),
            (&reason.into(), &message.into())
        );
        assert_eq!(reject["byte"], changes.find(update).unwrap(), "{update}");
    }
}

#[test]
fn entries_of_a_group_that_nobody_knows_are_unknown_operations() {
    let changes =
        r#"{"deletions": {"users": ["1", {"id": 2}], "note": "x"}, "additions": {"songs": [7]}}"#;
    let place = Place::new(MIXTAPE, changes);
    place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
    let row = |number, text, list: &str| {
        let message = format!(
            "{list:?} is none of deletions.playlists, additions.existing_playlists_to_update, additions.new_playlists"
        );
        let operation = format!(r#"{{"type": "{list}", "value": {text}}}"#);
        let byte = changes.find(text).unwrap();
        reject(
            changes,
            "unknown_operation",
            &message,
            number,
            byte,
            &operation,
        )
    };
    let expected = [
        row(1, "\"1\"", "deletions.users"),
        row(2, "{\"id\": 2}", "deletions.users"),
        row(3, "\"x\"", "deletions.note"),
        row(4, "7", "additions.songs"),
    ];
    let rejects = place.read("rejects.ndjson");
    assert_eq!(rejects.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_mistyped_group_loses_nothing_and_what_is_no_list_in_it_says_nothing_to_do() {
    let changes = r#"{"deletions": {"playlist": "1"}, "additons": {"by": "me", "new_playlists": [{"user_id": "1"}, 2]},
        "removals": ["3"], "made": {"at": "noon", "x": {"y": 1}}, "version": 2}"#;
    let place = Place::new(MIXTAPE, changes);
    let run = place.apply(&[]).assert_code(3);
    let shown: Vec<&str> = run
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("rejected: changes.json:"))
        .map(|line| line.split_once(": unknown_operation: ").unwrap().0)
        .collect();
    assert_eq!(
        shown,
        [
            "1:28: operation 1, $.deletions.playlist",
            "1:77: operation 2, $.additons.new_playlists[0]",
            "1:95: operation 3, $.additons.new_playlists[1]",
            "2:22: operation 4, $.removals[0]",
            "2:56: operation 5, $.made.x",
        ]
    );
}
