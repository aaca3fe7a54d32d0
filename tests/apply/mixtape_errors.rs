//! What is no mixtape ends the run with the place that is wrong, and OUTPUT untouched.

use crate::run::{failure, line_and_column, unmark};

/// The document with this in place of the whole member.
fn with(array: &str, elements: &str) -> String {
    let member = |name: &str, own: &str| match name == array {
        true => format!("\"{name}\": {elements}"),
        false => format!("\"{name}\": {own}"),
    };
    format!(
        "{{{},\n {},\n {}}}",
        member("users", r#"[{"id": "u"}]"#),
        member("songs", r#"[{"id": "s"}]"#),
        member(
            "playlists",
            r#"[{"id": "p", "owner_id": "u", "song_ids": ["s"]}]"#
        )
    )
}

/// Checks the message and its place; `☛` marks the place in the text and is no part of it.
#[track_caller]
fn check(marked: &str, message: &str) {
    let (mixtape, place, byte) = unmark(marked);
    let failed = failure(&mixtape, b"");
    assert_eq!(failed.code, 2, "{mixtape}");
    let expected = format!("mixtape.json:{place}: {message} (byte {byte})");
    assert_eq!(failed.message, expected, "{mixtape}");
}

#[test]
fn a_missing_array_is_named_at_the_end_of_the_document() {
    let (users, songs, playlists) = ("\"users\": []", "\"songs\": []", "\"playlists\": []");
    let rows = [
        (vec![songs, playlists], "users"),
        (vec![users, playlists], "songs"),
        (vec![songs, users], "playlists"),
        (vec![], "users"),
    ];
    for (members, missing) in rows {
        let text = format!("{{\n{}\n☛}}\n", members.join(",\n"));
        let hint = match members[..] {
            [] => " (it has none of users, playlists and songs)",
            _ => "",
        };
        let message = format!("a mixtape needs the array \"{missing}\"{hint}");
        check(&text, &message);
    }
}

#[test]
fn wrong_types_are_named_at_the_value() {
    let not_an_id = "an id must be a string or a number";
    let rows = [
        ("users", "☛{}", "users must be an array, found object"),
        ("songs", "☛null", "songs must be an array, found null"),
        (
            "playlists",
            "☛\"\"",
            "playlists must be an array, found string",
        ),
        (
            "users",
            r#"[{"id": "u"}, ☛"u"]"#,
            "user must be an object, found string",
        ),
        ("songs", "[☛[]]", "song must be an object, found array"),
        (
            "playlists",
            "[☛7]",
            "playlist must be an object, found number",
        ),
        ("users", r#"[{"id": ☛null}]"#, not_an_id),
        ("users", r#"[{"id": ☛[], "user_id": {}}]"#, not_an_id),
        ("songs", r#"[{"id": "é"}, {"id": ☛true}]"#, not_an_id),
        ("playlists", r#"[{"id": ☛{}, "song_ids": []}]"#, not_an_id),
        (
            "playlists",
            r#"[{"id": "p", "owner_id": ☛null, "song_ids": []}]"#,
            not_an_id,
        ),
        (
            "playlists",
            r#"[{"id": "p", "user_id": ☛[], "song_ids": []}]"#,
            not_an_id,
        ),
        (
            "playlists",
            r#"[{"id": "p", "song_ids": ["s", ☛null]}]"#,
            not_an_id,
        ),
        (
            "playlists",
            r#"[{"id": "p", "song_ids": ☛"s"}]"#,
            "song_ids must be an array, found string",
        ),
        (
            "playlists",
            r#"[{"playlist": {"id": "p", "songs": ☛{}}}]"#,
            "songs must be an array, found object",
        ),
        (
            "playlists",
            r#"[{"playlist": {"id": "p", "songs": []}}, {"playlist": ☛[]}]"#,
            "\"playlist\" must be an object, found array",
        ),
    ];
    for (array, elements, message) in rows {
        check(&with(array, elements), message);
    }
    let swapped = "a mixtape must be an object, found array; changes are one: the order is MIXTAPE CHANGES OUTPUT";
    check("☛[]", swapped);
    for (document, found) in [
        (" \n☛7", "number"),
        ("☛\"users\"", "string"),
        ("☛null", "null"),
    ] {
        check(
            document,
            &format!("a mixtape must be an object, found {found}"),
        );
    }
}

#[test]
fn a_missing_member_is_named_at_its_element() {
    let wrapped = r#"{"playlist": {"id": "p", "songs": []}}"#;
    let rows = [
        (
            "users",
            r#"[{"id": "u"}, ☛{"name": "x"}]"#.to_owned(),
            "user without \"id\" (or \"user_id\")",
        ),
        (
            "users",
            r#"[{"id": "u"}, ☛{"user_id": "v"}]"#.to_owned(),
            "user without \"id\"",
        ),
        ("songs", "[☛{}]".to_owned(), "song without \"id\""),
        (
            "playlists",
            r#"[{"id": "p", "song_ids": []}, ☛{"song_ids": []}]"#.to_owned(),
            "playlist without \"id\"",
        ),
        (
            "playlists",
            r#"[☛{"song_ids": []}]"#.to_owned(),
            "playlist without \"id\"",
        ),
        (
            "playlists",
            r#"[☛{"id": "p"}]"#.to_owned(),
            "playlist without \"song_ids\"",
        ),
        (
            "playlists",
            r#"[☛{"id": "p", "songs": []}]"#.to_owned(),
            "playlist without \"song_ids\"",
        ),
        (
            "playlists",
            format!(r#"[{wrapped}, ☛{{"id": "q", "song_ids": []}}]"#),
            "element without \"playlist\"",
        ),
        (
            "playlists",
            format!(r#"[{wrapped}, ☛{{"playlist": {{"songs": []}}}}]"#),
            "playlist without \"id\"",
        ),
        (
            "playlists",
            format!(r#"[{wrapped}, ☛{{"playlist": {{"id": "q"}}}}]"#),
            "playlist without \"songs\"",
        ),
        (
            "playlists",
            r#"[{"id": "p", "song_ids": []}, ☛{"playlist": {"id": "q", "songs": []}}]"#.to_owned(),
            "playlist without \"id\"",
        ),
    ];
    for (array, elements, message) in rows {
        check(&with(array, &elements), message);
    }
}

#[test]
fn users_without_the_id_of_the_wrapped_layout_are_named() {
    let text = r#"{"users": [{"user_id": "u"}, ☛{"id": "v"}], "songs": [], "playlists": [{"playlist": {"id": "p", "songs": []}}]}"#;
    check(text, "user without \"user_id\"");
}

#[test]
fn a_member_that_is_read_may_not_stand_twice() {
    let rows = [
        ("users", r#"[{"id": "u", ☛"id": "u"}]"#, "id"),
        (
            "users",
            r#"[{"user_id": "u", "id": "v", ☛"user\u005fid": "u"}]"#,
            "user_id",
        ),
        ("songs", r#"[{"id": "s", ☛"\u0069d": "t"}]"#, "id"),
        (
            "playlists",
            r#"[{"id": "p", "song_ids": [], ☛"id": "p"}]"#,
            "id",
        ),
        (
            "playlists",
            r#"[{"id": "p", "song_ids": [], ☛"song_ids": []}]"#,
            "song_ids",
        ),
        (
            "playlists",
            r#"[{"id": "p", "owner_id": "u", "song_ids": [], ☛"owner_id": "u"}]"#,
            "owner_id",
        ),
        (
            "playlists",
            r#"[{"id": "p", "user_id": "u", "owner_id": "u", ☛"user_id": "u", "song_ids": []}]"#,
            "user_id",
        ),
        (
            "playlists",
            r#"[{"playlist": {"id": "p", "songs": []}, ☛"playlist": {"id": "p", "songs": []}}]"#,
            "playlist",
        ),
        (
            "playlists",
            r#"[{"playlist": {"id": "p", "songs": [], ☛"songs": []}}]"#,
            "songs",
        ),
    ];
    for (array, elements, name) in rows {
        check(
            &with(array, elements),
            &format!("member {name:?} stands twice"),
        );
    }
    for array in ["users", "songs", "playlists"] {
        let text = with("", "").replacen('{', &format!("{{\"{array}\": [], "), 1);
        let second = text.rfind(&format!("\"{array}\"")).unwrap();
        let text = format!("{}☛{}", &text[..second], &text[second..]);
        check(&text, &format!("member {array:?} stands twice"));
    }
}

#[test]
fn an_id_that_stands_twice_is_named_with_both_places() {
    let list = |id: &str| format!(r#"{{"id": {id}, "owner_id": "u", "song_ids": []}}"#);
    let wrapped = |id: &str| format!(r#"{{"playlist": {{"id": {id}, "songs": []}}}}"#);
    let rows = [
        (
            "users",
            "user",
            r#"[{"id": "u"}, ☞{"id": "é"}, {"id": 7},
   ☛{"x": [], "id": "\u00e9"}]"#
                .to_owned(),
            "\"é\"",
        ),
        (
            "songs",
            "song",
            "[☞{\"id\": 1.0},\r\n\t☛{\"id\": 1.0}, {\"id\": \"s\"}, {\"id\": \"s\"}]".to_owned(),
            "1.0",
        ),
        (
            "playlists",
            "playlist",
            format!(
                "[{}, ☞{},\n {}, ☛{}]",
                list("1"),
                list("\"1\""),
                list("\"01\""),
                list("\"1\"")
            ),
            "\"1\"",
        ),
        (
            "playlists",
            "playlist",
            format!("[☞{},\n\n☛{}]", wrapped("\"\""), wrapped("\"\"")),
            "\"\"",
        ),
    ];
    for (array, element, elements, id) in rows {
        let mut text = with(array, &elements);
        if elements.contains("\"playlist\"") {
            text = text.replace(r#""users": [{"id""#, r#""users": [{"user_id""#);
        }
        let first = text.find('☞').unwrap();
        let (line, column) = line_and_column(&text, first);
        let message = format!(
            "{element} id {id} stands twice; first at {line}:{column} (byte {first}), here again"
        );
        check(&text.replace('☞', ""), &message);
    }
}
