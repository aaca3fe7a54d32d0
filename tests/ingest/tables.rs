//! The eight tables as tests compare them: by name, each record a list of texts or nulls.

use std::collections::BTreeMap;
use std::path::Path;

pub use super::support::database::Record;

pub type Tables = BTreeMap<&'static str, Vec<Record>>;

pub const COLUMNS: [(&str, &str); 8] = [
    ("users", "id,source,source_id"),
    ("playlists", "id,source,source_id"),
    ("media_items", "id,source,source_id"),
    ("artists", "id,name"),
    (
        "playlist_metadata_log",
        "playlist_id,ingest_timestamp,name,cover_url,user_id,num_media_items",
    ),
    ("playlist_plays_log", "playlist_id,ingest_timestamp,plays"),
    (
        "playlist_positions_log",
        "playlist_id,media_item_id,ingest_timestamp,position",
    ),
    (
        "media_item_metadata_log",
        "media_item_id,ingest_timestamp,primary_title,secondary_title,artist_id,cover_url",
    ),
];

/// How many records each table has, in the order of [`COLUMNS`].
pub fn counts(tables: &Tables) -> [usize; 8] {
    COLUMNS.map(|(name, _)| tables[name].len())
}

/// The CSV files of a folder, headers checked.
pub fn read_files(folder: &Path) -> Tables {
    let read = |(name, columns): (&'static str, &str)| {
        let text = std::fs::read_to_string(folder.join(format!("{name}.csv"))).expect(name);
        let mut records = parse(&text);
        let header: Record = columns.split(',').map(|c| Some(c.to_owned())).collect();
        assert_eq!(records.remove(0), header, "{name}");
        assert!(
            records.iter().all(|record| record.len() == header.len()),
            "{name}"
        );
        (name, records)
    };
    COLUMNS.map(read).into_iter().collect()
}

/// RFC 4180 as its grammar stands there; nothing between commas is null, `""` is an empty text.
pub fn parse(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut record = Record::new();
    let mut rest = text;
    while !rest.is_empty() {
        let field;
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut value = String::new();
            let mut inside = quoted;
            loop {
                let end = inside.find('"').expect("a closing quote");
                value += &inside[..end];
                inside = &inside[end + 1..];
                let Some(more) = inside.strip_prefix('"') else {
                    break;
                };
                value.push('"');
                inside = more;
            }
            (field, rest) = (Some(value), inside);
        } else {
            let end = rest
                .find([',', '\r', '\n', '"'])
                .expect("a record ends with CRLF");
            let (value, more) = rest.split_at(end);
            (field, rest) = ((!value.is_empty()).then(|| value.to_owned()), more);
        }
        record.push(field);
        if let Some(more) = rest.strip_prefix(',') {
            rest = more;
        } else {
            rest = rest.strip_prefix("\r\n").expect("a record ends with CRLF");
            records.push(std::mem::take(&mut record));
        }
    }
    assert!(record.is_empty(), "the last record is not ended");
    records
}
