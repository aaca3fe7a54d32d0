//! What is known at a glance by itself, not behind the long way that finds the same.

use super::*;

const IDS: [&str; 9] = [
    "0",
    "7",
    "42",
    "1234567",
    "12345678",
    "123456789",
    "12345678901234",
    "123456789012345",
    "900000000000000",
];

/// Operations that differ in what stands around their ids; `P` and `S` are those of the playlist and the song.
const SHAPES: [&str; 4] = [
    r#"{"type": "add_song_to_playlist", "playlist_id": "P", "song_id": "S"}"#,
    r#"{"type":"add_song_to_playlist","song_id":S,"playlist_id":"P"}"#,
    r#"{"type":"add_song_to_playlist","playlist_id":P,"song_id":S}"#,
    "{ \"type\":\"add_song_to_playlist\", \"song_id\" :\t\"S\" , \"playlist_id\" : P }",
];

/// The operation with these ids, and what follows it in a file.
fn text(shape: &str, playlist: &str, song: &str) -> Vec<u8> {
    let (front, back) = shape.split_once('P').unwrap();
    let fill = |part: &str| part.replacen('S', song, 1);
    let operation = format!("{}{playlist}{}", fill(front), fill(back));
    [&operation[..]; 3].join(", ").into_bytes()
}

fn likeness(bytes: &[u8]) -> Option<Likeness> {
    Likeness::of(&Plain::find(bytes, Blanks::All)?, bytes)
}

#[test]
fn an_operation_with_other_ids_is_known_at_a_glance() {
    for shape in SHAPES {
        let like = likeness(&text(shape, "11", "2")).unwrap();
        for playlist in IDS {
            for song in IDS {
                let other = text(shape, playlist, song);
                let found = like.find(&other);
                assert!(found.is_some(), "{shape} with {playlist} and {song}");
                assert_eq!(found, Plain::find(&other, Blanks::All), "{shape}");
            }
        }
    }
}

#[test]
fn what_is_no_id_of_a_few_digits_is_not() {
    for shape in SHAPES {
        let like = likeness(&text(shape, "11", "2")).unwrap();
        for id in [
            "",
            "1234567890123456",
            "12345678901234567",
            "-1",
            "1.5",
            "a",
            "1a",
        ] {
            assert_eq!(like.find(&text(shape, id, "2")), None, "{shape}: {id}");
            assert_eq!(like.find(&text(shape, "11", id)), None, "{shape}: {id}");
        }
    }
    for (id, as_text, as_number) in [
        ("0", true, true),
        ("07", true, false),
        ("012345678", true, false),
        ("10", true, true),
        ("1234567890123456", false, false),
    ] {
        let bytes = format!("__{id}, and what follows it");
        for (kind, is_one) in [(IdKind::String, as_text), (IdKind::Number, as_number)] {
            let word = few_digits(bytes.as_bytes(), 2, kind);
            let expected = is_one.then_some((kind == IdKind::String, 2, 2 + id.len()));
            let found = word.map(|word| (word.quoted, word.start, word.end));
            assert_eq!(found, expected, "{id}");
        }
    }
}

#[test]
fn other_text_around_the_ids_is_not_either() {
    for shape in SHAPES {
        let right = text(shape, "11", "2");
        let like = likeness(&right).unwrap();
        let length = Plain::find(&right, Blanks::All).unwrap().length() as usize;
        for place in (0..length).filter(|&place| !right[place].is_ascii_digit()) {
            for other in [b'!', 0xFF, right[place] ^ 1, right[place] ^ 0x80] {
                let mut wrong = right.clone();
                wrong[place] = other;
                assert_eq!(like.find(&wrong), None, "{shape}: {other} at {place}");
            }
        }
    }
}

#[test]
fn what_has_more_around_its_ids_than_most_is_not_learned() {
    let kind = r#"{"type":"add_song_to_playlist","playlist_id":"#;
    for (before, between, behind, is_learned) in [
        (64, 32, 8, true),
        (65, 32, 8, false),
        (64, 33, 8, false),
        (64, 32, 9, false),
    ] {
        let text = format!(
            "{kind:before$}1{:between$}2{:>behind$}",
            ",\"song_id\":", "}"
        );
        let plain = Plain::find(text.as_bytes(), Blanks::All).expect("it is plain");
        let like = Likeness::of(&plain, text.as_bytes());
        assert_eq!(like.is_some(), is_learned, "{text}");
    }
}

#[test]
fn operations_that_remove_a_playlist_teach_nothing() {
    let mut finder = PlainFinder::new(Blanks::All);
    let remove = br#"{"type":"remove_playlist","playlist_id":"1"}"#;
    assert!(finder.find(remove).is_some());
    assert!(finder.add_song.is_none());
    assert!(finder.find(&text(SHAPES[0], "1", "2")).is_some());
    assert!(finder.add_song.is_some());
    assert!(finder.find(remove).is_some());
    assert!(finder.add_song.is_some());
}
