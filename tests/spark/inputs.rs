//! What the jobs are given: a mixtape and changes in parts, and what one machine makes of them.

use std::fs;
use std::io::Read;
use std::path::Path;

use data_gen::{Changes, ChangesLayout, ChangesOptions, Mixtape, MixtapeOptions, Rate};

use crate::support::Folder;

pub fn text(mut source: impl Read) -> String {
    let mut text = String::new();
    source.read_to_string(&mut text).unwrap();
    text
}

/// What stands in the part files of a folder, one behind the other.
pub fn parts_of(folder: &Path) -> String {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("part-")
        })
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

/// A folder of so many files for these lines.
pub fn write_parts(folder: &Folder, name: &str, lines: impl AsRef<[u8]>, files: usize) {
    fs::create_dir_all(folder.path(name)).unwrap();
    let lines = lines.as_ref().split_inclusive(|&byte| byte == b'\n');
    let lines: Vec<&[u8]> = lines.collect();
    for (number, lines) in lines.chunks(lines.len().div_ceil(files)).enumerate() {
        folder.write(&format!("{name}/part-{number}.ndjson"), lines.concat());
    }
}

/// A line that is not UTF-8 beside characters that are.
pub const NOT_UTF8: &[u8] = b"{\"type\": \"\xC3\xA9\xEF\xBF\xBD\xFF\xED\xA0\x80\"}\n";

/// Operations whose outcome depends on others in other partitions.
const TANGLED: &str = r#"{"type": "add_playlist", "id": "7000", "user_id": "1", "song_ids": ["1"], "name": "first of its id"}
{"type": "add_playlist", "id": "7000", "user_id": "1", "song_ids": ["2"]}
{"type": "remove_playlist", "playlist_id": "7000"}
{"type": "add_playlist", "user_id": "2", "song_ids": ["2"], "name": "gets 7001"}
{"type": "add_playlist", "user_id": 2, "song_ids": ["2"]}
{"type": "add_playlist", "id": "7000", "user_id": "1", "song_ids": ["3", "4"]}
{"type": "add_song_to_playlist", "playlist_id": "7001", "song_id": "5"}
{"type": "add_song_to_playlist", "playlist_id": 7001, "song_id": "5"}
{"type": "add_playlist", "user_id": "3", "song_ids": []}
not JSON é
{"type": "add_playlist", "id": "9000", "user_id": "no such", "song_ids": ["2"]}
{"type": "add_playlist", "user_id": "3", "song_ids": ["6"], "name": "gets 7002"}
"#;

/// Writes a mixtape as parts and changes; what one machine makes of them.
pub fn mixtape_and_changes(folder: &Folder) -> (String, String) {
    let document = text(Mixtape::new(MixtapeOptions {
        playlists: 3_000,
        compact: true,
        ..MixtapeOptions::default()
    }));
    let mut changes = text(Changes::new(ChangesOptions {
        playlists: 3_000,
        operations: 10_000,
        layout: ChangesLayout::Ndjson,
        reject: Rate::from_per_million(20_000),
        ..ChangesOptions::default()
    }));
    let half = changes.len() / 2;
    changes.insert_str(half + changes[half..].find('\n').unwrap() + 1, TANGLED);
    let changes = [changes.as_bytes(), NOT_UTF8].concat();
    folder.write("mixtape.json", &document);
    folder.write("changes.ndjson", &changes);
    write_parts(folder, "changes", &changes, 3);
    let emitted = folder.run(["apply", "--emit-parts", "parts", "mixtape.json", "-q"]);
    assert_eq!(emitted.code, Some(0), "{}", emitted.stderr);

    let arguments = [
        "apply",
        "mixtape.json",
        "changes.ndjson",
        "new.json",
        "--rejects",
        "rejects.ndjson",
        "-q",
    ];
    let run = folder.run(arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let emitted = folder.run(["apply", "--emit-parts", "new", "new.json", "-q"]);
    assert_eq!(emitted.code, Some(0), "{}", emitted.stderr);
    (
        parts_of(&folder.path("new/playlists")),
        folder.read("rejects.ndjson"),
    )
}
