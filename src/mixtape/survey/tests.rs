//! What a survey hands on and finds out, held against what was written into the document, and against its index.

use proptest::prelude::*;

use super::*;
use crate::mixtape::generated::{
    LIMIT, Lay, Notes, extended, mixtape, new_playlists, opened, said,
};
use crate::mixtape::index::Index;

/// Whether users go by `user_id`, and what new playlists, further songs and the array's ends look like.
fn looks(text: &str, shape: &Shape, notes: &Notes<'_>) -> (bool, [String; 3], Vec<String>, String) {
    (
        shape.users_by_user_id(),
        new_playlists(shape),
        extended(text, 0, shape, &notes.places),
        format!("{:?} {:?}", shape.array, shape.span),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn all_that_a_document_has_is_handed_on_in_file_order(generated in mixtape(Lay::Anyhow), most in 1..20usize) {
        let (text, _) = generated.document();
        let (_file, opened) = opened(&text);
        let mut notes = Notes::of(&text, 0);
        let survey = survey(&opened, LIMIT, &mut notes).unwrap();
        let expected = generated.seen();
        prop_assert_eq!(&notes.seen, &expected);
        // The index goes over the document on a way of its own.
        let index = Index::read(&opened, LIMIT).unwrap();
        let shape = Shape::of(&opened, &index.catalogue.outline()).unwrap();
        prop_assert_eq!(looks(&text, &survey.shape, &notes), looks(&text, &shape, &notes));
        prop_assert_eq!(survey.users_by_user_id, shape.users_by_user_id());
        prop_assert_eq!(survey.largest, index.changed.counters.largest);
        // As far as the surveyor wants to go, and no further.
        let mut few = Notes { most, ..Notes::of(&text, 0) };
        let ended = super::survey(&opened, LIMIT, &mut few);
        let is_all = expected.len() < most;
        prop_assert_eq!(ended.err().map(|error| error.to_string()), (!is_all).then(|| "that is enough".to_owned()));
        prop_assert_eq!(&few.seen[..], &expected[..expected.len().min(most)]);
    }
}

/// What is said to be wrong, which is the same of the index where ids do not matter.
fn wrong(text: &str) -> String {
    let (_file, opened) = opened(text);
    let surveyed = survey(&opened, LIMIT, &mut super::super::Nobody)
        .err()
        .unwrap();
    let indexed = Index::read(&opened, LIMIT).err().unwrap();
    assert_eq!(said(&surveyed, &opened), said(&indexed, &opened));
    said(&surveyed, &opened)
}

#[test]
fn what_is_no_mixtape_is_said_with_its_place_as_the_index_says_it() {
    for (text, expected) in [
        (
            " \n",
            "mixtape:1:1: $: the file is empty; a mixtape is a JSON object with users, playlists and songs (byte 0)",
        ),
        (
            "{\"users\": [],\n \"songs\": []}",
            "mixtape:2:13: $: a mixtape needs the array \"playlists\" (byte 26)",
        ),
        (
            "{\"users\": [{\"id\": 1},\n {\"name\": 1}], \"songs\": [], \"playlists\": []}",
            "mixtape:2:2: $.users[1]: user without \"id\" (or \"user_id\") (byte 23)",
        ),
        // Where users differ it is the first one without the id that counts, whatever those behind it have.
        (
            "{\"users\": [{\"id\": 1},\n {\"user_id\": 2},\n {\"user_id\": 3}, {\"id\": 4}], \"songs\": [], \"playlists\": []}",
            "mixtape:2:2: $.users[1]: user without \"id\" (byte 23)",
        ),
        (
            "{\"users\": [{\"user_id\": 1, \"id\": 1},\n {\"user_id\": 2}, {\"id\": 3},\n {\"id\": 4}], \"songs\": [], \"playlists\": [{\"playlist\": {\"id\": 1, \"songs\": []}}]}",
            "mixtape:2:18: $.users[2]: user without \"user_id\" (byte 53)",
        ),
    ] {
        assert_eq!(wrong(text), expected, "{text}");
    }
}

#[test]
fn an_id_that_stands_twice_is_said_with_both_places() {
    let text = "{\"users\": [{\"id\": \"a\"}, {\"id\": 2},\n {\"id\": \"\\u0061\"}],\n\"songs\": [{\"id\": 1}, {\"id\": 1}], \"playlists\": [\n{\"id\": 18446744073709551616, \"song_ids\": []},\n{\"id\": 18446744073709551616, \"song_ids\": []}]}";
    let (_file, opened) = opened(text);
    for (kind, numbers, id, expected) in [
        (
            Kind::Users,
            (0, 2),
            Id::string("a"),
            "mixtape:2:2: $.users[2]: user id \"a\" stands twice; first at 1:12 (byte 11), here again (byte 36)",
        ),
        (
            Kind::Songs,
            (0, 1),
            Id::number("1"),
            "mixtape:3:22: $.songs[1]: song id 1 stands twice; first at 3:11 (byte 65), here again (byte 76)",
        ),
        (
            Kind::Playlists,
            (0, 1),
            Id::number("18446744073709551616"),
            "mixtape:5:1: $.playlists[1]: playlist id 18446744073709551616 stands twice; first at 4:1 (byte 103), here again (byte 149)",
        ),
    ] {
        let error = stands_twice(&opened, LIMIT, kind, numbers, id);
        assert_eq!(said(&error, &opened), expected);
    }
    // The index finds the first of them itself.
    let error = Index::read(&opened, LIMIT).err().unwrap();
    let first = stands_twice(&opened, LIMIT, Kind::Users, (0, 2), Id::string("a"));
    assert_eq!(said(&error, &opened), said(&first, &opened));
}

#[test]
fn generated_ids_are_numbers_where_all_ids_of_playlists_are() {
    for (playlists, expected) in [
        ("", "\"7\""),
        ("{\"id\": 1, \"song_ids\": []}", "7"),
        (
            "{\"id\": 1, \"song_ids\": []}, {\"id\": \"2\", \"song_ids\": []}",
            "\"7\"",
        ),
        ("{\"id\": \"2\", \"song_ids\": []}", "\"7\""),
    ] {
        let text = format!("{{\"users\": [], \"songs\": [], \"playlists\": [{playlists}]}}");
        let (_file, opened) = opened(&text);
        let survey = survey(&opened, LIMIT, &mut super::super::Nobody).unwrap();
        assert_eq!(survey.shape.generated("7").to_string(), expected);
    }
}
