//! A naive model of a mixtape that changes are applied to.

use data_gen::{ChangesOptions, Mixtape, MixtapeOptions};
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Clone)]
pub struct Model {
    pub playlists: BTreeSet<u64>,
    users: BTreeSet<u64>,
    songs: BTreeSet<u64>,
    last_playlist: u64,
}

/// The id that a member holds, if it does.
fn id(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok()
}

impl Model {
    /// The mixtape that is generated for the same number of playlists.
    pub fn of(options: &ChangesOptions) -> Self {
        let &ChangesOptions {
            playlists,
            users,
            songs,
            ..
        } = options;
        let mixtape = Mixtape::new(MixtapeOptions {
            playlists,
            users,
            songs,
            ..Default::default()
        });
        let mixtape: Value = serde_json::from_reader(mixtape).unwrap();
        let ids = |key: &str| -> BTreeSet<u64> {
            mixtape[key]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|e| id(&e["id"]))
                .collect()
        };
        Self {
            playlists: ids("playlists"),
            users: ids("users"),
            songs: ids("songs"),
            last_playlist: playlists,
        }
    }

    /// Applies an operation if that is possible, and answers whether it was.
    pub fn apply(&mut self, operation: &Value) -> bool {
        match operation["type"].as_str() {
            Some("add_song_to_playlist") => {
                self.has_playlist(&operation["playlist_id"]) && self.has_song(&operation["song_id"])
            }
            Some("add_playlist") => self.add_playlist(operation, "song_ids"),
            Some("remove_playlist") => self.remove_playlist(&operation["playlist_id"]),
            _ => false,
        }
    }

    fn has_playlist(&self, value: &Value) -> bool {
        id(value).is_some_and(|id| self.playlists.contains(&id))
    }

    fn has_song(&self, value: &Value) -> bool {
        id(value).is_some_and(|id| self.songs.contains(&id))
    }

    fn has_songs(&self, value: &Value) -> bool {
        let songs = value.as_array().map_or(&[][..], Vec::as_slice);
        !songs.is_empty() && songs.iter().all(|song| self.has_song(song))
    }

    fn add_playlist(&mut self, new: &Value, songs_key: &str) -> bool {
        let has_user = id(&new["user_id"]).is_some_and(|id| self.users.contains(&id));
        let applied = has_user && self.has_songs(&new[songs_key]);
        if applied {
            self.last_playlist += 1;
            self.playlists.insert(self.last_playlist);
        }
        applied
    }

    fn remove_playlist(&mut self, value: &Value) -> bool {
        id(value).is_some_and(|id| self.playlists.remove(&id))
    }
}

/// Whether each operation of the grouped layout could be applied; of an update, each of its
/// songs is one operation.
pub fn grouped_results(changes: &Value, model: &mut Model) -> Vec<bool> {
    let list = |value: &Value| value.as_array().unwrap().clone();
    let mut results = Vec::new();
    for playlist in list(&changes["deletions"]["playlists"]) {
        results.push(model.remove_playlist(&playlist));
    }
    for update in list(&changes["additions"]["existing_playlists_to_update"]) {
        let applied = model.has_playlist(&update["id"]) && model.has_songs(&update["songs"]);
        let operations = update["songs"].as_array().map_or(1, Vec::len);
        results.extend(std::iter::repeat_n(applied, operations));
    }
    for new in list(&changes["additions"]["new_playlists"]) {
        results.push(model.add_playlist(&new, "songs"));
    }
    results
}
