//! The short cut held against the reader of members: what it takes is the same operation there, to the byte.

use proptest::prelude::*;

use super::{Plain, PlainFinder};
use crate::changes::element::Element;
use crate::changes::spelling::OPERATION;
use crate::json::{self, Blanks, Held, HoldLimit, Window};

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "the test",
    flag: "--none",
};

/// What the reader of members understands, and where it stands then.
fn exact(text: &[u8], blanks: Blanks) -> Option<(String, u64)> {
    let mut window = Window::new(text, LIMIT).ok()?;
    window.hold(0);
    let mut element = Element::default();
    match blanks {
        Blanks::All => element.read(&mut json::document_reader(&mut window), &OPERATION),
        Blanks::OfOneLine => element.read(&mut json::line_reader(&mut window), &OPERATION),
    }
    .ok()?;
    let raw = window.raw(element.start..element.end);
    let operation = element.effective().operation(raw).ok()?;
    Some((format!("{operation:?}"), element.end))
}

fn plain(text: &[u8], blanks: Blanks) -> Option<(String, u64)> {
    let plain = Plain::find(text, blanks)?;
    let end = plain.length();
    let whole = str::from_utf8(&text[..end as usize]).expect("only ASCII is plain");
    Some((format!("{:?}", plain.operation(whole, 0)), end))
}

fn check(text: &[u8]) {
    for blanks in [Blanks::All, Blanks::OfOneLine] {
        if let Some(found) = plain(text, blanks) {
            let shown = String::from_utf8_lossy(text);
            assert_eq!(Some(found), exact(text, blanks), "{shown} ({blanks:?})");
        }
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => prop::sample::select(vec!["type", "playlist_id", "song_id"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["id", "user_id", "operation", "x", "", "son\\u0067_id", "typ", "type "])
            .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just("\"add_song_to_playlist\"".to_owned()),
        3 => Just("\"remove_playlist\"".to_owned()),
        1 => Just("\"add_playlist\"".to_owned()),
        6 => (0..1_000_000_000_000u64).prop_map(|id| format!("\"{id}\"")),
        3 => (0..1_000_000_000_000u64).prop_map(|id| id.to_string()),
        3 => "\"[ -~]{0,30}\"",
        1 => prop::sample::select(vec![
            "00", "0", "-0", "-7", "1.5", "7e2", "7E", "07", "null", "true", "[]", "{}", "\"é\"", "\"\\n\"", "\"\\u0031\"",
            "\"\u{7f}\"", "\"\u{1f}\"", "\"\"", "\"12345678\"", "\"123456789\"", "12345678", "123456789", "7_", "\"7", "7\"",
        ])
        .prop_map(str::to_owned),
    ]
}

fn blanks() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 4 => Just(" ".to_owned()), 1 => "[ \t\r\n]{0,3}"]
}

prop_compose! {
    /// The text of one operation, right or wrong, and what stands behind it.
    fn operation()(
        members in prop::collection::vec((name(), value(), prop::collection::vec(blanks(), 4)), 0..5),
        inner in blanks(),
        behind in prop::sample::select(vec!["", ",", "]", "\n", " \n{", "}", "7"]),
    ) -> String {
        let members: Vec<String> = members
            .iter()
            .map(|(name, value, blanks)| {
                format!("{}\"{name}\"{}:{}{value}{}", blanks[0], blanks[1], blanks[2], blanks[3])
            })
            .collect();
        let inner = if members.is_empty() { inner } else { members.join(",") };
        format!("{{{inner}}}{behind}")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn what_is_taken_as_plain_is_the_operation_that_its_members_say(
        text in operation(),
        other in any::<u8>(),
        place in any::<prop::sample::Index>(),
        damage in prop::sample::select(vec!["none", "replace", "insert", "remove", "cut"]),
    ) {
        let mut text = text.into_bytes();
        let place = place.index(text.len());
        match damage {
            "replace" => text[place] = other,
            "insert" => text.insert(place, other),
            "remove" => { text.remove(place); }
            "cut" => text.truncate(place),
            _ => {}
        }
        check(&text);
    }
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[0-9]{1,17}", 1 => "[0-9]{0,9}[ -~]"]
}

fn right_operation() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        r#"{"type": "add_song_to_playlist", "playlist_id": "12", "song_id": "345"}, "#,
        r#"{"song_id":7,"type":"add_song_to_playlist","playlist_id":"12345678"},"#,
        r#"{"type":"add_song_to_playlist","playlist_id":1,"song_id":0}   ]      "#,
        r#"{"type" : "remove_playlist", "playlist_id": 12}"#,
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    /// Some have the same text around other ids, as those of a file have; of others the text is cut somewhere.
    #[test]
    fn what_came_before_makes_no_difference_to_what_is_plain(
        shapes in prop::collection::vec(prop_oneof![operation(), right_operation()], 1..4),
        rows in prop::collection::vec((any::<prop::sample::Index>(), id(), any::<prop::sample::Index>()), 1..12),
    ) {
        for blanks in [Blanks::All, Blanks::OfOneLine] {
            let mut finder = PlainFinder::new(blanks);
            for (shape, id, cut) in &rows {
                let digits = |c: char| c.is_ascii_digit();
                let shape = shape.get(&shapes);
                let texts: Vec<&str> = shape.split(digits).filter(|text| !text.is_empty()).collect();
                let other = texts.join(id);
                let other = other.as_bytes();
                for text in [shape.as_bytes(), other, &other[..cut.index(other.len())]] {
                    prop_assert_eq!(finder.find(text), Plain::find(text, blanks));
                }
            }
        }
    }
}

#[test]
fn the_ordinary_operations_are_plain_and_the_others_are_not() {
    let add = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "4"}"#;
    for (text, is_plain) in [
        (add, true),
        (
            r#"{"playlist_id":"x y","song_id":"12345678","type":"add_song_to_playlist"}"#,
            true,
        ),
        (r#"{"type":"remove_playlist","playlist_id":7}"#, true),
        (
            "{\n\t\"type\" : \"remove_playlist\" ,\r\n \"playlist_id\" :0}",
            true,
        ),
        (
            r#"{"type":"remove_playlist","playlist_id":"1","song_id":"4"}"#,
            false,
        ),
        (
            r#"{"type":"add_song_to_playlist","playlist_id":"1"}"#,
            false,
        ),
        (
            r#"{"type":"remove_playlist","playlist_id":"1","playlist_id":"1"}"#,
            false,
        ),
        (
            r#"{"type":"remove_playlist","playlist_id":"\u0031"}"#,
            false,
        ),
        (r#"{"type":"remove_playlist","playlist_id":"é"}"#, false),
        (r#"{"type":"remove_playlist","playlist_id":1.0}"#, false),
        (
            r#"{"type":"remove_playlist","playlist_id":"1","by":"me"}"#,
            false,
        ),
        (r#"{"type":"remove_playlist","playlist_id":"1",}"#, false),
        (
            r#"{"operation":{"type":"remove_playlist","playlist_id":"1"}}"#,
            false,
        ),
    ] {
        check(text.as_bytes());
        let found = plain(text.as_bytes(), Blanks::All);
        assert_eq!(found.is_some(), is_plain, "{text}");
        if let Some((_, end)) = found {
            assert_eq!(end as usize, text.len(), "{text}");
        }
        let of_one_line = plain(text.as_bytes(), Blanks::OfOneLine);
        assert_eq!(
            of_one_line.is_some(),
            is_plain && !text.contains('\n'),
            "{text}"
        );
    }
    for length in 0..add.len() {
        assert!(Plain::find(&add.as_bytes()[..length], Blanks::All).is_none());
    }
}
