//! Files and folders that may not be read or written: said before anything is read, as a user who is not root sees it.

use std::fs;
use std::process::{Command, Stdio};

use crate::run::{GOOD, MIXTAPE};
use crate::support::Run;
use crate::support::unprivileged::Unprivileged;

/// A place with inputs, and with outputs of an earlier run.
fn place(mixtape: &str, changes: &str) -> Unprivileged {
    let place = Unprivileged::new();
    fs::create_dir(place.path("folder")).unwrap();
    for (name, text) in [
        ("mixtape.json", mixtape),
        ("changes.json", changes),
        ("old.json", "old"),
        ("folder/old.json", "old"),
        ("scores", "1: {\"id\": 1}\n"),
    ] {
        fs::write(place.path(name), text).unwrap();
    }
    place.give_all();
    place
}

fn run(place: &Unprivileged, arguments: &str) -> Run {
    let mut command = Command::new(place.programs().join("mixtape"));
    command
        .args(arguments.split(' '))
        .current_dir(place.path(""))
        .stdin(Stdio::null());
    place.run_as(&mut command);
    Run::of(command.output().expect("the program starts"))
}

fn names_in(place: &Unprivileged, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(place.path(folder)).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_may_not_be_written_is_exit_1_before_anything_is_read() {
    // What is closed, with which mode, and the output that is then refused.
    let rows = [
        ("folder", 0o555, "folder/new.json"),
        ("folder", 0o555, "folder/old.json"),
        ("folder", 0o000, "folder/old.json"),
        ("folder", 0o666, "folder/old.json"),
        ("old.json", 0o444, "old.json"),
        ("folder/old.json", 0o000, "folder/old.json"),
    ];
    for (closed, mode, output) in rows {
        for arguments in [
            format!("apply mixtape.json changes.json {output}"),
            format!("apply mixtape.json changes.json output.json --rejects {output}"),
            format!("apply mixtape.json changes.json output.json --summary {output}"),
        ] {
            // The inputs are worse still: nobody has looked at them yet.
            let place = place("no mixtape", "no changes");
            place.set_mode(closed, mode);
            let run = run(&place, &arguments);
            assert_eq!(run.code, Some(1), "{arguments}: {run:?}");
            let start = format!("error: {output}: write error: ");
            assert!(run.stderr.starts_with(&start), "{arguments}: {run:?}");
            let said = run.stderr.to_lowercase();
            assert!(said.contains("permission denied"), "{run:?}");
            assert_eq!(said.lines().count(), 1, "{run:?}");
            place.set_mode("folder", 0o755);
            let names = [
                "changes.json",
                "folder",
                "mixtape.json",
                "old.json",
                "scores",
            ];
            assert_eq!(names_in(&place, ""), names, "{arguments}");
            assert_eq!(names_in(&place, "folder"), ["old.json"], "{arguments}");
            assert_eq!(fs::metadata(place.path("old.json")).unwrap().len(), 3);
        }
    }
}

#[test]
fn what_may_not_be_read_is_exit_1_and_named() {
    for (closed, mode, arguments, name) in [
        (
            "mixtape.json",
            0o000,
            "apply mixtape.json changes.json output.json",
            "mixtape.json",
        ),
        (
            "mixtape.json",
            0o222,
            "apply mixtape.json changes.json mixtape.json",
            "mixtape.json",
        ),
        (
            "changes.json",
            0o000,
            "apply mixtape.json changes.json output.json",
            "changes.json",
        ),
        (
            "folder",
            0o000,
            "apply folder/old.json changes.json output.json",
            "folder/old.json",
        ),
        ("scores", 0o000, "top scores 1", "scores"),
        ("folder", 0o000, "top folder/old.json 1", "folder/old.json"),
    ] {
        let place = place(MIXTAPE, GOOD);
        place.set_mode(closed, mode);
        let run = run(&place, arguments);
        assert_eq!(
            (run.code, &*run.stdout),
            (Some(1), ""),
            "{arguments}: {run:?}"
        );
        let expected = format!("error: cannot open {name}: Permission denied (os error 13)\n");
        assert_eq!(run.stderr, expected, "{arguments}");
        assert!(!place.path("output.json").exists(), "{arguments}");
    }
}

/// The file itself may be written: it is the folder that may not.
#[test]
fn a_folder_in_which_no_temporary_file_can_be_made_is_named() {
    let place = place("no mixtape", "no changes");
    place.set_mode("folder", 0o555);
    let run = run(&place, "apply mixtape.json changes.json folder/old.json");
    let expected = "error: folder/old.json: write error: it is made under a temporary name first, and folder takes no new \
                    file: permission denied\n";
    assert_eq!((run.code, &*run.stderr), (Some(1), expected));
}

#[test]
fn an_unprivileged_user_can_do_what_is_allowed() {
    let place = place(MIXTAPE, GOOD);
    place.set_mode("mixtape.json", 0o444);
    place.set_mode("changes.json", 0o400);
    let run = run(&place, "apply mixtape.json changes.json old.json --quiet");
    assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{run:?}");
    let output = fs::read_to_string(place.path("old.json")).unwrap();
    assert_eq!(output, MIXTAPE.replace("[\"1\"]", "[\"1\", \"8\"]"));
}
