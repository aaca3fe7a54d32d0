//! The layouts of MIXTAPE are told apart by what it holds.

use crate::run::apply;

const NEW: &str = r#"{"type": "add_playlist", "user_id": "u", "song_ids": ["s"]}"#;

/// A document of these users and playlists.
fn document(users: &str, playlists: &str) -> String {
    format!(r#"{{"users": [{users}], "songs": [{{"id": "s"}}], "playlists": [{playlists}]}}"#)
}

#[test]
fn a_new_playlist_is_spelled_as_those_of_the_document() {
    let plain = r#"{"id": "u"}"#;
    let wrapped = r#"{"user_id": "u"}"#;
    // Name, users, playlists, the new playlist.
    let rows = [
        (
            "owner_id",
            plain,
            r#"{"id": "1", "owner_id": "u", "song_ids": []}"#,
            r#"{"id": "2", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "user_id",
            plain,
            r#"{"id": "1", "user_id": "u", "song_ids": []}"#,
            r#"{"id": "2", "user_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "no owner shown",
            plain,
            r#"{"id": "1", "song_ids": []}"#,
            r#"{"id": "2", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "shown by a later one",
            plain,
            r#"{"id": "1", "song_ids": []}, {"id": "2", "user_id": "u", "song_ids": []}"#,
            r#"{"id": "3", "user_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "the first one counts",
            plain,
            r#"{"id": "1", "owner_id": "u", "song_ids": []}, {"id": "2", "user_id": "u", "song_ids": []}"#,
            r#"{"id": "3", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "both",
            plain,
            r#"{"id": "1", "user_id": "u", "owner_id": "u", "song_ids": []}"#,
            r#"{"id": "2", "user_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "no playlist",
            plain,
            "",
            r#"{"id": "1", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            "wrapped",
            wrapped,
            r#"{"playlist": {"id": "1", "user_id": "u", "songs": []}}"#,
            r#"{"playlist": {"id": "2", "user_id": "u", "songs": ["s"]}}"#,
        ),
        (
            "wrapped, owner_id",
            wrapped,
            r#"{"playlist": {"id": "1", "owner_id": "u", "songs": []}}"#,
            r#"{"playlist": {"id": "2", "owner_id": "u", "songs": ["s"]}}"#,
        ),
        (
            "wrapped, no owner shown",
            wrapped,
            r#"{"playlist": {"id": "1", "songs": []}}"#,
            r#"{"playlist": {"id": "2", "user_id": "u", "songs": ["s"]}}"#,
        ),
        (
            "wrapped, no playlist",
            wrapped,
            "",
            r#"{"playlist": {"id": "1", "user_id": "u", "songs": ["s"]}}"#,
        ),
        (
            "wrapped, numbers",
            wrapped,
            r#"{"playlist": {"id": 1, "user_id": "u", "songs": []}}"#,
            r#"{"playlist": {"id": 2, "user_id": "u", "songs": ["s"]}}"#,
        ),
        (
            "users with both, no playlist",
            r#"{"id": "u", "user_id": "v"}"#,
            "",
            r#"{"id": "1", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
    ];
    for (name, users, playlists, new) in rows {
        let output = apply(&document(users, playlists), NEW).output;
        assert!(output.contains(new), "{name}: {output}");
    }
}

#[test]
fn the_users_are_those_of_the_layout_that_the_playlists_show() {
    let users = r#"{"id": "u", "user_id": "v"}, {"user_id": "w", "id": "x"}"#;
    let plain = r#"{"id": "1", "owner_id": "u", "song_ids": []}"#;
    let wrapped = r#"{"playlist": {"id": "1", "user_id": "v", "songs": []}}"#;
    for (playlists, known, unknown) in [
        (plain, ["u", "x"], ["v", "w"]),
        (wrapped, ["v", "w"], ["u", "x"]),
    ] {
        let mixtapes = [
            document(users, playlists),
            // Playlists in front of the users: nothing is told by order.
            format!(
                r#"{{"playlists": [{playlists}], "songs": [{{"id": "s"}}], "users": [{users}]}}"#
            ),
        ];
        for mixtape in mixtapes {
            for user in known {
                assert_eq!(
                    apply(&mixtape, &NEW.replace("\"u\"", &format!("{user:?}"))).reasons(),
                    []
                );
            }
            for user in unknown {
                let applied = apply(&mixtape, &NEW.replace("\"u\"", &format!("{user:?}")));
                assert_eq!(applied.reasons(), [(1, "unknown_user".to_owned())]);
            }
        }
    }
}

#[test]
fn members_of_the_other_layout_are_unknown_members() {
    let plain_users = r#"{"id": "u", "user_id": null}, {"user_id": {"user_id": 1}, "id": "v"}"#;
    let wrapped_users = r#"{"user_id": "u", "id": null}, {"id": [], "user_id": "v"}"#;
    let rows = [
        (
            plain_users,
            r#"{"id": "1", "owner_id": "u", "song_ids": [], "songs": null, "playlist": 7}"#,
        ),
        (
            plain_users,
            r#"{"playlist": 7, "id": "1", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            plain_users,
            r#"{"playlist": {"id": "x", "songs": []}, "id": "1", "owner_id": "u", "song_ids": ["s"]}"#,
        ),
        (
            wrapped_users,
            r#"{"playlist": {"id": "1", "user_id": "u", "songs": [], "song_ids": null, "playlist": []}}"#,
        ),
        (
            wrapped_users,
            r#"{"id": "x", "playlist": {"id": "1", "user_id": "u", "songs": []}}"#,
        ),
    ];
    for (users, playlist) in rows {
        let two = format!("{playlist}, {}", playlist.replace("\"1\"", "\"2\""));
        for (playlists, before) in [("", 0), (playlist, 1), (&two, 2)] {
            let applied = apply(&document(users, playlists), NEW);
            assert_eq!(applied.reasons(), [], "{playlists}");
            assert_eq!(applied.summary.playlists_before, before, "{playlists}");
            assert_eq!(applied.summary.playlists_after, before + 1, "{playlists}");
        }
    }
}

#[test]
fn the_three_arrays_come_in_any_order_among_any_other_members() {
    let members = [
        r#""users": [{"id": "u"}]"#,
        r#""songs": [{"id": "s"}]"#,
        r#""pl\u0061ylists": [{"id": "1", "owner_id": "u", "song_ids": []}]"#,
        r#""other": {"users": 1, "playlists": [null], "songs": {}}"#,
    ];
    let orders = [
        [0, 1, 2, 3],
        [0, 2, 1, 3],
        [1, 0, 2, 3],
        [1, 2, 3, 0],
        [2, 0, 3, 1],
        [2, 3, 1, 0],
        [3, 2, 1, 0],
        [3, 0, 1, 2],
    ];
    for order in orders {
        let mixtape = format!("{{{}}}", order.map(|i| members[i]).join(", "));
        let output = apply(&mixtape, NEW).output;
        let new = r#"[{"id": "1", "owner_id": "u", "song_ids": []}, {"id": "2", "owner_id": "u", "song_ids": ["s"]}]"#;
        let list = members[2].replace(r#"[{"id": "1", "owner_id": "u", "song_ids": []}]"#, new);
        assert_eq!(output, mixtape.replace(members[2], &list), "{order:?}");
    }
}

#[test]
fn unknown_members_of_a_mixtape_pass_untouched_whatever_they_are() {
    let wild = r#"{"a": 1, "a": 1e999999999, "b": -0.0E+00, "\u0000": "\ud834\udd1e\/", "": [[[{}]]], "x": 123456789012345678901234567890.1}"#;
    let mixtape = format!(
        r#"{{"w": {wild}, "users": [{{"w": {wild}, "id": "u"}}], "songs": [{{"id": "s", "w": {wild}}}],
"playlists": [{{"w": {wild}, "id": "1", "owner_id": "u", "song_ids": [], "z": {wild}}}], "z": {wild}}}"#
    );
    let add = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "s"}"#;
    assert_eq!(
        apply(&mixtape, add).output,
        mixtape.replace("\"song_ids\": []", "\"song_ids\": [\"s\"]")
    );
}

#[test]
fn references_that_lead_nowhere_are_left_as_they_are() {
    let mixtape = document(
        r#"{"id": "u"}"#,
        r#"{"id": "1", "owner_id": "nobody", "song_ids": ["x", 7]}"#,
    );
    let add = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "s"}"#;
    let applied = apply(&mixtape, add);
    assert_eq!(applied.output, mixtape.replace("7]", "7, \"s\"]"));
    assert_eq!(applied.summary.dangling_references, None);
}
