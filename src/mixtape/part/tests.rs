//! What operations make of a part, held against lists that are changed by the rules, one operation after the other.

use proptest::prelude::*;

use super::*;
use crate::changes::{self, Consumer};
use crate::json::Held;
use crate::limits;
use crate::mixtape::generated::{LIMIT, Told, opened};
use crate::mixtape::survey::survey;
use crate::mixtape::surveyor::Nobody;
use crate::rejects::Reject;

const USERS: [&str; 2] = ["1", "\"u\""];
const SONGS: [&str; 4] = ["\"a\"", "2", "\"2\"", "\"1\""];
const PLAYLISTS: [&str; 3] = ["\"1\"", "2", "\"p\""];

/// The largest id of a playlist so far: more than one of the given has.
const LARGEST: u64 = 4;

fn id(json: &str) -> Id<'_> {
    match json.strip_prefix('"').and_then(|id| id.strip_suffix('"')) {
        Some(text) => Id::string(text),
        None => Id::number(json),
    }
}

fn part() -> Part {
    let document =
        "{\"users\": [], \"songs\": [], \"playlists\": [{\"id\": \"p\", \"song_ids\": []}]}";
    let (_file, opened) = opened(document);
    let shape = survey(&opened, LIMIT, &mut Nobody).unwrap().shape;
    let counters = Counters {
        largest: Some(LARGEST),
        beyond: 0,
    };
    let [users, songs, playlists] = [&USERS[..], &SONGS, &PLAYLISTS].map(|ids| ids.iter());
    Part::new(
        &shape,
        users.map(|json| id(json)),
        songs.map(|json| id(json)),
        playlists.map(|json| id(json)),
        counters,
    )
    .unwrap()
}

/// A part to which operations come as CHANGES, and what was rejected: numbers and reasons.
struct Applied {
    part: Part,
    rejected: Vec<(u64, &'static str)>,
}

impl Consumer for Applied {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.part.apply(operations, verdict)
    }

    fn reject(&mut self, reject: &Reject<'_>, _: &dyn Held) -> Result<()> {
        let reason = reject.rejection.reason().name();
        self.rejected.push((reject.number, reason));
        Ok(())
    }
}

impl Applied {
    fn new() -> Self {
        Applied {
            part: part(),
            rejected: Vec::new(),
        }
    }

    fn read(&mut self, changes: &str) {
        let limit = limits::of_operation(1000);
        changes::read("changes", changes.as_bytes(), None, limit, self).unwrap();
    }

    fn effects(&self) -> Vec<String> {
        let mut told = Told::default();
        self.part.effects(&mut told).unwrap();
        told.effects
    }
}

