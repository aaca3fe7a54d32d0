//! Random PLAYLISTS and EVENTS, written in every layout, with faults among them.

use proptest::prelude::*;
use serde_json::{Value, json};

/// A track of a list: its id, and work, composer and title.
#[derive(Clone, Debug)]
pub struct Item {
    pub track: String,
    pub texts: [Option<String>; 3],
    /// Written as an id alone.
    is_plain: bool,
}

/// A line of PLAYLISTS.
#[derive(Clone, Debug)]
pub struct Line {
    pub user: String,
    /// Numbers of playlists, which are different, and what is in them.
    pub lists: Vec<(u64, Vec<Item>)>,
    layout: u8,
    pub fault: Option<LineFault>,
}

/// What makes a line useless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFault {
    NotJson,
    NoUser,
    NullTrack,
    WrongList,
    SameListTwice,
}

/// A row of EVENTS, as it is written.
#[derive(Clone, Debug)]
pub struct Event {
    pub user: String,
    pub track: String,
    pub context: String,
    pub seconds: String,
    pub time: String,
    /// A field too many.
    pub is_long: bool,
}

const USERS: [&str; 4] = ["ada", "bob", "7", "z,\"ö\""];
const TRACKS: [&str; 7] = ["1", "2", "3", "tr\u{e4}ck", "a,b", "10", "=x"];
const TEXTS: [&str; 3] = ["Nocturne", "Étude, \"Nr. 3\"", ""];
const CONTEXTS: [&str; 9] = [
    "playlist_01",
    "playlist_1",
    "playlist_02",
    "playlist_010",
    "playlist_0",
    "album",
    "",
    "playlist_x",
    "Playlist_01",
];
const SECONDS: [&str; 10] = [
    "0",
    "7",
    "90",
    "007",
    "3000000000",
    "-1",
    "",
    "1.5",
    " 3",
    "1e3",
];
/// As they are written, and as they come out.
pub const TIMES: [(&str, Option<&str>); 7] = [
    ("", None),
    ("2021-03-04T05:06:07", Some("2021-03-04T05:06:07")),
    ("2021-03-04 05:06:07.50", Some("2021-03-04T05:06:07.5")),
    ("2021-03-04T05:06:07+02:00", Some("2021-03-04T03:06:07")),
    ("2021-03-05", Some("2021-03-05T00:00:00")),
    ("1614834368", Some("2021-03-04T05:06:08")),
    ("2021-03-04 05:06:07 UTC", Some("2021-03-04T05:06:07")),
];

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(texts).prop_map(str::to_owned)
}

fn item() -> impl Strategy<Value = Item> {
    let text = || proptest::option::of(one_of(&TEXTS));
    (one_of(&TRACKS), [text(), text(), text()], any::<bool>()).prop_map(
        |(track, texts, is_plain)| Item {
            track,
            texts: if is_plain { [None, None, None] } else { texts },
            is_plain,
        },
    )
}

fn line() -> impl Strategy<Value = Line> {
    use LineFault::*;
    let fault =
        proptest::sample::select(vec![NotJson, NoUser, NullTrack, WrongList, SameListTwice]);
    let lists = proptest::collection::btree_map(
        proptest::sample::select(vec![0u64, 1, 2, 10]),
        proptest::collection::vec(item(), 0..6),
        1..4,
    );
    (
        one_of(&USERS),
        lists,
        0..4u8,
        proptest::option::weighted(0.1, fault),
    )
        .prop_map(|(user, lists, layout, fault)| Line {
            user,
            lists: lists.into_iter().collect(),
            layout,
            fault,
        })
}

pub fn lines() -> impl Strategy<Value = Vec<Line>> {
    proptest::collection::vec(line(), 0..8)
}

