//! An index held against a naive mixtape, on every way of applying changes to it: verdicts, counts, and the bytes that come of it.

mod change;
mod model;
mod room;

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::id::Id;
use crate::io::Sink;
use crate::json::HoldLimit;
use crate::limits;
use crate::mixtape::generated::{Told, opened};
use crate::mixtape::survey::survey;
use crate::mixtape::{Nobody, Part, splice};
use change::{Change, IDS, Spelled, mixtape_and_changes};
use model::{Model, Playlist};

const LIMIT: HoldLimit = limits::of_id(1 << 20);

/// The bytes that come of a mixtape and what was done to it.
fn output(mixtape: &Rereadable, index: &Index) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("output.json");
    let mut output = Sink::create(&path).unwrap();
    splice(mixtape, index, Threads::ONE, &mut output).unwrap();
    output.finish().unwrap();
    fs::read_to_string(path).unwrap()
}

/// Batches of so many, each looked up as a whole and applied.
fn apply_in_batches(index: &mut Index, model: &mut Model, changes: &[Change], size: usize) {
    for changes in changes.chunks(size) {
        let spelled: Vec<Spelled<'_>> = changes.iter().map(Spelled::of).collect();
        let operations: Vec<Operation<'_>> = spelled.iter().map(Spelled::operation).collect();
        index.make_room(&operations).unwrap();
        let mut count = 0;
        index.apply_batch(&operations, |number, verdict| {
            assert_eq!(number, count);
            assert_eq!(
                verdict,
                model.apply(&changes[number]),
                "{:?}",
                changes[number]
            );
            count += 1;
        });
        assert_eq!(count, changes.len());
        assert_eq!(index.playlist_count(), model.playlists.len() as u64);
    }
}

/// As threads do it: looked up in parts, ahead of their turn, and most of them applied without another look at them.
fn apply_looked_up(index: &mut Index, model: &mut Model, changes: &[Change], size: usize) {
    let spelled: Vec<Spelled<'_>> = changes.iter().map(Spelled::of).collect();
    let operations: Vec<Operation<'_>> = spelled.iter().map(Spelled::operation).collect();
    let (catalogue, mut changing) = index.halves();
    let mut resolved = Resolved::default();
    for (changes, batch) in changes.chunks(size).zip(operations.chunks(size)) {
        // What nobody applies is forgotten.
        catalogue.resolve(&operations[..1], &mut resolved);
        resolved.clear();
        for part in batch.chunks(size / 2 + 1) {
            catalogue.resolve(part, &mut resolved);
        }
        let mut at = 0;
        loop {
            let mut kinds = Vec::new();
            let count = changing
                .apply_known(batch.len() - at, &mut resolved, |kind| kinds.push(kind))
                .unwrap();
            assert_eq!(count, kinds.len());
            let mut expected = Vec::new();
            while let Some(change) = changes.get(at)
                && let Some(kind) = model.kind_if_known(change)
            {
                expected.push(kind);
                model.apply(change).unwrap();
                at += 1;
            }
            assert_eq!(kinds, expected);
            let Some(change) = changes.get(at) else {
                break;
            };
            let one = &batch[at..=at];
            changing.make_room(one).unwrap();
            changing.apply(one, &mut resolved, |_, verdict| {
                assert_eq!(verdict, model.apply(change), "{change:?}");
            });
            at += 1;
        }
    }
    assert_eq!(index.playlist_count(), model.playlists.len() as u64);
}

