//! Standard output that leads to an input: written through, it would destroy what is still to be read.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::run::{BAD, GOOD, MIXTAPE, Place};
use crate::support::{Folder, Run, mixtape};

#[test]
fn standard_output_that_is_an_input_is_refused_before_anything_is_written() {
    let changes = format!("{GOOD}\n{BAD}\n");
    let rows: [(&[&str], &str, &str); 4] = [
        (
            &["mixtape.json", "changes.json", "-"],
            "mixtape.json",
            "OUTPUT is MIXTAPE",
        ),
        (
            &["mixtape.json", "changes.json", "-"],
            "changes.json",
            "OUTPUT is CHANGES",
        ),
        (
            &[
                "mixtape.json",
                "changes.json",
                "output.json",
                "--rejects",
                "-",
            ],
            "mixtape.json",
            "the --rejects file is MIXTAPE",
        ),
        (
            &[
                "mixtape.json",
                "changes.json",
                "output.json",
                "--summary",
                "-",
            ],
            "changes.json",
            "the --summary file is CHANGES",
        ),
    ];
    for (arguments, target, message) in rows {
        for append in [false, true] {
            let place = Place::new(MIXTAPE, &changes);
            // As `>> mixtape.json` and `1<> mixtape.json`.
            let mut options = File::options();
            let stdout = options.write(true).append(append).open(place.path(target));
            let output = mixtape()
                .arg("apply")
                .args(arguments)
                .current_dir(place.path(""))
                .stdin(Stdio::null())
                .stdout(stdout.unwrap())
                .output();
            let run = Run::of(output.unwrap()).assert_code(64);
            assert!(
                run.stderr.starts_with(&format!("error: {message} ")),
                "{run:?}"
            );
            assert_eq!(place.read("mixtape.json"), MIXTAPE);
            assert_eq!(place.read("changes.json"), changes);
            place.assert_holds("changes.json mixtape.json");
        }
    }
}

#[test]
fn what_is_printed_into_a_file_that_is_read_or_written_is_refused() {
    for (arguments, message) in [
        ("top input 3", "standard output is FILE (input)"),
        ("top - 3 < input", "standard output is FILE (-)"),
        ("status --db input", "standard output is the database"),
        (
            "get playlist 1 --db sqlite:./input",
            "standard output is the database",
        ),
        (
            "works --db input --user ada",
            "standard output is the database",
        ),
        ("report --db input", "standard output is the database"),
        (
            "report --db other --html input --format csv",
            "the page and standard output are the same",
        ),
    ] {
        let folder = Folder::new();
        folder.write("input", "1: {\"id\": 1}\n");
        let output = Command::new("sh")
            .args(["-c", &format!("\"$MIXTAPE\" {arguments} >> input")])
            .env("MIXTAPE", env!("CARGO_BIN_EXE_mixtape"))
            .current_dir(folder.path(""))
            .output();
        let run = Run::of(output.unwrap());
        assert_eq!(run.code, Some(64), "{arguments}: {run:?}");
        assert!(run.stderr.contains(message), "{arguments}: {run:?}");
        assert_eq!(folder.read("input"), "1: {\"id\": 1}\n", "{arguments}");
        assert_eq!(folder.names(), ["input"], "{arguments}");
    }
}

/// What is behind these names is an open file of the shell: others write to it too.
#[test]
fn a_file_behind_a_descriptor_is_written_where_it_stands_and_never_replaced() {
    let place = Place::new(MIXTAPE, GOOD);
    let plain = place
        .run("mixtape.json changes.json -", &["--quiet"])
        .assert_code(0)
        .stdout;
    let run = |script: &str| {
        place.0.write("log", "old\n");
        let status = Command::new("sh")
            .args(["-c", script])
            .env("MIXTAPE", env!("CARGO_BIN_EXE_mixtape"))
            .current_dir(place.path(""))
            .status();
        assert!(status.unwrap().success(), "{script}");
        place.read("log")
    };
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let script = format!(
            "(echo header; \"$MIXTAPE\" apply mixtape.json changes.json {name} -q; echo trailer) > log"
        );
        assert_eq!(run(&script), format!("header\n{plain}trailer\n"), "{name}");
    }
    for (name, redirection) in [
        ("/dev/stderr", "2>>log"),
        ("/dev/fd/3", "3>>log"),
        ("/dev/stdout", ">>log"),
    ] {
        let script =
            format!("\"$MIXTAPE\" apply mixtape.json changes.json {name} -q {redirection}");
        assert_eq!(run(&script), format!("old\n{plain}"), "{name}");
    }
}