fn event() -> impl Strategy<Value = Event> {
    let time = proptest::sample::select(TIMES.map(|(time, _)| time).to_vec());
    let seconds = prop_oneof![4 => one_of(&SECONDS[..5]), 1 => one_of(&SECONDS)];
    let context = prop_oneof![2 => one_of(&CONTEXTS[..5]), 1 => one_of(&CONTEXTS)];
    let user = prop_oneof![12 => one_of(&USERS), 1 => Just(String::new())];
    let track = prop_oneof![12 => one_of(&TRACKS), 1 => Just(String::new())];
    let time = prop_oneof![12 => time.prop_map(str::to_owned), 1 => Just("soon".to_owned())];
    let is_long = proptest::bool::weighted(0.05);
    (user, track, context, seconds, time, is_long).prop_map(
        |(user, track, context, seconds, time, is_long)| Event {
            user,
            track,
            context,
            seconds,
            time,
            is_long,
        },
    )
}

pub fn events() -> impl Strategy<Value = Vec<Event>> {
    proptest::collection::vec(event(), 0..40)
}

/// PLAYLISTS as a file. The first line is one whose names can be recognised.
pub fn playlists_file(lines: &[Line]) -> String {
    let first = r#"{"user_id": "first", "playlist_01": [{"track_id": "1"}]}"#.to_owned();
    let lines = lines.iter().map(Line::write);
    [first]
        .into_iter()
        .chain(lines)
        .map(|line| line + "\n")
        .collect()
}

impl Line {
    fn write(&self) -> String {
        let items = |items: &[Item]| -> Value { items.iter().map(Item::write).collect() };
        let name = |number: u64| match self.layout {
            1 => format!("playlist_{number}"),
            _ => format!("playlist_{number:02}"),
        };
        let mut lists: Vec<(String, Value)> = self
            .lists
            .iter()
            .map(|(number, list)| (name(*number), items(list)))
            .collect();
        match self.fault {
            Some(LineFault::NullTrack) => lists[0].1 = json!([null]),
            Some(LineFault::WrongList) => lists[0].1 = json!("1"),
            Some(LineFault::SameListTwice) => {
                let same = format!("playlist_000{}", self.lists[0].0);
                lists.push((same, json!(["1"])));
            }
            Some(LineFault::NotJson) => return "{\"user_id\": \"ada\", ".to_owned(),
            _ => {}
        }
        let mut line = serde_json::Map::new();
        if self.layout != 3 && self.fault != Some(LineFault::NoUser) {
            line.insert("user_id".into(), self.user.as_str().into());
        }
        match self.layout {
            0 => line.extend(lists),
            1 => {
                line.insert(
                    "playlists".into(),
                    Value::Object(lists.into_iter().collect()),
                );
            }
            2 => {
                let objects = lists
                    .into_iter()
                    .map(|(name, tracks)| json!({"tracks": tracks, "name": name}));
                line.insert("playlists".into(), objects.collect());
            }
            _ => {
                line.extend(
                    lists
                        .into_iter()
                        .map(|(name, tracks)| (name, json!({"note": [1], "tracks": tracks}))),
                );
                if self.fault != Some(LineFault::NoUser) {
                    // A number where it is one, and more telling than another name.
                    let number = self.user.parse::<u64>().map(Value::from);
                    line.insert(
                        "userId".into(),
                        number.unwrap_or_else(|_| self.user.as_str().into()),
                    );
                    line.insert("user".into(), "someone else".into());
                }
            }
        }
        Value::Object(line).to_string()
    }
}

impl Item {
    fn write(&self) -> Value {
        let number = self.track.parse::<u64>().map(Value::from);
        if self.is_plain {
            return number.unwrap_or_else(|_| self.track.as_str().into());
        }
        let [work, composer, title] = &self.texts;
        json!({"extra": {"id": 1}, "work": work, "composer": composer, "title": title, "track_id": self.track})
    }
}

/// EVENTS as a file.
pub fn events_file(events: &[Event]) -> String {
    let mut file = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let header = [
        "note",
        "userId",
        "trackId",
        "listeningContext",
        "secondsStreamed",
        "timestamp",
    ];
    file.write_record(header).unwrap();
    for event in events {
        let Event {
            user,
            track,
            context,
            seconds,
            time,
            is_long,
        } = event;
        let fields = [
            "a \"note\"\nof two lines",
            user,
            track,
            context,
            seconds,
            time,
            "too much",
        ];
        file.write_record(&fields[..if *is_long { 7 } else { 6 }])
            .unwrap();
    }
    String::from_utf8(file.into_inner().unwrap()).unwrap()
}
