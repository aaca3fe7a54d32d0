//! The rules of `apply` said a second time, as simply as they can be said: whole documents of serde_json values, searched
//! from front to back.

use serde_json::{Map, Value, json};

/// A mixtape in memory.
pub struct Model {
    pub document: Value,
    wrapped: bool,
    owner: String,
    number_ids: bool,
    largest: Option<u64>,
}

fn is_id(value: &Value) -> bool {
    value.is_string() || value.is_number()
}

/// The operation inside of a line of a reject file; any other operation is itself.
pub fn effective(operation: &Value) -> &Value {
    match operation.get("operation") {
        Some(inner) if operation.get("type").is_none() => inner,
        _ => operation,
    }
}

fn decimal(id: &Value) -> Option<u64> {
    let text = match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.parse::<u64>()
        .ok()
        .filter(|value| value.to_string() == text)
}

impl Model {
    pub fn new(document: Value) -> Self {
        let playlists = document["playlists"].as_array().unwrap().clone();
        let users = document["users"].as_array().unwrap();
        let wrapped = match playlists.first() {
            Some(first) => first.get("id").is_none(),
            None => {
                users.iter().any(|user| user.get("id").is_none())
                    && users.iter().all(|user| user.get("user_id").is_some())
            }
        };
        let mut model = Model {
            document,
            wrapped,
            owner: if wrapped { "user_id" } else { "owner_id" }.to_owned(),
            number_ids: false,
            largest: None,
        };
        let inner: Vec<Value> = playlists
            .iter()
            .map(|list| model.inner(list).clone())
            .collect();
        if let Some(name) = inner.iter().find_map(|list| {
            ["owner_id", "user_id"]
                .into_iter()
                .find(|name| list.get(name).is_some())
        }) {
            model.owner = name.to_owned();
        }
        model.number_ids = !inner.is_empty() && inner.iter().all(|list| list["id"].is_number());
        model.largest = inner.iter().filter_map(|list| decimal(&list["id"])).max();
        model
    }

    fn inner<'v>(&self, playlist: &'v Value) -> &'v Value {
        if self.wrapped {
            &playlist["playlist"]
        } else {
            playlist
        }
    }

    fn songs_name(&self) -> &'static str {
        if self.wrapped { "songs" } else { "song_ids" }
    }

    fn exists(&self, array: &str, member: &str, id: &Value) -> bool {
        let elements = self.document[array].as_array().unwrap();
        elements.iter().any(|element| element[member] == *id)
    }

    fn playlist(&self, id: &Value) -> Option<usize> {
        let playlists = self.document["playlists"].as_array().unwrap();
        playlists
            .iter()
            .position(|playlist| self.inner(playlist)["id"] == *id)
    }

    /// Applies operations in order. Number and reason of each that cannot be applied.
    pub fn apply_all(&mut self, operations: &[Value]) -> Vec<(u64, String)> {
        let verdicts = operations.iter().zip(1..);
        verdicts
            .filter_map(|(operation, number)| {
                let reason = self.apply(operation).err()?;
                Some((number, reason.to_owned()))
            })
            .collect()
    }

    /// Applies an operation or says the reason why not.
    pub fn apply(&mut self, operation: &Value) -> Result<(), &'static str> {
        let Some(members) = effective(operation).as_object() else {
            return Err("wrong_type");
        };
        // Two names of one member.
        if members.contains_key("user_id") && members.contains_key("owner_id") {
            return Err("duplicate_member");
        }
        match members.get("type") {
            None => Err("missing_member"),
            Some(Value::String(kind)) => match kind.as_str() {
                "add_song_to_playlist" => self.add_song(members),
                "add_playlist" => self.add_playlist(members),
                "remove_playlist" => self.remove_playlist(members),
                _ => Err("unknown_operation"),
            },
            Some(_) => Err("wrong_type"),
        }
    }

    fn add_song(&mut self, members: &Map<String, Value>) -> Result<(), &'static str> {
        let playlist = id_of(members, &["playlist_id"])?;
        let song = id_of(members, &["song_id"])?;
        let place = self.playlist(playlist).ok_or("unknown_playlist")?;
        if !self.exists("songs", "id", song) {
            return Err("unknown_song");
        }
        let name = self.songs_name();
        let wrapped = self.wrapped;
        let playlist = &mut self.document["playlists"][place];
        let inner = if wrapped {
            &mut playlist["playlist"]
        } else {
            playlist
        };
        inner[name].as_array_mut().unwrap().push(song.clone());
        Ok(())
    }

    fn add_playlist(&mut self, members: &Map<String, Value>) -> Result<(), &'static str> {
        let user = id_of(members, &["user_id", "owner_id"])?;
        let songs = members.get("song_ids").ok_or("missing_member")?;
        let songs = songs.as_array().ok_or("wrong_type")?;
        if !songs.iter().all(is_id) {
            return Err("wrong_type");
        }
        let id = match members.get("id") {
            Some(id) if !is_id(id) => return Err("wrong_type"),
            id => id,
        };
        let user_member = if self.wrapped { "user_id" } else { "id" };
        if !self.exists("users", user_member, user) {
            return Err("unknown_user");
        }
        if songs.is_empty() {
            return Err("empty_playlist");
        }
        if !songs.iter().all(|song| self.exists("songs", "id", song)) {
            return Err("unknown_song");
        }
        let mut playlist = members.clone();
        for taken in ["type", "id", "user_id", "owner_id", "song_ids"] {
            playlist.remove(taken);
        }
        if playlist.contains_key(self.songs_name()) {
            return Err("duplicate_member");
        }
        let id = match id {
            Some(id) if self.playlist(id).is_some() => return Err("duplicate_playlist"),
            Some(id) => id.clone(),
            None => {
                let next = self.largest.map_or(1, |largest| largest + 1);
                if self.number_ids {
                    json!(next)
                } else {
                    json!(next.to_string())
                }
            }
        };
        self.largest = self.largest.max(decimal(&id));
        playlist.insert("id".into(), id);
        playlist.insert(self.owner.clone(), user.clone());
        playlist.insert(self.songs_name().into(), Value::Array(songs.clone()));
        let playlist = Value::Object(playlist);
        let playlist = if self.wrapped {
            json!({ "playlist": playlist })
        } else {
            playlist
        };
        self.document["playlists"]
            .as_array_mut()
            .unwrap()
            .push(playlist);
        Ok(())
    }

    fn remove_playlist(&mut self, members: &Map<String, Value>) -> Result<(), &'static str> {
        let id = id_of(members, &["playlist_id"])?;
        let place = self.playlist(id).ok_or("unknown_playlist")?;
        self.document["playlists"]
            .as_array_mut()
            .unwrap()
            .remove(place);
        Ok(())
    }
}

fn id_of<'m>(members: &'m Map<String, Value>, names: &[&str]) -> Result<&'m Value, &'static str> {
    let id = names
        .iter()
        .find_map(|name| members.get(*name))
        .ok_or("missing_member")?;
    if is_id(id) { Ok(id) } else { Err("wrong_type") }
}
