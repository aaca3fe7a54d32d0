//! Random mixtapes, operations and ways to write them down.

use proptest::prelude::*;
use serde_json::{Value, json};

/// How a document is written: the same values, other white space and escapes.
#[derive(Clone, Copy, Debug)]
pub enum Style {
    /// `{"a":1,"b":[2,3]}`
    Compact,
    /// `{"a": 1, "b": [2, 3]}`
    Spaced,
    /// A line for each element.
    Indented,
    /// A line for each element, ended as on Windows.
    Crlf,
    /// Any white space anywhere, derived from a seed.
    Exotic(u64),
}

pub fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        Just(Style::Compact),
        Just(Style::Spaced),
        Just(Style::Indented),
        Just(Style::Crlf),
        any::<u64>().prop_map(Style::Exotic),
    ]
}

/// Writes values in a style.
pub struct Writer {
    style: Style,
    noise: u64,
    pub text: String,
    depth: usize,
}

impl Writer {
    pub fn new(style: Style) -> Self {
        let noise = if let Style::Exotic(seed) = style {
            seed
        } else {
            0
        };
        Writer {
            style,
            noise,
            text: String::new(),
            depth: 0,
        }
    }

    fn roll(&mut self) -> u64 {
        // Knuth's MMIX constants.
        self.noise = self
            .noise
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.noise >> 33
    }

    fn exotic_blanks(&mut self) {
        let blanks = ["", "", " ", "\t", "\n", "\r\n", "  \n ", "\r"];
        let index = self.roll() as usize % blanks.len();
        self.text.push_str(blanks[index]);
    }

    fn line(&mut self) {
        match self.style {
            Style::Compact | Style::Spaced => {}
            Style::Exotic(_) => self.exotic_blanks(),
            Style::Indented | Style::Crlf => {
                let end = if matches!(self.style, Style::Crlf) {
                    "\r\n"
                } else {
                    "\n"
                };
                self.text.push_str(end);
                self.text.extend(std::iter::repeat_n("  ", self.depth));
            }
        }
    }

    /// A comma and what follows it.
    pub fn comma(&mut self) {
        if matches!(self.style, Style::Exotic(_)) {
            self.exotic_blanks();
        }
        self.text.push(',');
        if matches!(self.style, Style::Spaced) {
            self.text.push(' ');
        }
        self.line();
    }

    pub fn colon(&mut self) {
        if matches!(self.style, Style::Exotic(_)) {
            self.exotic_blanks();
        }
        self.text.push(':');
        match self.style {
            Style::Compact => {}
            Style::Exotic(_) => self.exotic_blanks(),
            _ => self.text.push(' '),
        }
    }

    pub fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.line();
    }

    pub fn close(&mut self, bracket: char) {
        self.depth -= 1;
        self.line();
        self.text.push(bracket);
    }

    pub fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            let escape = matches!(self.style, Style::Exotic(_)) && self.roll().is_multiple_of(4);
            match character {
                '"' | '\\' => {
                    self.text.push('\\');
                    self.text.push(character);
                }
                '\u{0}'..='\u{1f}' => self.escape(character),
                _ if escape => self.escape(character),
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }

    fn escape(&mut self, character: char) {
        for unit in character.encode_utf16(&mut [0; 2]) {
            self.text.push_str(&format!("\\u{unit:04x}"));
        }
    }

    pub fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.string(text),
            Value::Array(elements) if elements.is_empty() => self.text.push_str("[]"),
            Value::Object(members) if members.is_empty() => self.text.push_str("{}"),
            Value::Array(elements) => {
                self.open('[');
                for (i, element) in elements.iter().enumerate() {
                    if i > 0 {
                        self.comma();
                    }
                    self.value(element);
                }
                self.close(']');
            }
            Value::Object(members) => {
                self.open('{');
                for (i, (name, value)) in members.iter().enumerate() {
                    if i > 0 {
                        self.comma();
                    }
                    self.string(name);
                    self.colon();
                    self.value(value);
                }
                self.close('}');
            }
            other => self.text.push_str(&other.to_string()),
        }
    }
}

pub fn write(style: Style, value: &Value) -> String {
    let mut writer = Writer::new(style);
    writer.value(value);
    writer.text
}

