//! What the tables must be, the slow and obvious way.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tables::{Record, Tables};

#[derive(Clone, Copy, Debug)]
pub enum Interval {
    Hour,
    Day,
    Week,
}

impl Interval {
    pub fn name(self) -> &'static str {
        match self {
            Interval::Hour => "hour",
            Interval::Day => "day",
            Interval::Week => "week",
        }
    }

    /// Something that is equal for the times of an interval, and ordered as they are.
    fn of(self, time: &str) -> String {
        match self {
            Interval::Hour => format!("{} {}", &time[..10], &time[11..13]),
            Interval::Day => time[..10].to_owned(),
            Interval::Week => format!(
                "{:08}",
                (days_since_1970(&time[..10]) + 3).div_euclid(7) + 1_000_000
            ),
        }
    }
}

/// After Howard Hinnant, "chrono-compatible low-level date algorithms".
fn days_since_1970(date: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| date[range].parse::<i64>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// What orders times: the clock to the microsecond, whatever the spelling.
fn moment(time: &str) -> String {
    let fraction: String = time[19..]
        .chars()
        .skip(1)
        .take_while(char::is_ascii_digit)
        .collect();
    let fraction = if time[19..].starts_with('.') {
        fraction
    } else {
        String::new()
    };
    format!("{}T{}.{:0<6.6}", &time[..10], &time[11..19], fraction)
}

struct Ids(Vec<String>);

impl Ids {
    fn of(rows: &[Value], member: &str) -> Self {
        let mut ids = Vec::new();
        for row in rows {
            if let Some(id) = row[member]
                .as_str()
                .filter(|id| !ids.iter().any(|other| other == id))
            {
                ids.push(id.to_owned());
            }
        }
        Ids(ids)
    }

    fn id(&self, value: &Value) -> Option<String> {
        let value = value.as_str()?;
        let place = self.0.iter().position(|id| id == value).unwrap();
        Some((place + 1).to_string())
    }

    fn table(&self, with_source: bool) -> Vec<Record> {
        let record = |(i, id): (usize, &String)| {
            let source = with_source.then(|| Some("YOUTUBE".to_owned()));
            [Some((i + 1).to_string())]
                .into_iter()
                .chain(source)
                .chain([Some(id.clone())])
                .collect()
        };
        self.0.iter().enumerate().map(record).collect()
    }
}

/// The tables of usable rows.
pub fn tables(rows: &[Value], interval: Interval) -> Tables {
    let users = Ids::of(rows, "channel_id");
    let playlists = Ids::of(rows, "playlist_id");
    let media_items = Ids::of(rows, "video_id");
    let artists = Ids::of(rows, "artist_name");
    let plain = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        number => Some(number.to_string()),
    };
    let log = |key: &dyn Fn(&Value) -> Vec<Option<String>>, values: &dyn Fn(&Value) -> Record| {
        type Latest = BTreeMap<String, (String, String, Record)>;
        let mut keys: BTreeMap<Vec<u64>, Latest> = BTreeMap::new();
        for row in rows {
            let time = row["timestp"].as_str().unwrap();
            let key = key(row)
                .iter()
                .map(|id| id.as_ref().unwrap().parse().unwrap())
                .collect();
            let latest = keys.entry(key).or_default();
            let new = (moment(time), time.to_owned(), values(row));
            match latest.get_mut(&interval.of(time)) {
                Some(old) if old.0 > new.0 => {}
                Some(old) => *old = new,
                None => {
                    latest.insert(interval.of(time), new);
                }
            }
        }
        let mut records = Vec::new();
        for (key, latest) in keys {
            let mut logged: Option<Record> = None;
            for (_, time, values) in latest.into_values() {
                if logged.as_ref() != Some(&values) {
                    let key = key.iter().map(|id| Some(id.to_string()));
                    records.push(key.chain([Some(time)]).chain(values.clone()).collect());
                    logged = Some(values);
                }
            }
        }
        records
    };
    Tables::from([
        ("users", users.table(true)),
        ("playlists", playlists.table(true)),
        ("media_items", media_items.table(true)),
        ("artists", artists.table(false)),
        (
            "playlist_metadata_log",
            log(&|row| vec![playlists.id(&row["playlist_id"])], &|row| {
                vec![
                    plain(&row["playlist_name"]),
                    plain(&row["artwork_url"]),
                    users.id(&row["channel_id"]),
                    plain(&row["num_videos"]),
                ]
            }),
        ),
        (
            "playlist_plays_log",
            log(&|row| vec![playlists.id(&row["playlist_id"])], &|row| {
                vec![plain(&row["views"])]
            }),
        ),
        (
            "playlist_positions_log",
            log(
                &|row| {
                    vec![
                        playlists.id(&row["playlist_id"]),
                        media_items.id(&row["video_id"]),
                    ]
                },
                &|row| vec![plain(&row["position"])],
            ),
        ),
        (
            "media_item_metadata_log",
            log(&|row| vec![media_items.id(&row["video_id"])], &|row| {
                vec![
                    plain(&row["title"]),
                    plain(&row["track_title"]),
                    artists.id(&row["artist_name"]),
                    plain(&row["image_url"]),
                ]
            }),
        ),
    ])
}