/// What is to be told of a mixtape that had so many playlists.
fn expected_effects(model: &Model, given: u32) -> Vec<String> {
    let place = |ids: &[Id<'_>], id: Id<'_>| ids.iter().position(|&other| other == id).unwrap();
    let numbers = |songs: &[Id<'_>]| {
        let songs = songs.iter().map(|&song| place(&model.songs, song));
        songs.collect::<Vec<_>>()
    };
    let of_given = |number: u32| {
        let left = model.playlists.iter().find_map(|one| match one.given {
            Some((own, count)) if own == number => Some(&one.songs[count..]),
            _ => None,
        });
        match left {
            None => Some(format!("{number} is removed")),
            Some([]) => None,
            Some(songs) => Some(format!("{number} + {:?}", numbers(songs))),
        }
    };
    let created = |one: &Playlist| {
        let further = one.further.iter();
        let further = further.map(|(name, value)| format!("\"{name}\"\0{value}\0"));
        let further: String = further.collect();
        let owner = place(&model.users, one.owner);
        let songs = numbers(&one.songs);
        format!("{} of {owner}: {songs:?} {further:?}", one.id())
    };
    let new = model.playlists.iter().filter(|one| one.given.is_none());
    (0..given)
        .filter_map(of_given)
        .chain(new.map(created))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_mixtape_becomes_what_the_operations_say_whichever_way_they_are_applied(
        (model, changes) in mixtape_and_changes(),
        size in 1..20usize,
    ) {
        let (_file, mixtape) = opened(model.document());
        for apply in [apply_in_batches, apply_looked_up] {
            let mut index = Index::read(&mixtape, LIMIT).unwrap();
            prop_assert_eq!(index.playlist_count(), model.playlists.len() as u64);
            let mut model = model.clone();
            apply(&mut index, &mut model, &changes, size);
            prop_assert_eq!(output(&mixtape, &index), model.document());
        }
    }

    #[test]
    fn a_part_tells_what_the_operations_did_to_it(
        (mut model, changes) in mixtape_and_changes(),
        size in 1..20usize,
    ) {
        let (_file, mixtape) = opened(model.document());
        let found = survey(&mixtape, LIMIT, &mut Nobody).unwrap();
        let counters = Counters { largest: found.largest, beyond: 0 };
        let (users, songs) = (model.users.iter().copied(), model.songs.iter().copied());
        let playlists = model.playlists.iter().map(Playlist::id);
        let mut part = Part::new(&found.shape, users, songs, playlists, counters).unwrap();
        let given = model.playlists.len() as u32;
        for changes in changes.chunks(size) {
            let spelled: Vec<Spelled<'_>> = changes.iter().map(Spelled::of).collect();
            let operations: Vec<Operation<'_>> = spelled.iter().map(Spelled::operation).collect();
            part.apply(&operations, |number, verdict| {
                assert_eq!(verdict, model.apply(&changes[number]));
            })
            .unwrap();
        }
        let mut told = Told::default();
        part.effects(&mut told).unwrap();
        prop_assert_eq!(told.effects, expected_effects(&model, given));
        prop_assert_eq!(part.counters(), model.counters());
    }

    #[test]
    fn a_catalogue_knows_what_the_document_has((model, _) in mixtape_and_changes()) {
        let (_file, mixtape) = opened(model.document());
        let catalogue = Index::read(&mixtape, LIMIT).unwrap().catalogue;
        for id in IDS {
            prop_assert_eq!(catalogue.has_user(id), model.users.contains(&id));
            prop_assert_eq!(catalogue.has_song(id), model.songs.contains(&id));
            let place = model.find(id).map(|place| place as u32);
            prop_assert_eq!(catalogue.find_playlist(id), place);
        }
    }
}

#[test]
fn a_generated_id_passes_over_those_beyond_eight_bytes_that_are_there() {
    let [user, song] = [IDS[0]; 2];
    let playlists = ["18446744073709551615", "18446744073709551617"];
    let playlists = playlists.map(|id| (Id::string(id), Vec::new()));
    let mut model = Model::new(vec![user], vec![song], playlists.to_vec());
    let (_file, mixtape) = opened(model.document());
    let mut index = Index::read(&mixtape, LIMIT).unwrap();
    let new = Change::AddPlaylist {
        id: None,
        owner: user,
        songs: vec![song],
        further: Vec::new(),
    };
    apply_in_batches(&mut index, &mut model, &[new.clone(), new.clone(), new], 1);
    let created: Vec<&str> = index
        .changed
        .created
        .iter()
        .map(|new| new.id.text)
        .collect();
    let expected = [
        "18446744073709551616",
        "18446744073709551618",
        "18446744073709551619",
    ];
    assert_eq!(created, expected);
}

#[test]
fn an_id_that_stands_twice_is_named_with_both_its_places() {
    let right = r#"{"users": [{"id": 1}, {"id": "x"}, {"id": "y"}], "songs": [{"id": 1}, {"id": 2}],
"playlists": [{"id": "a", "song_ids": []}, {"id": "1", "song_ids": []}]}"#;
    let (_file, mixtape) = opened(right);
    Index::read(&mixtape, LIMIT).unwrap();
    for (from, to, expected) in [
        (
            "\"y\"",
            "\"x\"",
            ":1:36: $.users[2]: user id \"x\" stands twice; first at 1:23 (byte 22), here again (byte 35)",
        ),
        (
            "{\"id\": 2}",
            "{\"id\": 1}",
            ":1:71: $.songs[1]: song id 1 stands twice; first at 1:60 (byte 59), here again (byte 70)",
        ),
        (
            "{\"id\": \"1\", \"song_ids\"",
            "{\"id\": \"\\u0061\", \"song_ids\"",
            ":2:44: $.playlists[1]: playlist id \"a\" stands twice; first at 2:15 (byte 96), here again (byte 125)",
        ),
    ] {
        let (_file, mixtape) = opened(right.replacen(from, to, 1));
        let error = Index::read(&mixtape, LIMIT).map(drop).unwrap_err();
        let shown = error.to_string();
        let shown = shown.strip_prefix(mixtape.name()).unwrap();
        assert_eq!(shown, expected);
    }
}
