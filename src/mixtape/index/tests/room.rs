//! Memory that operations need, held against what was asked for before they were applied.

use super::*;
use crate::operation::{Further, Ids, NewPlaylist, StoredId};

const MIXTAPE: &str =
    r#"{"users": [{"id": 1}], "songs": [{"id": 2}], "playlists": [{"id": "0", "song_ids": []}]}"#;

/// An index all of which lies in files, so that one can see how much there is of it.
fn index_in(memory: &Memory) -> Index {
    let (_file, mixtape) = opened(MIXTAPE);
    Index::read_into(memory, &mixtape, LIMIT, Threads::ONE).unwrap()
}

fn new_playlist() -> Change {
    Change::AddPlaylist {
        id: None,
        owner: Id::number("1"),
        songs: vec![Id::number("2"); 3],
        further: vec![("name", "\"some name that takes a few bytes\"")],
    }
}

#[test]
fn applying_takes_no_memory_that_was_not_asked_for() {
    let memory = Memory::limited(0);
    let mut index = index_in(&memory);
    let mut check = |operations: &[Operation<'_>]| {
        index.make_room(operations).unwrap();
        let before = memory.on_disk();
        index.apply_batch(operations, |_, verdict| verdict.unwrap());
        assert_eq!(memory.on_disk(), before);
    };
    let new = new_playlist();
    let spelled = Spelled::of(&new);
    const COUNT: usize = 18_000;
    let add_to = |playlist| Operation::AddSong {
        playlist: Id::string(playlist),
        song: Id::number("2"),
    };
    // Every look at a new one makes all of them be found.
    let batch = [&[spelled.operation(); 90][..], &[add_to("1"), add_to("0")]].concat();
    for _ in 0..COUNT / 90 {
        check(&batch);
    }
    let ids: Vec<String> = (1..=COUNT).map(|id| id.to_string()).collect();
    let removals = ids.iter().map(|id| Operation::RemovePlaylist {
        playlist: Id::string(id),
    });
    for batch in removals.collect::<Vec<_>>().chunks(100) {
        check(batch);
    }
    assert!(memory.is_spilling());
}

#[test]
fn a_long_operation_is_given_little_more_than_its_length() {
    static LONG: [u8; 1_000_000] = [b'7'; 1_000_000];
    let memory = Memory::limited(0);
    let mut index = index_in(&memory);
    let mut new = new_playlist();
    if let Change::AddPlaylist { further, .. } = &mut new {
        further[0].1 = str::from_utf8(&LONG).unwrap();
    }
    index.make_room(&[Spelled::of(&new).operation()]).unwrap();
    let taken = memory.on_disk();
    assert!((1_000_000..1_010_000).contains(&taken), "{taken}");
}

#[test]
fn more_songs_than_can_be_numbered_are_refused_before_one_is_applied() {
    let mut index = index_in(&Memory::UNLIMITED);
    let stored = StoredId {
        kind: crate::id::IdKind::Number,
        text: Default::default(),
        raw: Default::default(),
    };
    let songs = vec![stored; 200_000];
    let new = Operation::AddPlaylist(NewPlaylist {
        id: None,
        owner: Id::number("1"),
        songs: Ids {
            text: "",
            stored: &songs,
        },
        further: Further {
            raw: b"",
            text: "",
            members: &[],
        },
    });
    let operations = vec![new; (1 << 32) / 200_000 + 1];
    let error = index.make_room(&operations).unwrap_err();
    assert_eq!(
        error.to_string(),
        "more than four billion appended songs or new playlists in one run; apply the changes in parts"
    );
    index.make_room(&operations[..1]).unwrap();
}
