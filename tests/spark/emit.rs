//! `mixtape apply --emit-parts`: a file taken apart, and that parts are the mixtape that it was.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};

use mixtape::apply::ApplyOptions;
use mixtape::io::Rereadable;
use mixtape::shard::emit_parts;

use crate::local::{BOUNDS, Local};
use crate::one_machine::Parts;
use crate::support::random::{self, Style};
use crate::support::{Folder, write_in_process};

fn lines_in(folder: &Path) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let text = files
        .iter()
        .map(|file| fs::read(file).unwrap())
        .collect::<Vec<_>>()
        .concat();
    text.split_inclusive(|&byte| byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

fn emitted(text: &str) -> Parts {
    let folder = Folder::new();
    let path = folder.write("mixtape.json", text);
    let parts = folder.path("parts");
    let mixtape = Rereadable::open(&path, &Default::default()).unwrap();
    emit_parts(&mixtape, &parts, &BOUNDS).unwrap();
    Parts {
        users: lines_in(&parts.join("users")),
        songs: lines_in(&parts.join("songs")),
        playlists: lines_in(&parts.join("playlists")),
        changes: Vec::new(),
    }
}

fn values(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_file_taken_apart_and_changed_is_the_changed_file_taken_apart(
        document in random::mixtape(),
        operations in prop::collection::vec(random::operation(), 0..30),
        style in random::style(),
    ) {
        // Such a line would be the beginning of an array.
        prop_assume!(operations.first() != Some(&json!([])));
        let text = random::write(style, &document);
        let changes: Vec<Vec<u8>> = operations.iter().map(|own| format!("{own}\n").into()).collect();
        let options = ApplyOptions {
            changes_format: Some(mixtape::changes::ChangesFormat::Ndjson),
            ..ApplyOptions::default()
        };
        let expected = write_in_process(&text, &changes.concat(), 4096, &options).unwrap();
        let after = emitted(&expected.output).playlists.concat();
        let after = String::from_utf8(after).unwrap();

        let found = Local::new(3, 2).apply(&Parts { changes, ..emitted(&text) }).unwrap();
        prop_assert_eq!(&found.rejects, &expected.reject_lines);
        prop_assert_eq!(values(&found.playlists), values(&after), "{}", text);
        // Where nothing stood on lines of its own it is so byte for byte.
        if matches!(style, Style::Compact | Style::Spaced) {
            prop_assert_eq!(&found.playlists, &after, "{}", text);
        }
    }
}

#[test]
fn what_is_around_the_arrays_is_kept_and_elements_lose_only_their_line_breaks() {
    let folder = Folder::new();
    folder.write(
        "mixtape.json",
        "{\"version\": 2,\n \"users\": [\n {\"id\": 1.0}\n ], \"songs\": [{\"id\":\t\"a\\nb\"}\r\n, {\"id\": 2}],\n\
         \"playlists\": [ {\n \"id\": 7,\n \"song_ids\": []\n} ], \"more\": [{\"users\": [3]}]}\n",
    );
    let run = folder.run(["apply", "--emit-parts", "parts", "mixtape.json"]);
    assert_eq!(
        (run.code, &run.stderr[..]),
        (Some(0), "1 user, 2 songs, 1 playlist\n")
    );
    let read = |name| folder.read(&format!("parts/{name}"));
    assert_eq!(read("users/part-00000.ndjson"), "{\"id\": 1.0}\n");
    assert_eq!(
        read("songs/part-00000.ndjson"),
        "{\"id\":\t\"a\\nb\"}\n{\"id\": 2}\n"
    );
    assert_eq!(
        read("playlists/part-00000.ndjson"),
        "{  \"id\": 7,  \"song_ids\": [] }\n"
    );
    let rest: Value = serde_json::from_str(&read("rest.json")).unwrap();
    assert_eq!(
        rest,
        json!({"version": 2, "users": [], "songs": [], "playlists": [], "more": [{"users": [3]}]})
    );

    let again = folder.run(["apply", "--emit-parts", "parts", "mixtape.json"]);
    assert_eq!(again.code, Some(2), "{}", again.stderr);
    assert!(
        again.stderr.contains("parts is not empty"),
        "{}",
        again.stderr
    );
    folder.write(
        "none.json",
        "{\"users\": [], \"songs\": [{}], \"playlists\": []}",
    );
    let none = folder.run(["apply", "--emit-parts", "none", "none.json"]);
    assert_eq!(none.code, Some(2), "{}", none.stderr);
    assert!(
        none.stderr
            .contains("none.json:1:25: $.songs[0]: song without \"id\""),
        "{}",
        none.stderr
    );
    assert!(!folder.path("none/rest.json").exists());
}
