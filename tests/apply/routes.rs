//! One list of operations written in every way that means the same.

use serde_json::{Value, json};

use crate::support::random::{Style, Writer, write};

/// Every style, with its name for messages.
pub const STYLES: [(&str, Style); 6] = [
    ("compact", Style::Compact),
    ("spaced", Style::Spaced),
    ("indented", Style::Indented),
    ("CRLF", Style::Crlf),
    ("exotic blanks and escapes", Style::Exotic(7)),
    (
        "other exotic blanks and escapes",
        Style::Exotic(123_456_789),
    ),
];

/// How a mixtape spells its parts.
#[derive(Clone, Copy, Debug)]
pub enum Spelling {
    Owner,
    User,
    Wrapped,
}

pub const SPELLINGS: [Spelling; 3] = [Spelling::Owner, Spelling::User, Spelling::Wrapped];

pub fn add(playlist: &str, song: &str) -> Value {
    json!({"type": "add_song_to_playlist", "playlist_id": playlist, "song_id": song})
}

pub fn new(user: &str, songs: &[&str]) -> Value {
    json!({"type": "add_playlist", "user_id": user, "song_ids": songs})
}

pub fn new_with(user: &str, songs: &[&str], members: Value) -> Value {
    let mut operation = new(user, songs);
    let further = members.as_object().unwrap().clone();
    operation.as_object_mut().unwrap().extend(further);
    operation
}

pub fn remove(playlist: &str) -> Value {
    json!({"type": "remove_playlist", "playlist_id": playlist})
}

/// A document of users 1 to 3, songs 1 to 9 and three playlists, with unknown members everywhere.
pub fn document(spelling: Spelling) -> Value {
    let wrapped = matches!(spelling, Spelling::Wrapped);
    let users: Vec<Value> = (1..=3)
        .map(|id| match wrapped {
            true => json!({"user_id": id.to_string(), "name": "[{"}),
            false => json!({"name": "\\\"", "id": id.to_string()}),
        })
        .collect();
    let songs: Vec<Value> = (1..=9)
        .map(|id| json!({"artist": {"id": 1}, "id": id.to_string()}))
        .collect();
    let playlists: Vec<Value> = [
        ("1", "1", &["1"][..]),
        ("2", "2", &["2", "3"]),
        ("3", "2", &[]),
    ]
    .into_iter()
    .map(|(id, owner, songs)| match spelling {
        Spelling::Owner => json!({"id": id, "owner_id": owner, "song_ids": songs}),
        Spelling::User => json!({"song_ids": songs, "user_id": owner, "id": id}),
        Spelling::Wrapped => json!({"playlist": {"id": id, "user_id": owner, "songs": songs}}),
    })
    .collect();
    json!({"version": 1.5, "songs": songs, "playlists": playlists, "users": users, "end": []})
}

