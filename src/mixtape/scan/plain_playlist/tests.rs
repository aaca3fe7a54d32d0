//! What is taken as plain is what its members say.

use proptest::prelude::*;

use super::super::{self as scan, Alone, Scan};
use super::*;
use crate::io::{Drops, Memory};
use crate::json::{self, HoldLimit, Limits, MAX_DEPTH, Window};

const LIMIT: HoldLimit = HoldLimit {
    bytes: 40,
    what: "the test",
    flag: "--none",
};

/// What a document with this playlist behind a first one of this layout is understood as: by the short cut where it takes it
/// (and whether it did), or member by member; or what is wrong with it.
fn understood(
    layout: Layout,
    playlist: &str,
    short_cut: bool,
    at_once: usize,
) -> (bool, Result<String, String>) {
    let first = match layout {
        Layout::Plain => r#"{"id": "x", "user_id": 1, "song_ids": [ 1, 2 ]}"#,
        Layout::Wrapped => r#"{"playlist": {"id": "x", "user_id": 1, "songs": [ 1, 2 ]}}"#,
    };
    let text = format!(r#"{{"users": [], "songs": [], "playlists": [{first}, {playlist}]}}"#);
    let taken = PlainPlaylist::find(playlist.as_bytes(), layout, LIMIT.bytes).is_some();
    (taken, read(None, &text, short_cut, at_once, MAX_DEPTH))
}

fn read(
    layout: Option<Layout>,
    text: &str,
    short_cut: bool,
    at_once: usize,
    depth: u32,
) -> Result<String, String> {
    let limits = Limits { hold: LIMIT, depth };
    let mut window = Window::new(Drops(text.as_bytes(), at_once), limits).unwrap();
    let mut scan = Scan::new(&Memory::UNLIMITED);
    scan.layout = layout;
    scan.short_cut = short_cut;
    let scan = scan::scan_with(json::document_reader(&mut window), scan, &mut Alone);
    scan.map(|scan| scan.outline())
        .map_err(|failure| failure.to_string())
}

fn check(layout: Layout, playlist: &str) -> bool {
    let (taken, quick) = understood(layout, playlist, true, usize::MAX);
    let (_, exact) = understood(layout, playlist, false, usize::MAX);
    assert_eq!(quick, exact, "{layout:?}: {playlist}");
    for at_once in [60, 1] {
        let (_, slow) = understood(layout, playlist, true, at_once);
        // What is too long may be noticed elsewhere.
        assert_eq!(quick.clone().ok(), slow.ok(), "{layout:?}: {playlist}");
    }
    taken
}

fn blanks() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 4 => Just(" ".to_owned()), 1 => "[ \t\r\n]{0,12}", 1 => " {250,260}"]
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..1_000_000_000_000u64).prop_map(|id| format!("\"{id}\"")),
        4 => (0..1_000_000_000_000u64).prop_map(|id| id.to_string()),
        2 => "\"[ -~]{0,12}\"",
        1 => prop::sample::select(vec![
            "00", "0", "-7", "1.5", "7e2", "null", "true", "[]", "{}", "\"é\"", "\"\\n\"", "\"\"", "\"x", "7_",
            "\"123456789012345678901234567890123456789\"", "\"1234567890123456789012345678901234567890\"",
            "1234567890123456789012345678901234567890", "12345678901234567890123456789012345678901",
        ])
        .prop_map(str::to_owned),
    ]
}

prop_compose! {
    fn songs()(
        parts in prop::collection::vec((blanks(), id(), blanks()), 0..5),
        inner in blanks(),
    ) -> String {
        let parts: Vec<String> = parts.into_iter().map(|(a, id, b)| format!("{a}{id}{b}")).collect();
        let text = parts.join(",");
        format!("[{}]", if text.is_empty() { inner } else { text })
    }
}

fn member() -> impl Strategy<Value = (String, String)> {
    let name = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        prop::sample::select(names)
    };
    prop_oneof![
        4 => (name(&["id"]), id()),
        3 => (name(&["owner_id", "user_id", "name"]), id()),
        4 => (name(&["song_ids", "songs"]), songs()),
        1 => (name(&["id", "songs", "song_ids", "playlist", "name", "x", "na\\u006de"]), prop_oneof![id(), songs()]),
    ]
}

