//! The `sh` blocks of spark/README.md: what the program and the shell do is done, what a cluster does is held against the jobs' options.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::python;
use crate::support::shell::{printed, search_path, shell};
use crate::support::{Folder, mixtape};

/// The block that has such a text in it.
fn block(text: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spark/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let blocks = readme.split("```sh\n").skip(1);
    let mut found = blocks.map(|rest| rest.split_once("```").expect("its end").0);
    let found = found.find(|block| block.contains(text));
    found
        .unwrap_or_else(|| panic!("no block has {text}"))
        .to_owned()
}

fn run(folder: &Folder, commands: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_mixtape")).parent().unwrap();
    let mut shell = shell(commands, &folder.path(""), &search_path(&[program]));
    printed(shell.output().unwrap())
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn emitted(document: &str) -> Folder {
    let folder = Folder::new();
    folder.write("mixtape.json", document);
    let first = block("--emit-parts");
    let mut commands = first.lines().filter(|line| line.starts_with("mixtape "));
    let said = run(&folder, commands.next().expect("it is made"));
    assert!(said.contains("playlist"), "{said}");
    fs::rename(folder.path("parts/playlists"), folder.path("new-playlists")).unwrap();
    folder
}

const DOCUMENT: &str = r#"{"users": [{"id": "é"}, {"id": 2.0}, {"id": "&\\1"}], "songs": [{"id": 8}],
"playlists": [{"id": 1, "user_id": "é", "song_ids": [8]}, {"id": 2, "user_id": 2.0, "song_ids": []}]}"#;

const BARE: &str = r#"{"users": [], "songs": [], "playlists": []}"#;

#[test]
fn lines_become_the_file_again_that_they_were() {
    let again = block("new.json");
    for document in [DOCUMENT, BARE] {
        let folder = emitted(document);
        assert_eq!(run(&folder, &again), "");
        let new = folder.read("new.json");
        assert_eq!(value(&new), value(document));

        folder.write("none.ndjson", "");
        let mut apply = mixtape();
        apply.args(["apply", "new.json", "none.ndjson", "after.json", "-q"]);
        let status = apply.current_dir(folder.path("")).status();
        assert!(status.unwrap().success());
        assert_eq!(folder.read("after.json"), new);
    }
}

#[test]
fn lines_of_several_files_do_too() {
    let folder = emitted(DOCUMENT);
    let more = |path: &str, text: &str| folder.write(path, text);
    more("parts/users/part-00001.ndjson", "\n{\"id\": 3}");
    more("parts/users/part-00002.ndjson", "");
    more("parts/users/part-00003.ndjson", "{\"id\": 4}\n \n");
    more("parts/songs/part-00001.ndjson", "{\"id\": 9}");
    // As Spark leaves it.
    more("new-playlists/_SUCCESS", "");
    more("new-playlists/.part-00001.crc", "crc");
    more("new-playlists/part-00001", "");
    more(
        "new-playlists/part-00002",
        "{\"id\": 3, \"user_id\": 4, \"song_ids\": [9]}\n",
    );
    assert_eq!(run(&folder, &block("new.json")), "");
    let ids = |kind: &str| {
        let new = value(&folder.read("new.json"));
        let elements = new[kind].as_array().unwrap().iter();
        elements
            .map(|element| element["id"].to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(ids("users"), r#""é" 2.0 "&\\1" 3 4"#);
    assert_eq!(ids("songs"), "8 9");
    assert_eq!(ids("playlists"), "1 2 3");
}

/// What is typed passes every check that needs no Spark.
#[test]
fn the_jobs_take_what_the_examples_say() {
    if !python::is_there() {
        return;
    }
    let folder = emitted(DOCUMENT);
    fs::rename(folder.path("new-playlists"), folder.path("parts/playlists")).unwrap();
    fs::create_dir(folder.path("changes")).unwrap();
    let mut jobs = Vec::new();
    for line in block("--emit-parts").lines() {
        let Some((runner, job)) = line.split_once(" spark/") else {
            continue;
        };
        let words: Vec<&str> = job.split_whitespace().collect();
        assert!(
            runner.starts_with("spark-submit") || runner == "python",
            "{line}"
        );
        let run = python::run(&folder, words[0], &words[1..]);
        assert!(
            run.stderr.contains("has no pyspark"),
            "{line}: {}",
            run.stderr
        );
        jobs.push(words[0].to_owned());
    }
    assert_eq!(jobs, ["apply.py", "top.py"]);
}
