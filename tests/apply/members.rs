//! Members of operations: in any order, under any of their names, with unknown ones beside them.

use crate::run::{MIXTAPE, apply};

/// All orders of the members.
fn orders(members: &[&str]) -> Vec<String> {
    if members.is_empty() {
        return vec![String::new()];
    }
    let mut orders = Vec::new();
    for (i, first) in members.iter().enumerate() {
        let rest = [&members[..i], &members[i + 1..]].concat();
        for rest in self::orders(&rest) {
            orders.push(if rest.is_empty() {
                (*first).to_owned()
            } else {
                format!("{first}, {rest}")
            });
        }
    }
    orders
}

/// What the operation does is the same for every order of its members.
#[track_caller]
fn check(members: &[&str], around: (&str, &str), expected: &str) {
    for order in orders(members) {
        let operation = format!("{}{{{order}}}{}", around.0, around.1);
        let output = apply(MIXTAPE, &operation).output;
        assert!(output.contains(expected), "{operation}\n{output}");
    }
}

const ALONE: (&str, &str) = ("", "");

#[test]
fn members_of_every_operation_come_in_any_order() {
    let unknown = r#""x": {"type": "remove_playlist"}"#;
    let add = [
        r#""type": "add_song_to_playlist""#,
        r#""playlist_id": "1""#,
        r#""song_id": "8""#,
        unknown,
    ];
    check(&add, ALONE, r#""song_ids": ["1", "8"]"#);
    let remove = [
        r#""type": "remove_playlist""#,
        r#""playlist_id": "2""#,
        unknown,
    ];
    check(
        &remove,
        ALONE,
        "{\"id\": \"1\", \"owner_id\": \"1\", \"song_ids\": [\"1\"]},\n  {\"id\": \"3\"",
    );
    let new = [
        r#""type": "add_playlist""#,
        r#""user_id": "3""#,
        r#""id": "n""#,
        r#""song_ids": ["8"]"#,
    ];
    check(
        &new,
        ALONE,
        r#"{"id": "n", "owner_id": "3", "song_ids": ["8"]}"#,
    );
}

#[test]
fn members_of_grouped_changes_come_in_any_order() {
    let update = [r#""id": "1""#, r#""songs": ["8", "9"]"#, r#""name": "x""#];
    let around = (r#"{"additions": {"existing_playlists_to_update": ["#, "]}}");
    check(&update, around, r#""song_ids": ["1", "8", "9"]"#);
    let new = [
        r#""id": "n""#,
        r#""songs": ["8", "9"]"#,
        r#""user_id": "3""#,
    ];
    let around = (r#"{"additions": {"new_playlists": ["#, "]}}");
    check(
        &new,
        around,
        r#"{"id": "n", "owner_id": "3", "song_ids": ["8", "9"]}"#,
    );
}

#[test]
fn the_groups_come_in_any_order_and_take_effect_in_that_order() {
    let deletions = r#""deletions": {"playlists": ["2"]}"#;
    let new = r#""new_playlists": [{"user_id": "3", "songs": ["8"], "id": "2"}]"#;
    let updates = r#""existing_playlists_to_update": [{"id": "2", "songs": ["9"]}]"#;
    let rows = [
        (
            format!(r#"{{{deletions}, "additions": {{{new}, {updates}}}}}"#),
            "2:8 9",
            vec![],
        ),
        (
            format!(r#"{{{deletions}, "additions": {{{updates}, {new}}}}}"#),
            "2:8",
            vec![(2, "unknown_playlist".to_owned())],
        ),
        (
            format!(r#"{{"additions": {{{updates}, {new}}}, {deletions}}}"#),
            "",
            vec![(2, "duplicate_playlist".to_owned())],
        ),
        (
            format!(r#"{{"additions": {{{new}, {updates}}}, {deletions}}}"#),
            "",
            vec![(1, "duplicate_playlist".to_owned())],
        ),
    ];
    for (changes, expected, rejects) in rows {
        let applied = apply(MIXTAPE, &changes);
        assert_eq!(applied.reasons(), rejects, "{changes}");
        let second = crate::run::playlists(&applied.output)
            .into_iter()
            .find(|list| list["id"] == "2");
        let songs = |list: serde_json::Value| {
            list["song_ids"]
                .to_string()
                .replace(['[', ']', '"'], "")
                .replace(',', " ")
        };
        let second = second.map_or(String::new(), |list| format!("2:{}", songs(list)));
        assert_eq!(second, expected, "{changes}");
    }
}

#[test]
fn the_owner_goes_by_either_name_in_every_layout() {
    for name in ["user_id", "owner_id", "\\u0075ser_id"] {
        let rows = [
            format!(r#"{{"type": "add_playlist", "{name}": "3", "song_ids": ["8"]}}"#),
            format!(r#"{{"additions": {{"new_playlists": [{{"{name}": "3", "songs": ["8"]}}]}}}}"#),
        ];
        for changes in rows {
            let output = apply(MIXTAPE, &changes).output;
            assert!(
                output.contains(r#"{"id": "4", "owner_id": "3", "song_ids": ["8"]}"#),
                "{output}"
            );
        }
    }
}

#[test]
fn unknown_members_are_ignored_but_for_a_new_playlist_which_keeps_them() {
    let unknown = r#""a": 1, "user_id": null, "song_ids": {}, "id": [], "operation": 7, "deep": {"a": 1, "a": [{"b": null, "b": 1e999}]}"#;
    let add = format!(
        r#"{{{unknown}, "type": "add_song_to_playlist", "playlist_id": "1", "song_id": "8"}}"#
    );
    let remove = format!(r#"{{"type": "remove_playlist", {unknown}, "playlist_id": "2"}}"#);
    let plain = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "8"}{"type": "remove_playlist", "playlist_id": "2"}"#;
    let (one, other) = (format!("{add}\n{remove}"), plain.replace("}{", "}\n{"));
    assert_eq!(apply(MIXTAPE, &one).output, apply(MIXTAPE, &other).output);

    let kept = r#""operation": {"type": 7}, "playlist_id": [null], "song_id": {"a": 1, "a": 2}"#;
    let new = format!(r#"{{"type": "add_playlist", {kept}, "user_id": "3", "song_ids": ["8"]}}"#);
    let output = apply(MIXTAPE, &new).output;
    let expected = format!(r#"{{"id": "4", {kept}, "owner_id": "3", "song_ids": ["8"]}}"#);
    assert!(output.contains(&expected), "{output}");
}

#[test]
fn unknown_members_are_validated() {
    for invalid in [
        "nul",
        "01",
        "\"\\x\"",
        "[1,]",
        "\"\u{1}\"",
        "{\"a\" 1}",
        "\"\\ud800\"",
        "1.",
        "'a'",
    ] {
        let operation =
            format!(r#"{{"type": "remove_playlist", "playlist_id": "1", "x": {invalid}}}"#);
        let failed = crate::run::failure(MIXTAPE, format!("[{operation}]").as_bytes());
        assert_eq!(failed.code, 2, "{failed:?}");
        let applied = apply(MIXTAPE, &operation);
        assert_eq!(applied.reasons(), [(1, "malformed_json".to_owned())]);
        assert_eq!(applied.output, MIXTAPE);
    }
}

#[test]
fn a_new_playlist_may_not_get_a_member_twice() {
    let wrapped = r#"{"users": [{"user_id": "3"}], "songs": [{"id": "8"}], "playlists": [{"playlist": {"id": "1", "user_id": "3", "songs": []}}]}"#;
    let new = |further: &str| {
        format!(r#"{{"type": "add_playlist", "user_id": "3", {further}, "song_ids": ["8"]}}"#)
    };
    let rows = [
        (wrapped, r#""songs": ["8"]"#, true),
        (wrapped, r#""\u0073ongs": 1"#, true),
        (MIXTAPE, r#""songs": ["8"]"#, false),
        (wrapped, r#""playlist": 1"#, false),
    ];
    for (mixtape, further, rejected) in rows {
        let applied = apply(mixtape, &new(further));
        let expected: &[&str] = if rejected { &["duplicate_member"] } else { &[] };
        assert_eq!(crate::run::reasons(&applied), expected, "{further}");
        assert_eq!(applied.output.contains(further), !rejected, "{further}");
    }
}

#[test]
fn many_unknown_members_are_told_apart_and_one_that_stands_twice_is_found() {
    for count in [7, 8, 9, 10, 500] {
        let mut members: Vec<String> = (0..count).map(|i| format!("\"m{i}\": {i}")).collect();
        let new = |members: &[String]| {
            format!(
                r#"{{"type": "add_playlist", "user_id": "3", "song_ids": ["8"], {}}}"#,
                members.join(", ")
            )
        };
        assert_eq!(apply(MIXTAPE, &new(&members)).reasons(), [], "{count}");
        for twice in [0, count / 2, count - 1] {
            members.push(format!("\"\\u006d{twice}\": null"));
            let applied = apply(MIXTAPE, &new(&members));
            assert_eq!(
                applied.reasons(),
                [(1, "duplicate_member".to_owned())],
                "{twice} of {count}"
            );
            members.pop();
        }
    }
}