prop_compose! {
    fn playlist()(
        members in prop::collection::vec((member(), prop::collection::vec(blanks(), 4)), 2..5),
        layout in prop::sample::select(vec![Layout::Plain, Layout::Wrapped]),
        outer in prop::collection::vec(blanks(), 4),
    ) -> (Layout, String) {
        let parts: Vec<String> = members
            .into_iter()
            .map(|((name, value), blanks)| {
                let [a, b, c, d] = &blanks[..] else { unreachable!() };
                format!("{a}\"{name}\"{b}:{c}{value}{d}")
            })
            .collect();
        let object = format!("{{{}}}", parts.join(","));
        let [a, b, c, d] = &outer[..] else { unreachable!() };
        (layout, match layout {
            Layout::Plain => object,
            Layout::Wrapped => format!("{{{a}\"playlist\"{b}:{c}{object}{d}}}"),
        })
    }
}

proptest! {
    #[test]
    fn what_is_taken_as_plain_is_the_playlist_that_its_members_say((layout, text) in playlist()) {
        check(layout, &text);
    }
}

#[test]
fn ordinary_playlists_are_plain_and_others_are_not() {
    for (layout, text) in [
        (
            Layout::Plain,
            r#"{"id": "1", "owner_id": "2", "song_ids": ["3", "4"]}"#,
        ),
        (Layout::Plain, r#"{"song_ids":[],"id":1,"user_id":2}"#),
        (
            Layout::Plain,
            "{\n  \"id\": \"1\",\n  \"owner_id\": 3,\n  \"song_ids\": [\n    7,\n    8\n  ]\n}",
        ),
        (
            Layout::Wrapped,
            r#"{"playlist": {"id": "1", "name": "n", "user_id": "2", "songs": [3]}}"#,
        ),
    ] {
        assert!(check(layout, text), "{text}");
    }
    for (layout, text) in [
        (
            Layout::Plain,
            r#"{"id": "1", "owner_id": "2", "user_id": "2", "song_ids": ["3"]}"#,
        ),
        (
            Layout::Plain,
            r#"{"id": "1", "id": "2", "song_ids": ["3"]}"#,
        ),
        (Layout::Plain, r#"{"id": "1", "song_ids": ["3", null]}"#),
        (Layout::Plain, r#"{"id": "1", "song_ids": ["3",]}"#),
        (Layout::Plain, r#"{"id": "1", "song_ids": ["é"]}"#),
        (Layout::Plain, r#"{"id": "1", "songs": ["3"]}"#),
        (
            Layout::Wrapped,
            r#"{"playlist": {"id": "1", "songs": [3]}, "x": 1}"#,
        ),
        (Layout::Wrapped, r#"{"id": "1", "songs": [3]}"#),
    ] {
        assert!(!check(layout, text), "{text}");
    }
}

#[test]
fn an_id_longer_than_allowed_is_plain_nowhere() {
    for length in [1, 2, 20, 37, 38, 39, 40, 41, 80] {
        for id in ["7".repeat(length), format!("\"{}\"", "7".repeat(length))] {
            for (layout, text) in [
                (
                    Layout::Plain,
                    r#"{"id": ID, "user_id": 1, "song_ids": [2]}"#,
                ),
                (Layout::Plain, r#"{"song_ids": [2, ID, 3], "id": 1}"#),
                (
                    Layout::Plain,
                    r#"{"id": 1, "song_ids": [], "owner_id": ID}"#,
                ),
                (
                    Layout::Wrapped,
                    r#"{"playlist": {"id": 1, "user_id": ID, "songs": []}}"#,
                ),
            ] {
                // A number counts as if it had quotes.
                let taken = check(layout, &text.replace("ID", &id));
                assert!(taken == (length <= 38), "{id}: {text}");
            }
        }
    }
}

#[test]
fn a_playlist_nested_deeper_than_allowed_is_not_plain_either_though_none_came_before_it() {
    for (layout, enough, text) in [
        (Layout::Plain, 4, r#"{"id": 1, "song_ids": [2]}"#),
        (
            Layout::Wrapped,
            5,
            r#"{"playlist": {"id": 1, "songs": [2]}}"#,
        ),
    ] {
        let text = format!(r#"{{"users": [], "songs": [], "playlists": [{text}]}}"#);
        let read = |short_cut, depth| read(Some(layout), &text, short_cut, usize::MAX, depth);
        for depth in 1..8 {
            assert_eq!(read(true, depth), read(false, depth), "{depth}");
            assert_eq!(read(true, depth).is_ok(), depth >= enough, "{depth}");
        }
    }
}