/// The playlists of an output in one line: `id:owner[songs]` each, further members behind.
pub fn outline(output: &str, spelling: Spelling) -> String {
    let (owner, songs) = match spelling {
        Spelling::Owner => ("owner_id", "song_ids"),
        Spelling::User => ("user_id", "song_ids"),
        Spelling::Wrapped => ("user_id", "songs"),
    };
    let lines = crate::run::playlists(output).into_iter().map(|playlist| {
        let inner = match spelling {
            Spelling::Wrapped => {
                assert_eq!(playlist.as_object().unwrap().len(), 1, "{playlist}");
                &playlist["playlist"]
            }
            _ => &playlist,
        };
        let mut members = inner.as_object().unwrap().clone();
        let mut take = |name| {
            members
                .remove(name)
                .unwrap_or_else(|| panic!("no {name}: {inner}"))
        };
        let (id, owner, songs) = (take("id"), take(owner), take(songs));
        let text = |id: &Value| id.as_str().expect("a string").to_owned();
        let songs: Vec<String> = songs.as_array().unwrap().iter().map(text).collect();
        let mut line = format!("{}:{}[{}]", text(&id), text(&owner), songs.join(" "));
        if !members.is_empty() {
            line += &Value::Object(members).to_string();
        }
        line
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// The operations in every layout and style of CHANGES.
pub fn changes(operations: &[Value]) -> Vec<(String, String)> {
    let mut routes = Vec::new();
    for (name, style) in STYLES {
        routes.push((format!("array, {name}"), write(style, &json!(operations))));
        if let Some(grouped) = grouped(style, operations) {
            routes.push((format!("grouped, {name}"), grouped));
        }
    }
    // Not where the first byte would say that it is an array, or nothing that can be told.
    if operations.first().is_none_or(Value::is_object) {
        let line = |style| move |operation: &Value| write(style, operation);
        let compact: Vec<String> = operations.iter().map(line(Style::Compact)).collect();
        // Strings hold no raw line breaks, so these stand between tokens.
        let exotic = operations.iter().map(line(Style::Exotic(99)));
        let exotic: Vec<String> = exotic
            .map(|line| line.replace(['\n', '\r'], "\t"))
            .collect();
        routes.push(("NDJSON, no last line end".into(), compact.join("\n")));
        routes.push(("NDJSON, CRLF".into(), compact.join("\r\n") + "\r\n"));
        routes.push((
            "NDJSON, exotic, blank lines".into(),
            format!("\n \r\n{}\n\n \t", exotic.join(" \r\n\n\t")),
        ));
    }
    routes
}

/// Name and entries.
type List<'l> = (&'l str, Vec<Value>);

/// The grouped document that says the same, where there is one: it has each list once, deletions first or last.
fn grouped(style: Style, operations: &[Value]) -> Option<String> {
    let mut lists: Vec<List<'_>> = Vec::new();
    for operation in operations {
        let (list, entry) = group_entry(operation)?;
        match lists.last_mut() {
            Some((last, entries)) if *last == list => entries.push(entry),
            _ => lists.push((list, vec![entry])),
        }
    }
    let names: Vec<&str> = lists.iter().map(|(name, _)| *name).collect();
    let mut groups: Vec<(&str, Vec<List<'_>>)> = Vec::new();
    for (name, entries) in lists {
        let group = match name {
            "playlists" => "deletions",
            _ => "additions",
        };
        match groups.last_mut() {
            Some((last, lists)) if *last == group => lists.push((name, entries)),
            _ => groups.push((group, vec![(name, entries)])),
        }
    }
    if groups.is_empty() {
        groups.push(("deletions", vec![]));
    }
    let distinct = (1..names.len()).all(|i| !names[..i].contains(&names[i]));
    (distinct && groups.len() <= 2).then(|| write_groups(style, &groups))
}

/// Order means something here, which a `Value` does not keep.
fn write_groups(style: Style, groups: &[(&str, Vec<List<'_>>)]) -> String {
    let mut writer = Writer::new(style);
    writer.open('{');
    for (i, (name, lists)) in groups.iter().enumerate() {
        if i > 0 {
            writer.comma();
        }
        writer.string(name);
        writer.colon();
        writer.open('{');
        for (i, (name, entries)) in lists.iter().enumerate() {
            if i > 0 {
                writer.comma();
            }
            writer.string(name);
            writer.colon();
            writer.value(&json!(entries));
        }
        writer.close('}');
    }
    writer.close('}');
    writer.text
}

fn group_entry(operation: &Value) -> Option<(&'static str, Value)> {
    let id = operation.get("playlist_id");
    match operation.get("type")?.as_str()? {
        "remove_playlist" => Some(("playlists", id?.clone())),
        "add_song_to_playlist" => {
            let songs = [operation.get("song_id")?];
            Some((
                "existing_playlists_to_update",
                json!({"songs": songs, "id": id?}),
            ))
        }
        "add_playlist" => {
            let mut entry = operation.as_object()?.clone();
            entry.remove("type");
            let songs = entry.remove("song_ids")?;
            entry.insert("songs".into(), songs);
            Some(("new_playlists", Value::Object(entry)))
        }
        _ => None,
    }
}
