//! Changes that own all of themselves, and mixtapes with changes to them at random.

use proptest::prelude::*;

use super::model::Model;
use crate::id::{Id, IdKind};
use crate::operation::{
    Further, Ids, Member, NewPlaylist, Operation, OperationKind, Span, StoredId,
};

const fn string(text: &'static str) -> Id<'static> {
    let kind = IdKind::String;
    Id { kind, text }
}

const fn number(text: &'static str) -> Id<'static> {
    let kind = IdKind::Number;
    Id { kind, text }
}

/// Of both types, small and large, and some that are no decimal numbers.
pub(super) const IDS: [Id<'static>; 30] = [
    string("1"),
    string("2"),
    string("3"),
    string("4"),
    string("6"),
    string("7"),
    string("8"),
    string("70"),
    string("71"),
    string("72"),
    number("1"),
    number("2"),
    number("3"),
    number("5"),
    number("6"),
    number("7"),
    number("8"),
    number("9"),
    string(""),
    string("x"),
    string("é\n"),
    string("007"),
    string("-1"),
    number("-1"),
    number("1.0"),
    string("4611686018427387904"),
    string("18446744073709551615"),
    string("18446744073709551616"),
    number("18446744073709551616"),
    string("18446744073709551617"),
];

/// Names and values of members that only the user knows.
const FURTHER: [(&str, &str); 3] = [("name", "\"é\\n\""), ("é", "[1, {}]"), ("song_ids", "7")];

/// An operation that owns all of itself.
#[derive(Clone, Debug)]
pub(super) enum Change {
    AddSong {
        playlist: Id<'static>,
        song: Id<'static>,
    },
    AddPlaylist {
        id: Option<Id<'static>>,
        owner: Id<'static>,
        songs: Vec<Id<'static>>,
        further: Vec<(&'static str, &'static str)>,
    },
    RemovePlaylist(Id<'static>),
}

impl Change {
    pub(super) fn kind(&self) -> OperationKind {
        match self {
            Change::AddSong { .. } => OperationKind::AddSongToPlaylist,
            Change::AddPlaylist { .. } => OperationKind::AddPlaylist,
            Change::RemovePlaylist(_) => OperationKind::RemovePlaylist,
        }
    }
}

/// A change in buffers such as those that it is read into.
pub(super) struct Spelled<'c> {
    change: &'c Change,
    text: String,
    songs: Vec<StoredId>,
    raw: Vec<u8>,
    members: Vec<Member>,
}

impl<'c> Spelled<'c> {
    pub(super) fn of(change: &'c Change) -> Self {
        let mut spelled = Spelled {
            change,
            text: String::new(),
            songs: Vec::new(),
            raw: Vec::new(),
            members: Vec::new(),
        };
        if let Change::AddPlaylist { songs, further, .. } = change {
            for song in songs {
                let text = spelled.add_text(song.text);
                spelled.songs.push(StoredId {
                    kind: song.kind,
                    text,
                    raw: Span::default(),
                });
            }
            spelled.add_member(false, "", "\"of the operation\"");
            for (name, value) in further {
                spelled.add_member(true, name, value);
            }
        }
        spelled
    }

    fn add_text(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    fn add_raw(&mut self, text: &str) -> Span {
        let start = self.raw.len();
        self.raw.extend_from_slice(text.as_bytes());
        Span::new(start, self.raw.len())
    }

    fn add_member(&mut self, is_further: bool, name: &str, value: &str) {
        let member = Member {
            is_further,
            name: self.add_text(name),
            raw_name: self.add_raw(&format!("\"{name}\"")),
            raw_value: self.add_raw(value),
        };
        self.members.push(member);
    }

    pub(super) fn operation(&self) -> Operation<'_> {
        match *self.change {
            Change::AddSong { playlist, song } => Operation::AddSong { playlist, song },
            Change::RemovePlaylist(playlist) => Operation::RemovePlaylist { playlist },
            Change::AddPlaylist { id, owner, .. } => Operation::AddPlaylist(NewPlaylist {
                id,
                owner,
                songs: Ids {
                    text: &self.text,
                    stored: &self.songs,
                },
                further: Further {
                    raw: &self.raw,
                    text: &self.text,
                    members: &self.members,
                },
            }),
        }
    }
}

/// Some of the ids: such as a counter gave out, so that they ascend, or any in any order.
fn some_ids() -> impl Strategy<Value = Vec<Id<'static>>> {
    prop_oneof![
        2 => prop::sample::subsequence(IDS[..10].to_vec(), 0..=10),
        1 => prop::sample::subsequence(IDS[10..18].to_vec(), 0..=8),
        3 => prop::sample::subsequence(IDS.to_vec(), 0..=20).prop_shuffle(),
    ]
}

/// Mostly one of these.
fn one_of(ids: Vec<Id<'static>>) -> impl Strategy<Value = Id<'static>> + Clone {
    (any::<prop::sample::Index>(), 0..5u8).prop_map(move |(at, odd)| match odd {
        1.. if !ids.is_empty() => *at.get(&ids),
        _ => *at.get(&IDS),
    })
}

fn change(model: &Model) -> impl Strategy<Value = Change> + use<> {
    let owner = one_of(model.users.clone());
    let song = one_of(model.songs.clone());
    let given = IDS.into_iter().filter(|&id| model.find(id).is_some());
    let playlist = one_of(given.collect());
    let further = prop::sample::subsequence(FURTHER.to_vec(), 0..=2);
    let songs = prop::collection::vec(song.clone(), 0..5);
    prop_oneof![
        4 => (playlist.clone(), song).prop_map(|(playlist, song)| Change::AddSong { playlist, song }),
        2 => (prop::option::of(playlist.clone()), owner, songs, further).prop_map(
            |(id, owner, songs, further)| Change::AddPlaylist { id, owner, songs, further },
        ),
        1 => playlist.prop_map(Change::RemovePlaylist),
    ]
}

/// A mixtape, and changes most of which can be applied to it.
pub(super) fn mixtape_and_changes() -> impl Strategy<Value = (Model, Vec<Change>)> {
    (some_ids(), some_ids(), some_ids())
        .prop_flat_map(|(users, songs, ids)| {
            let song = one_of(songs.clone());
            let lists = prop::collection::vec(prop::collection::vec(song, 0..4), ids.len());
            lists.prop_map(move |lists| {
                let playlists = ids.iter().copied().zip(lists).collect();
                Model::new(users.clone(), songs.clone(), playlists)
            })
        })
        .prop_flat_map(|model| {
            let changes = prop::collection::vec(change(&model), 0..60);
            (Just(model), changes)
        })
}
