//! A part that is changed from outside: where its generated ids go on, and who has heard enough of its effects.

use super::*;
use crate::changes::{self, Consumer};
use crate::json::Held;
use crate::limits;
use crate::mixtape::generated::{LIMIT, Told, opened};
use crate::mixtape::survey::survey;
use crate::mixtape::surveyor::Nobody;
use crate::rejects::Reject;

/// Creates a playlist without an id of its own.
const CREATE: &str = r#"{"type": "add_playlist", "owner_id": 1, "song_ids": [2]}"#;

fn part() -> Part {
    let document =
        "{\"users\": [], \"songs\": [], \"playlists\": [{\"id\": \"p\", \"song_ids\": []}]}";
    let (_file, opened) = opened(document);
    let shape = survey(&opened, LIMIT, &mut Nobody).unwrap().shape;
    let counters = Counters {
        largest: Some(4),
        beyond: 0,
    };
    let users = [Id::number("1")].into_iter();
    let songs = [Id::string("a"), Id::number("2")].into_iter();
    let playlists = [Id::string("1"), Id::number("2")].into_iter();
    Part::new(&shape, users, songs, playlists, counters).unwrap()
}

/// A part to which operations come as CHANGES, all of which can be applied.
struct Applied(Part);

impl Consumer for Applied {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.0.apply(operations, verdict)
    }

    fn reject(&mut self, reject: &Reject<'_>, _: &dyn Held) -> Result<()> {
        panic!("{:?}", reject.rejection.reason());
    }
}

impl Applied {
    fn read(&mut self, changes: &str) {
        let limit = limits::of_operation(1000);
        changes::read("changes", changes.as_bytes(), None, limit, self).unwrap();
    }

    fn effects(&self) -> Vec<String> {
        let mut told = Told::default();
        self.0.effects(&mut told).unwrap();
        told.effects
    }
}

#[test]
fn generated_ids_go_on_where_the_part_is_told_to() {
    let mut applied = Applied(part());
    applied.read(CREATE);
    let elsewhere = Counters {
        largest: Some(41),
        beyond: 0,
    };
    applied.0.set_counters(elsewhere);
    assert_eq!(applied.0.counters(), elsewhere);
    applied.read(CREATE);
    // Above 2^64 ids are tried one after the other, from the last that was tried.
    applied.0.set_counters(Counters {
        largest: Some(u64::MAX),
        beyond: 1 << 70,
    });
    applied.read(CREATE);
    applied.read(CREATE);
    assert_eq!(
        applied.effects(),
        [
            "\"5\" of 0: [1] \"\"",
            "\"42\" of 0: [1] \"\"",
            "\"18446744073709551616\" of 0: [1] \"\"",
            "\"1180591620717411303425\" of 0: [1] \"\"",
        ]
    );
}

#[test]
fn what_whoever_takes_the_effects_says_ends_them() {
    let mut applied = Applied(part());
    applied.read(r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": 2}"#);
    applied.read(r#"{"type": "remove_playlist", "playlist_id": 2}"#);
    applied.read(CREATE);
    let all = applied.effects();
    assert_eq!(all.len(), 3);
    for most in 0..3 {
        let mut told = Told {
            most: Some(most),
            ..Told::default()
        };
        let error = applied.0.effects(&mut told).unwrap_err();
        assert_eq!(error.to_string(), "that is enough");
        assert_eq!(told.effects, all[..most]);
    }
}
