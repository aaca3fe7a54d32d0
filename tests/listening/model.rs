//! The table as somebody would make it by hand: everything in maps, one thing after the other.

use std::collections::BTreeMap;

use super::inputs::{Event, Line, TIMES};

pub use super::support::database::Record;

pub const COLUMNS: [&str; 13] = [
    "user_id",
    "playlist",
    "playlist_name",
    "position",
    "track_id",
    "work",
    "composer",
    "title",
    "recommended",
    "streams",
    "seconds_streamed",
    "first_heard",
    "last_heard",
];

#[derive(Clone, Debug, Default)]
struct Track {
    line: usize,
    place: usize,
    texts: [Option<String>; 3],
    streams: u64,
    seconds: u64,
    times: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    line: usize,
    tracks: BTreeMap<String, Track>,
}

/// All that was read so far.
#[derive(Clone, Debug, Default)]
pub struct Model {
    lists: BTreeMap<(String, u64), List>,
    lines: usize,
    pub counted: u64,
    pub other_context: u64,
    pub rejected_events: u64,
    pub rejected_lines: u64,
    pub seconds: u64,
}

/// What becomes of an event.
enum Judged {
    Counts(u64, u64, Option<&'static str>),
    Other,
    Rejected,
}

fn judge(event: &Event) -> Judged {
    let number = event.context.strip_prefix("playlist_");
    let is_number = |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let Some(number) = number.filter(is_number) else {
        return Judged::Other;
    };
    let time = TIMES.iter().find(|(written, _)| *written == event.time);
    let seconds = Some(event.seconds.as_str()).filter(is_number);
    match (time, seconds) {
        (Some((_, time)), Some(seconds))
            if !event.user.is_empty() && !event.track.is_empty() && !event.is_long =>
        {
            Judged::Counts(number.parse().unwrap(), seconds.parse().unwrap(), *time)
        }
        _ => Judged::Rejected,
    }
}

impl Model {
    /// Reads a file of PLAYLISTS, whose first line is that of `inputs`.
    pub fn recommend(&mut self, lines: &[Line]) {
        self.lines += 1;
        self.list("first", 1, &[("1".to_owned(), [None, None, None])]);
        for line in lines {
            self.lines += 1;
            if line.fault.is_some() {
                self.rejected_lines += 1;
                continue;
            }
            for (playlist, items) in &line.lists {
                let items: Vec<_> = items
                    .iter()
                    .map(|item| (item.track.clone(), item.texts.clone()))
                    .collect();
                self.list(&line.user, *playlist, &items);
            }
        }
    }

    fn list(&mut self, user: &str, playlist: u64, items: &[(String, [Option<String>; 3])]) {
        let list = self.lists.entry((user.to_owned(), playlist)).or_default();
        list.line = self.lines;
        for (place, (track, texts)) in (1..).zip(items) {
            let track = list.tracks.entry(track.clone()).or_default();
            if track.line == self.lines {
                continue;
            }
            (track.line, track.place) = (self.lines, place);
            for (text, newer) in track.texts.iter_mut().zip(texts) {
                *text = newer.clone().or(text.take());
            }
        }
    }

    /// Reads a file of EVENTS.
    pub fn hear(&mut self, events: &[Event]) {
        for event in events {
            match judge(event) {
                Judged::Other => self.other_context += 1,
                Judged::Rejected => self.rejected_events += 1,
                Judged::Counts(playlist, seconds, time) => {
                    self.counted += 1;
                    self.seconds += seconds;
                    let list = self
                        .lists
                        .entry((event.user.clone(), playlist))
                        .or_default();
                    let track = list.tracks.entry(event.track.clone()).or_default();
                    track.streams += 1;
                    track.seconds += seconds;
                    track.times.extend(time.map(str::to_owned));
                }
            }
        }
    }

    /// The table, in the order of the CSV file.
    pub fn table(&self) -> Vec<Record> {
        let mut table = Vec::new();
        for ((user, playlist), list) in &self.lists {
            let mut rows: Vec<(usize, &String, &Track)> = Vec::new();
            for (id, track) in &list.tracks {
                let is_there = track.line == list.line && list.line > 0;
                rows.push((if is_there { track.place } else { usize::MAX }, id, track));
            }
            rows.sort_by_key(|(place, id, _)| (*place, *id));
            for (place, id, track) in rows {
                let [work, composer, title] = track.texts.clone();
                table.push(vec![
                    Some(user.clone()),
                    Some(format!("playlist_{playlist:02}")),
                    Some(format!("Personalised playlist {playlist}")),
                    (place < usize::MAX).then(|| place.to_string()),
                    Some(id.clone()),
                    work,
                    composer,
                    title,
                    Some(u64::from(track.line > 0).to_string()),
                    Some(track.streams.to_string()),
                    Some(track.seconds.to_string()),
                    track.times.iter().min().cloned(),
                    track.times.iter().max().cloned(),
                ]);
            }
        }
        table
    }
}

/// A table in CSV, null told from an empty text as Postgres does.
pub fn parse(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let field;
            (field, rest) = parse_field(rest);
            record.push(field);
            match rest.strip_prefix(',') {
                Some(more) => rest = more,
                None => break,
            }
        }
        rest = rest.strip_prefix("\r\n").expect("a record ends with CR LF");
        records.push(record);
    }
    assert_eq!(records.remove(0), COLUMNS.map(|name| Some(name.to_owned())));
    records
}

fn parse_field(text: &str) -> (Option<String>, &str) {
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '\r']).unwrap_or(text.len());
        return ((end > 0).then(|| text[..end].to_owned()), &text[end..]);
    };
    let mut field = String::new();
    loop {
        let (part, more) = rest.split_once('"').expect("a closing quote");
        field += part;
        rest = more;
        match rest.strip_prefix('"') {
            Some(more) => {
                field.push('"');
                rest = more;
            }
            None => return (Some(field), rest),
        }
    }
}
