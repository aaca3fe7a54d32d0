//! Mistakes of who starts a job: each is found before a virtual machine starts, and one line says what to do.

use std::fs;

use crate::python;
use crate::support::{Folder, mixtape};

/// A mixtape in parts, changes, and a folder that is no mixtape.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write(
        "m.json",
        "{\"users\": [{\"id\": 7}], \"songs\": [{\"id\": 8}], \"playlists\": []}",
    );
    folder.write("c.ndjson", "");
    let mut emit = mixtape();
    emit.args(["apply", "--emit-parts", "parts", "m.json", "-q"]);
    assert!(
        emit.current_dir(folder.path(""))
            .status()
            .unwrap()
            .success()
    );
    fs::create_dir_all(folder.path("half/users")).unwrap();
    folder
}

/// What no mistake ends in: this Python has no pyspark.
const WITHOUT: &str = "this Python has no pyspark: start the job with spark-submit, or with target/spark/bin/python, which spark/install makes";

fn check(program: &str, mistakes: &[(&str, i32, &str)]) {
    if !python::is_there() {
        return;
    }
    let folder = folder();
    let names = folder.names();
    for (words, code, message) in mistakes {
        let arguments: Vec<&str> = words.split(' ').collect();
        let run = python::run(&folder, program, &arguments);
        assert_eq!(run.stderr, format!("error: {message}\n"), "{words}");
        assert_eq!((run.code, &run.stdout[..]), (Some(*code), ""), "{words}");
    }
    assert_eq!(folder.names(), names);
}

#[test]
fn of_apply() {
    let here = "mixtape apply --emit-parts DIR FILE makes such a folder of a mixtape";
    let a_file =
        format!("m.json is a file, and MIXTAPE a folder with users, songs and playlists: {here}");
    let half = format!("half has no folder songs: {here}");
    let none = format!("there is no none: {here}");
    check(
        "apply.py",
        &[
            ("parts c.ndjson out", 64, WITHOUT),
            ("parts c.ndjson --dry-run", 64, WITHOUT),
            ("parts c.ndjson parts/new --rejects out", 64, WITHOUT),
            (
                "parts c.ndjson",
                64,
                "the following arguments are required: OUTPUT; apply.py --help shows all",
            ),
            (
                "parts c.ndjson out --rejects out",
                64,
                "OUTPUT and --rejects are the same folder (out); name two new folders",
            ),
            (
                "parts c.ndjson out --rejects ./out/",
                64,
                "OUTPUT and --rejects are the same folder (./out/); name two new folders",
            ),
            (
                "parts c.ndjson s3a://b/x --rejects s3a://b/x/",
                64,
                "OUTPUT and --rejects are the same folder (s3a://b/x/); name two new folders",
            ),
            (
                "parts c.ndjson out --dead-letters out/rejects",
                64,
                "OUTPUT and --rejects lie in each other (out/rejects); name two new folders",
            ),
            (
                "parts c.ndjson parts/users/new",
                64,
                "OUTPUT (parts/users/new) lies in what is read, users (parts/users); name a new folder elsewhere",
            ),
            (
                "parts c.ndjson c.ndjson",
                64,
                "OUTPUT (c.ndjson) lies in what is read, changes (c.ndjson); name a new folder elsewhere",
            ),
            (
                "parts c.ndjson half",
                1,
                "half is there already; name a new folder",
            ),
            (
                "parts c.ndjson out --rejects half",
                1,
                "half is there already; name a new folder",
            ),
            (
                "parts c.ndjson out --partitions 0",
                64,
                "argument --partitions: 0 is not a whole number from 1 on; apply.py --help shows all",
            ),
            (
                "parts c.ndjson out --strict --max-rejects 3",
                64,
                "argument --max-rejects: not allowed with argument --strict; apply.py --help shows all",
            ),
            (
                "parts c.ndjson out --max-rejects 3x",
                64,
                "invalid value '3x' for '--max-rejects <N|P%>': expected a number such as 100, or a share such as 1%",
            ),
            (
                "parts c.ndjson out --summary none/s",
                1,
                "cannot create none/s: there is no such folder",
            ),
            (
                "parts c.ndjson out --summary half",
                1,
                "cannot create half: it is a folder; name a file",
            ),
            ("m.json c.ndjson out", 64, &a_file),
            ("half c.ndjson out", 64, &half),
            ("none c.ndjson out", 1, &none),
            ("parts none out", 1, "there is no none"),
            ("parts c.ndjson out --playlists none", 1, "there is no none"),
        ],
    );
}

#[test]
fn of_top() {
    let n = |n: &str| {
        format!("N is how many of the highest, a whole number, not {n}; the order is INPUT N")
    };
    check(
        "top.py",
        &[
            ("c.ndjson 5", 64, WITHOUT),
            ("s3a://bucket/scores 5", 64, WITHOUT),
            ("5 c.ndjson", 64, &n("c.ndjson")),
            ("c.ndjson -1", 64, &n("-1")),
            (
                "c.ndjson 18446744073709551616",
                64,
                "invalid value '18446744073709551616' for '<N>': at most 18446744073709551615",
            ),
            ("none 5", 1, "there is no none"),
            (
                "c.ndjson 5 --output c.ndjson",
                64,
                "--output (c.ndjson) lies in what is read, INPUT (c.ndjson); name a new folder elsewhere",
            ),
            (
                "c.ndjson 5 --output half",
                1,
                "half is there already; name a new folder",
            ),
            (
                "c.ndjson 5 --partitions few",
                64,
                "argument --partitions: few is not a whole number from 1 on; top.py --help shows all",
            ),
        ],
    );
}
