//! One operation, and how it is written when it stands for itself.

use crate::json::Json;
use crate::text::Phrase;

/// An operation, valid or not: a member that is `None` is left out.
#[derive(Debug)]
pub(super) enum Operation {
    AddSong {
        playlist: Option<u64>,
        song: Option<u64>,
    },
    AddPlaylist(NewPlaylist),
    RemovePlaylist {
        playlist: Option<u64>,
    },
    OfUnknownType {
        playlist: u64,
    },
}

/// A playlist to add.
#[derive(Debug)]
pub(super) struct NewPlaylist {
    pub(super) user: Option<u64>,
    pub(super) songs: Option<Songs>,
    pub(super) name: Option<Phrase>,
}

impl Operation {
    /// Appends the operation as an object of its own.
    pub(super) fn append(&self, json: &mut Json, out: &mut Vec<u8>) {
        json.open(out, b'{');
        json.key(out, "type");
        match self {
            Self::AddSong { playlist, song } => {
                json.string(out, "add_song_to_playlist");
                append_id("playlist_id", *playlist, json, out);
                append_id("song_id", *song, json, out);
            }
            Self::AddPlaylist(new) => {
                json.string(out, "add_playlist");
                new.append_members("song_ids", json, out);
            }
            Self::RemovePlaylist { playlist } => {
                json.string(out, "remove_playlist");
                append_id("playlist_id", *playlist, json, out);
            }
            Self::OfUnknownType { playlist } => {
                json.string(out, "shuffle_playlist");
                append_id("playlist_id", Some(*playlist), json, out);
            }
        }
        json.close(out, b'}');
    }
}

impl NewPlaylist {
    /// Appends the members of the playlist, its songs under this key.
    pub(super) fn append_members(&self, songs_key: &str, json: &mut Json, out: &mut Vec<u8>) {
        append_id("user_id", self.user, json, out);
        if let Some(name) = self.name {
            json.key(out, "name");
            json.phrase(out, name);
        }
        append_ids(songs_key, self.songs.as_ref(), json, out);
    }
}

/// Appends a member that is an id, if there is one.
pub(super) fn append_id(key: &str, id: Option<u64>, json: &mut Json, out: &mut Vec<u8>) {
    if let Some(id) = id {
        json.key(out, key);
        json.id(out, id);
    }
}

/// Appends a member that is a list of ids, if there is one.
pub(super) fn append_ids(key: &str, ids: Option<&Songs>, json: &mut Json, out: &mut Vec<u8>) {
    if let Some(ids) = ids {
        json.key(out, key);
        json.ids(out, ids.ids());
    }
}

/// The most songs that an operation brings.
pub(super) const MOST_SONGS: u64 = 5;

/// A few songs, without an allocation.
#[derive(Debug, Default)]
pub(super) struct Songs {
    ids: [u64; MOST_SONGS as usize],
    count: usize,
}

impl Songs {
    /// Adds a song; there must be room for it.
    pub(super) fn push(&mut self, song: u64) {
        self.ids[self.count] = song;
        self.count += 1;
    }

    /// Replaces the last song; there must be one.
    pub(super) fn replace_last(&mut self, song: u64) {
        self.ids[self.count - 1] = song;
    }

    pub(super) fn ids(&self) -> &[u64] {
        &self.ids[..self.count]
    }
}
