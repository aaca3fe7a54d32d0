//! A mixtape as anybody would write it down: lists that are searched from the front.

use super::change::Change;
use crate::id::{Id, IdKind};
use crate::mixtape::Counters;
use crate::operation::OperationKind;
use crate::rejects::{Missing, Rejection, Verdict};

#[derive(Clone, Debug)]
pub(super) struct Playlist {
    kind: IdKind,
    text: String,
    pub(super) owner: Id<'static>,
    pub(super) songs: Vec<Id<'static>>,
    pub(super) further: Vec<(&'static str, &'static str)>,
    /// Its number in the document, and how many songs it has there.
    pub(super) given: Option<(u32, usize)>,
}

impl Playlist {
    pub(super) fn id(&self) -> Id<'_> {
        Id {
            kind: self.kind,
            text: &self.text,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) users: Vec<Id<'static>>,
    pub(super) songs: Vec<Id<'static>>,
    pub(super) playlists: Vec<Playlist>,
    number_ids: bool,
    largest: Option<u64>,
    /// The largest id that was generated, or passed over, behind the one after `u64::MAX`.
    beyond: u128,
}

impl Model {
    /// Of playlists by their ids and songs; the users have them in turn.
    pub(super) fn new(
        users: Vec<Id<'static>>,
        songs: Vec<Id<'static>>,
        playlists: Vec<(Id<'static>, Vec<Id<'static>>)>,
    ) -> Self {
        let number_ids = playlists.iter().all(|(id, _)| id.kind == IdKind::Number);
        let largest = playlists.iter().filter_map(|(id, _)| id.decimal()).max();
        let owners: Vec<Id<'static>> = users
            .iter()
            .copied()
            .chain([Id::string("nobody")])
            .collect();
        let given = playlists.iter().zip(owners.iter().cycle()).zip(0..);
        let playlists = given.map(|(((id, songs), &owner), number)| Playlist {
            kind: id.kind,
            text: id.text.to_owned(),
            owner,
            songs: songs.clone(),
            further: Vec::new(),
            given: Some((number, songs.len())),
        });
        let playlists: Vec<Playlist> = playlists.collect();
        Model {
            number_ids: number_ids && !playlists.is_empty(),
            users,
            songs,
            playlists,
            largest,
            beyond: 1 << 64,
        }
    }

    /// Where generated ids go on, as a part says it.
    pub(super) fn counters(&self) -> Counters {
        let was_tried = self.beyond > 1 << 64;
        Counters {
            largest: self.largest,
            beyond: if was_tried { self.beyond } else { 0 },
        }
    }

    pub(super) fn find(&self, id: Id<'_>) -> Option<usize> {
        self.playlists.iter().position(|one| one.id() == id)
    }

    /// Whether nothing but what the document has need be known to apply it; then its kind.
    pub(super) fn kind_if_known(&self, change: &Change) -> Option<OperationKind> {
        let (playlist, song) = match *change {
            Change::AddSong { playlist, song } => (playlist, Some(song)),
            Change::RemovePlaylist(playlist) => (playlist, None),
            Change::AddPlaylist { .. } => return None,
        };
        self.playlists[self.find(playlist)?].given?;
        let is_known = song.is_none_or(|song| self.songs.contains(&song));
        is_known.then(|| change.kind())
    }

    pub(super) fn apply<'c>(&mut self, change: &'c Change) -> Verdict<'c> {
        let missing = |has: &[Id<'_>], id: Id<'c>| Missing {
            id,
            has_twin: has.contains(&id.twin()),
        };
        let unknown_playlist = |model: &Model, id: Id<'c>| {
            let has_twin = model.find(id.twin()).is_some();
            Rejection::UnknownPlaylist(Missing { id, has_twin })
        };
        match change {
            &Change::AddSong { playlist, song } => {
                let Some(at) = self.find(playlist) else {
                    return Err(unknown_playlist(self, playlist));
                };
                if !self.songs.contains(&song) {
                    return Err(Rejection::UnknownSong(missing(&self.songs, song)));
                }
                self.playlists[at].songs.push(song);
            }
            &Change::RemovePlaylist(playlist) => {
                let Some(at) = self.find(playlist) else {
                    return Err(unknown_playlist(self, playlist));
                };
                self.playlists.remove(at);
            }
            Change::AddPlaylist {
                id,
                owner,
                songs,
                further,
            } => {
                if !self.users.contains(owner) {
                    return Err(Rejection::UnknownUser(missing(&self.users, *owner)));
                }
                if songs.is_empty() {
                    return Err(Rejection::EmptyPlaylist);
                }
                if let Some(&song) = songs.iter().find(|song| !self.songs.contains(song)) {
                    return Err(Rejection::UnknownSong(missing(&self.songs, song)));
                }
                if let Some((name, _)) = further.iter().find(|(name, _)| *name == "song_ids") {
                    return Err(Rejection::DuplicateMember(name));
                }
                if let Some(id) = id.filter(|&id| self.find(id).is_some()) {
                    return Err(Rejection::DuplicatePlaylist(id));
                }
                let (kind, text) = match id {
                    Some(id) => (id.kind, id.text.to_owned()),
                    None => self.next_id(),
                };
                let playlist = Playlist {
                    kind,
                    text,
                    owner: *owner,
                    songs: songs.clone(),
                    further: further.clone(),
                    given: None,
                };
                self.largest = self.largest.max(playlist.id().decimal());
                self.playlists.push(playlist);
            }
        }
        Ok(())
    }

    fn next_id(&mut self) -> (IdKind, String) {
        let kind = match self.number_ids {
            true => IdKind::Number,
            false => IdKind::String,
        };
        let mut next = self.largest.map_or(1, |largest| u128::from(largest) + 1);
        loop {
            let text = next.to_string();
            if self.find(Id { kind, text: &text }).is_none() {
                return (kind, text);
            }
            self.beyond += 1;
            next = self.beyond;
        }
    }

    /// The document, spelled as new playlists are where nothing else is to be seen.
    pub(super) fn document(&self) -> String {
        let playlist = |one: &Playlist| {
            let further = one.further.iter();
            let further = further.map(|(name, value)| format!(", \"{name}\": {value}"));
            let songs: Vec<String> = one.songs.iter().map(|&song| spelled(song)).collect();
            format!(
                "{{\"id\": {}{}, \"owner_id\": {}, \"song_ids\": [{}]}}",
                spelled(one.id()),
                further.collect::<String>(),
                spelled(one.owner),
                songs.join(", ")
            )
        };
        let ids = |ids: &[Id<'_>]| {
            let elements = ids.iter().map(|&id| format!("{{\"id\": {}}}", spelled(id)));
            elements.collect::<Vec<_>>().join(", ")
        };
        let playlists: Vec<String> = self.playlists.iter().map(playlist).collect();
        format!(
            "{{\"users\": [{}], \"songs\": [{}], \"playlists\": [{}]}}",
            ids(&self.users),
            ids(&self.songs),
            playlists.join(", ")
        )
    }
}

fn spelled(id: Id<'_>) -> String {
    let mut json = Vec::new();
    id.write_json(&mut json).unwrap();
    String::from_utf8(json).unwrap()
}