#[derive(Clone, Debug)]
enum Change {
    Append(&'static str, &'static str),
    Remove(&'static str),
    Create(Option<&'static str>, &'static str, Vec<&'static str>, bool),
}

impl Change {
    fn json(&self) -> String {
        match self {
            Change::Append(playlist, song) => format!(
                "{{\"type\": \"add_song_to_playlist\", \"playlist_id\": {playlist}, \"song_id\": {song}}}"
            ),
            Change::Remove(playlist) => {
                format!("{{\"type\": \"remove_playlist\", \"playlist_id\": {playlist}}}")
            }
            Change::Create(id, owner, songs, named) => {
                let id = id.map_or(String::new(), |id| format!("\"id\": {id}, "));
                let name = if *named { ", \"name\": \"n\"" } else { "" };
                let songs = songs.join(", ");
                format!(
                    "{{\"type\": \"add_playlist\", {id}\"owner_id\": {owner}, \"song_ids\": [{songs}]{name}}}"
                )
            }
        }
    }
}

/// Ids that a part has, and such that it has not, or not yet.
fn change() -> impl Strategy<Value = Change> {
    let pick = |ids: &[&'static str]| prop::sample::select(ids.to_vec());
    let user = pick(&["1", "\"u\"", "\"u\"", "\"1\""]);
    let song = || pick(&["\"a\"", "2", "\"2\"", "\"1\"", "1"]);
    let playlist = || {
        pick(&[
            "\"1\"", "2", "\"p\"", "\"2\"", "\"5\"", "\"6\"", "\"7\"", "5",
        ])
    };
    prop_oneof![
        3 => (playlist(), song()).prop_map(|(playlist, song)| Change::Append(playlist, song)),
        2 => playlist().prop_map(Change::Remove),
        3 => (prop::option::of(playlist()), user, prop::collection::vec(song(), 0..4), any::<bool>())
            .prop_map(|(id, owner, songs, named)| Change::Create(id, owner, songs, named)),
    ]
}

/// What a part holds, as lists.
struct Lists {
    /// Of each given playlist the songs that were appended; none where it is removed.
    given: [Option<Vec<usize>>; 3],
    /// Id, owner, songs, and whether it has a name.
    created: Vec<(String, usize, Vec<usize>, bool)>,
    largest: u64,
}

fn number_of(ids: &[&str], wanted: &str) -> Option<usize> {
    ids.iter().position(|id| *id == wanted)
}

impl Lists {
    /// The songs of a playlist that exists now.
    fn songs(&mut self, playlist: &str) -> Option<&mut Vec<usize>> {
        if let Some(number) = number_of(&PLAYLISTS, playlist)
            && let Some(songs) = &mut self.given[number]
        {
            return Some(songs);
        }
        let found = self.created.iter_mut().find(|new| new.0 == playlist)?;
        Some(&mut found.2)
    }

    /// Applies one change, or says why not.
    fn apply(&mut self, change: &Change) -> std::result::Result<(), &'static str> {
        match change {
            Change::Append(playlist, song) => {
                let songs = self.songs(playlist).ok_or("unknown_playlist")?;
                songs.push(number_of(&SONGS, song).ok_or("unknown_song")?);
            }
            Change::Remove(playlist) => {
                self.songs(playlist).ok_or("unknown_playlist")?;
                let number = number_of(&PLAYLISTS, playlist);
                match number.filter(|&number| self.given[number].is_some()) {
                    Some(number) => self.given[number] = None,
                    None => self.created.retain(|new| new.0 != *playlist),
                }
            }
            Change::Create(wanted, owner, songs, named) => {
                let owner = number_of(&USERS, owner).ok_or("unknown_user")?;
                if songs.is_empty() {
                    return Err("empty_playlist");
                }
                let songs = songs.iter().map(|song| number_of(&SONGS, song));
                let songs: Vec<usize> = songs.collect::<Option<_>>().ok_or("unknown_song")?;
                if wanted.is_some_and(|wanted| self.songs(wanted).is_some()) {
                    return Err("duplicate_playlist");
                }
                let next = format!("\"{}\"", self.largest + 1);
                let new = wanted.map_or(next, str::to_owned);
                self.largest = self.largest.max(id(&new).decimal().unwrap_or(0));
                self.created.push((new, owner, songs, *named));
            }
        }
        Ok(())
    }

    fn effects(&self) -> Vec<String> {
        let given = self.given.iter().enumerate();
        let given = given.filter_map(|(number, songs)| match songs {
            None => Some(format!("{number} is removed")),
            Some(songs) if songs.is_empty() => None,
            Some(songs) => Some(format!("{number} + {songs:?}")),
        });
        let created = self.created.iter().map(|(id, owner, songs, named)| {
            let further = if *named { "\"name\"\0\"n\"\0" } else { "" };
            format!("{id} of {owner}: {songs:?} {further:?}")
        });
        given.chain(created).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_part_becomes_what_its_operations_say(changes in prop::collection::vec(change(), 0..40)) {
        let mut lists = Lists {
            given: [const { Some(Vec::new()) }; 3],
            created: Vec::new(),
            largest: LARGEST,
        };
        let mut rejected = Vec::new();
        for (number, change) in (1..).zip(&changes) {
            if let Err(reason) = lists.apply(change) {
                rejected.push((number, reason));
            }
        }
        let mut applied = Applied::new();
        let lines: Vec<String> = changes.iter().map(Change::json).collect();
        applied.read(&lines.join("\n"));
        prop_assert_eq!(&applied.rejected, &rejected);
        prop_assert_eq!(applied.effects(), lists.effects());
        let counters = Counters { largest: Some(lists.largest), beyond: 0 };
        prop_assert_eq!(applied.part.counters(), counters);
    }
}

#[test]
fn generated_ids_go_on_where_the_part_is_told_to() {
    let mut applied = Applied::new();
    let create = Change::Create(None, "1", vec!["2"], false).json();
    applied.read(&create);
    let elsewhere = Counters {
        largest: Some(41),
        beyond: 0,
    };
    applied.part.set_counters(elsewhere);
    assert_eq!(applied.part.counters(), elsewhere);
    applied.read(&create);
    // Above 2^64 ids are tried one after the other, from the last that was tried.
    applied.part.set_counters(Counters {
        largest: Some(u64::MAX),
        beyond: 1 << 70,
    });
    applied.read(&create);
    applied.read(&create);
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
    let mut applied = Applied::new();
    let changes = [
        Change::Append("\"1\"", "2"),
        Change::Remove("2"),
        Change::Create(None, "1", vec!["2"], true),
    ];
    applied.read(&changes.map(|change| change.json()).join("\n"));
    let all = applied.effects();
    assert_eq!(all.len(), 3);
    for most in 0..3 {
        let mut told = Told {
            most: Some(most),
            ..Told::default()
        };
        let error = applied.part.effects(&mut told).unwrap_err();
        assert_eq!(error.to_string(), "that is enough");
        assert_eq!(told.effects, all[..most]);
    }
}