/// Ids that are easily mistaken for each other.
pub fn id() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (1u64..9).prop_map(|n| json!(n.to_string())),
        2 => (1u64..5).prop_map(|n| json!(n)),
        1 => Just(json!("01")),
        1 => Just(json!("")),
        1 => Just(json!("é\"\\\n𝄞")),
        1 => Just(json!("4611686018427387904")),
        1 => Just(json!("-1")),
        1 => Just(json!(-1)),
    ]
}

fn distinct_ids(most: usize) -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(id(), 0..most).prop_map(|ids| {
        let mut distinct: Vec<Value> = Vec::new();
        for id in ids {
            if !distinct.contains(&id) {
                distinct.push(id);
            }
        }
        distinct
    })
}

/// A mixtape and whether it is of the wrapped layout.
pub fn mixtape() -> impl Strategy<Value = Value> {
    let playlist = (id(), prop::collection::vec(id(), 0..4), any::<bool>());
    (
        distinct_ids(5),
        distinct_ids(7),
        distinct_ids(6),
        prop::collection::vec(playlist, 6),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(users, songs, playlists, contents, wrapped, owner_first)| {
                let owner = if wrapped || owner_first {
                    "user_id"
                } else {
                    "owner_id"
                };
                let users: Vec<Value> = users
                    .iter()
                    .map(|id| match wrapped {
                        true => json!({"user_id": id, "name": "n"}),
                        false => json!({"id": id, "x": [1, {"id": 2}]}),
                    })
                    .collect();
                let songs: Vec<Value> = songs
                    .iter()
                    .map(|id| json!({"id": id, "title": "t \"quoted\" [,] {}"}))
                    .collect();
                let playlists: Vec<Value> = playlists
                    .iter()
                    .zip(contents)
                    .map(|(id, (user, songs, extra))| {
                        let mut playlist = json!({"id": id, owner: user});
                        playlist[if wrapped { "songs" } else { "song_ids" }] = json!(songs);
                        if extra {
                            playlist["name"] = json!({"id": "not me", "song_ids": ["]"]});
                        }
                        match wrapped {
                            true => json!({"playlist": playlist, "z": 0}),
                            false => playlist,
                        }
                    })
                    .collect();
                json!({"playlists": playlists, "songs": songs, "users": users, "version": 1.5})
            },
        )
}

/// An operation that may or may not be possible.
pub fn operation() -> impl Strategy<Value = Value> {
    let rejected = plain_operation()
        .prop_map(|operation| json!({"reason": "r", "number": 1, "operation": operation}));
    prop_oneof![19 => plain_operation(), 1 => rejected]
}

fn plain_operation() -> impl Strategy<Value = Value> {
    let songs = prop::collection::vec(id(), 0..4);
    let further = prop_oneof![
        3 => Just(json!({})),
        1 => Just(json!({"name": "Running \"fast\"", "x": {"deep": [1, null]}})),
        1 => Just(json!({"songs": 1})),
        1 => Just(json!({"user_id": "1", "owner_id": "1"})),
        1 => Just(json!({"playlist_id": "1", "song_id": []})),
    ];
    prop_oneof![
        8 => (id(), id()).prop_map(|(playlist, song)| {
            json!({"type": "add_song_to_playlist", "playlist_id": playlist, "song_id": song})
        }),
        5 => (id(), songs, prop::option::of(id()), any::<bool>(), further).prop_map(
            |(user, songs, id, owner, further)| {
                let mut operation = further;
                operation["type"] = json!("add_playlist");
                operation[if owner { "owner_id" } else { "user_id" }] = user;
                operation["song_ids"] = json!(songs);
                if let Some(id) = id {
                    operation["id"] = id;
                }
                operation
            }
        ),
        4 => id().prop_map(|id| json!({"type": "remove_playlist", "playlist_id": id})),
        1 => prop_oneof![
            Just(json!(7)),
            Just(json!([])),
            Just(json!({})),
            Just(json!({"type": 1})),
            Just(json!({"type": "shuffle"})),
            Just(json!({"type": "remove_playlist"})),
            Just(json!({"type": "remove_playlist", "playlist_id": null})),
            Just(json!({"type": "add_song_to_playlist", "playlist_id": "1"})),
            Just(json!({"type": "add_playlist", "user_id": "1", "song_ids": "1"})),
            Just(json!({"type": "add_playlist", "user_id": "1", "song_ids": [true]})),
            Just(json!({"type": "add_playlist", "user_id": "1", "song_ids": ["1"], "id": {}})),
            Just(json!({"type": "add_playlist", "song_ids": ["1"]})),
        ],
    ]
}