fn text() -> impl Strategy<Value = Value> {
    let texts = [
        "a",
        "b",
        "",
        " ",
        "a,b",
        "\"",
        "\r\n",
        "x\ny",
        "=cmd()|' /C calc'!A0",
        "\u{1b}[2J",
        "</script>",
        "../../x",
        "Ελληνικά",
        "دلع",
        "🎉",
        "\\N",
        "NULL",
        "\t",
        "'; drop table users; --",
        "\u{feff}",
        "a\u{0301}",
    ];
    prop_oneof![1 => Just(Value::Null), 6 => proptest::sample::select(texts.to_vec()).prop_map(|text| json!(text))]
}

fn integer() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        (0..3i64).prop_map(|n| json!(n)),
        Just(json!(-1)),
        Just(json!(i64::MAX)),
    ]
}

fn time() -> impl Strategy<Value = String> {
    let dates = [
        "2022-05-20",
        "2022-05-21",
        "2022-05-22",
        "2022-05-23",
        "2021-12-31",
        "2022-01-01",
        "2000-02-29",
    ];
    let clocks = ["00:00:00", "12:19:10", "12:59:59", "23:59:59"];
    let fractions = ["", ".5", ".500000", ".516896", ".0", ".123456789"];
    let zones = ["", "", "", "Z", "+05:45"];
    use proptest::sample::select;
    (
        select(dates.to_vec()),
        select(vec!["T", " "]),
        select(clocks.to_vec()),
        select(fractions.to_vec()),
        select(zones.to_vec()),
    )
        .prop_map(|(date, separator, clock, fraction, zone)| {
            format!("{date}{separator}{clock}{fraction}{zone}")
        })
}

/// A usable row, of few different ids so that keys meet again.
pub fn row() -> impl Strategy<Value = Value> {
    let id = |prefix: &'static str, count: u32| {
        (0..count).prop_map(move |n| json!(format!("{prefix}{n}")))
    };
    let owner = prop_oneof![1 => Just(Value::Null), 4 => id("U", 3)];
    let ids = (id("P", 3), id("V", 4), owner, time());
    let texts = (text(), text(), text(), text(), text(), text());
    let numbers = (integer(), integer(), integer());
    (ids, texts, numbers, any::<u16>()).prop_map(|(ids, texts, numbers, absent)| {
        let members = [
            ("playlist_id", ids.0),
            ("video_id", ids.1),
            ("channel_id", ids.2),
            ("timestp", json!(ids.3)),
            ("playlist_name", texts.0),
            ("artwork_url", texts.1),
            ("title", texts.2),
            ("artist_name", texts.3),
            ("image_url", texts.4),
            ("track_title", texts.5),
            ("views", numbers.0),
            ("num_videos", numbers.1),
            ("position", numbers.2),
        ];
        // A null may as well not be there.
        let stays =
            |(i, (_, value)): &(usize, (&str, Value))| !value.is_null() || absent >> i & 1 == 0;
        let members = members.into_iter().enumerate().filter(stays);
        Value::Object(
            members
                .map(|(_, (name, value))| (name.to_owned(), value))
                .collect(),
        )
    })
}
