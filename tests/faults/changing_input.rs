//! Inputs that others write to while they are read: an error with exit code 1, no signal, and no wrong output.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use mixtape::io::Rereadable;
use mixtape::json::HoldLimit;
use mixtape::mixtape::Index;
use mixtape::top::{TopOptions, top_file};

use crate::run::{GOOD, MIXTAPE, Place};
use crate::support::{Folder, Run, mixtape};

/// What another program does to a file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Truncated,
    Emptied,
    AppendedTo,
    Rewritten,
}

impl Fault {
    const ALL: [Fault; 4] = [
        Fault::Truncated,
        Fault::Emptied,
        Fault::AppendedTo,
        Fault::Rewritten,
    ];

    fn happens_to(self, path: &Path) {
        let length = fs::metadata(path).unwrap().len();
        let mut file = File::options().append(true).open(path).unwrap();
        match self {
            Fault::Truncated => file.set_len(length / 2).unwrap(),
            Fault::Emptied => file.set_len(0).unwrap(),
            Fault::AppendedTo => file.write_all(b"\n \n").unwrap(),
            // As long as before, and valid JSON.
            Fault::Rewritten => {
                let text = fs::read_to_string(path).unwrap();
                fs::write(path, text.replace("\"1\"", "\"4\"")).unwrap();
            }
        }
    }
}

/// A file that was written long ago: systems tell apart times that are some milliseconds apart, and not less.
fn write_long_ago(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600))
        .unwrap();
}

/// Longer than all buffers together, so that a part is still unread whenever the file changes.
fn long(mixtape: &str) -> String {
    mixtape.replacen(
        "]}\n",
        &format!("], \"x\": \"{}\"}}\n", "x".repeat(4 << 20)),
        1,
    )
}

#[test]
fn a_mixtape_that_changes_after_it_was_indexed_is_exit_1() {
    for fault in Fault::ALL {
        for (mixtape_text, output) in [
            (MIXTAPE.to_owned(), "output.json"),
            (long(MIXTAPE), "output.json"),
            (long(MIXTAPE), "mixtape.json"),
        ] {
            let place = Place::new("", "");
            place.0.write("output.json", "old");
            write_long_ago(&place.path("mixtape.json"), &mixtape_text);
            let mut child =
                place
                    .0
                    .start(["apply", "mixtape.json", "-", output, "--rejects", "rejects"]);
            let mut input = child.stdin.take().unwrap();
            // More than a pipe holds: when all of it is written, CHANGES is being read, and MIXTAPE has been.
            input
                .write_all(format!("{GOOD}\n").repeat(20_000).as_bytes())
                .unwrap();
            fault.happens_to(&place.path("mixtape.json"));
            let changed = fs::read(place.path("mixtape.json")).unwrap();
            drop(input);
            let run = Run::of_child(child);
            assert_changed(&run, "mixtape.json", fault);
            assert_eq!(place.read("output.json"), "old", "{fault:?}");
            assert!(
                fs::read(place.path("mixtape.json")).unwrap() == changed,
                "{fault:?}"
            );
            place.assert_holds("changes.json mixtape.json output.json");
        }
    }
}

#[track_caller]
fn assert_changed(run: &Run, name: &str, fault: Fault) {
    assert_eq!(
        (run.code, &*run.stdout),
        (Some(1), ""),
        "{fault:?}: {run:?}"
    );
    let expected =
        format!("error: cannot use {name}: it was changed while it was read; run again\n");
    assert_eq!(run.stderr, expected, "{fault:?}");
}

#[test]
fn a_mixtape_that_changes_while_it_is_indexed_is_called_changed_and_not_malformed() {
    let limit = HoldLimit {
        bytes: 1 << 20,
        what: "an id",
        flag: "--max-id",
    };
    for fault in Fault::ALL {
        let folder = Folder::new();
        let path = folder.path("mixtape.json");
        write_long_ago(&path, &long(MIXTAPE));
        let mixtape = Rereadable::open(&path, &Default::default()).unwrap();
        fault.happens_to(&path);
        let error = Index::read(&mixtape, limit).err().expect("an error");
        assert_eq!(error.kind().exit_code(), 1, "{fault:?}: {error}");
        assert!(
            error.to_string().contains("was changed"),
            "{fault:?}: {error}"
        );
    }
}

#[test]
fn a_mixtape_that_is_replaced_under_its_name_is_read_to_its_end() {
    let place = Place::new("", "");
    write_long_ago(&place.path("mixtape.json"), &long(MIXTAPE));
    let mut child = mixtape()
        .args(["apply", "mixtape.json", "-", "output.json", "--quiet"])
        .current_dir(place.path(""))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&[b'\n'; 1 << 20]).unwrap();
    place.0.write("new.json", "{}");
    fs::rename(place.path("new.json"), place.path("mixtape.json")).unwrap();
    input.write_all(GOOD.as_bytes()).unwrap();
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let expected = long(MIXTAPE).replace("[\"1\"]", "[\"1\", \"8\"]");
    assert!(place.read("output.json") == expected);
}

#[test]
fn scores_that_change_while_they_are_read_are_an_error_of_that_file() {
    let lines = "1: {\"id\": \"1\"}\n".repeat(10_000);
    for fault in Fault::ALL {
        for threads in [1, 2] {
            let folder = Folder::new();
            let path = folder.path("scores");
            write_long_ago(&path, &lines);
            let file = Rereadable::open(&path, &Default::default()).unwrap();
            fault.happens_to(&path);
            let threads = NonZeroUsize::new(threads).unwrap();
            let error = top_file(&file, &TopOptions::default(), threads).err();
            let error = error.expect("an error");
            assert_eq!(error.kind().exit_code(), 1, "{fault:?}: {error}");
            assert!(
                error.to_string().contains("was changed"),
                "{fault:?}: {error}"
            );
        }
    }
}

/// CHANGES is read once: whoever cut it would else get fewer operations applied, and exit code 0.
#[test]
fn changes_that_change_while_they_are_read_are_exit_1() {
    for fault in Fault::ALL {
        for redirected in [false, true] {
            let place = Place::new("", "");
            place.0.write("output.json", "old");
            let changes = place.path("changes.json");
            write_long_ago(&changes, &format!("{GOOD}\n").repeat(1_000));
            // It is opened before the copy of MIXTAPE begins, and read after it has ended.
            let mut command = mixtape();
            let mut pipe = None;
            if redirected {
                let made = std::process::Command::new("mkfifo")
                    .arg(place.path("pipe"))
                    .status();
                assert!(made.unwrap().success());
                command
                    .args(["apply", "pipe", "-", "output.json"])
                    .stdin(File::open(&changes).unwrap());
            } else {
                command
                    .args(["apply", "-", "changes.json", "output.json"])
                    .stdin(Stdio::piped());
            }
            let mut child = command
                .current_dir(place.path(""))
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            if redirected {
                let opened = File::options().write(true).open(place.path("pipe"));
                pipe = Some(opened.unwrap());
                fs::remove_file(place.path("pipe")).unwrap();
            }
            let text = long(MIXTAPE);
            let (start, rest) = text.as_bytes().split_at(text.len() / 2);
            let mut input: Box<dyn Write> = match pipe {
                Some(pipe) => Box::new(pipe),
                None => Box::new(child.stdin.take().unwrap()),
            };
            input.write_all(start).unwrap();
            fault.happens_to(&changes);
            input.write_all(rest).unwrap();
            drop(input);
            let run = Run::of_child(child);
            assert_eq!(run.code, Some(1), "{fault:?}, {redirected}: {run:?}");
            assert!(
                run.stderr.contains("it was changed while it was read"),
                "{run:?}"
            );
            assert_eq!(place.read("output.json"), "old");
            place.assert_holds("changes.json mixtape.json output.json");
        }
    }
}

/// The temporary copy of a piped MIXTAPE is mapped; it has no name by which anybody could shrink it.
#[test]
fn the_copy_of_a_piped_mixtape_has_no_name() {
    let place = Place::new("", GOOD);
    let mut child = mixtape()
        .args(["apply", "-", "changes.json", "-", "--quiet"])
        .current_dir(place.path(""))
        .env("TMPDIR", place.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = long(MIXTAPE);
    let mut input = child.stdin.take().unwrap();
    // More than a pipe holds: it is being copied.
    let (start, rest) = text.as_bytes().split_at(text.len() / 2);
    input.write_all(start).unwrap();
    place.assert_holds("changes.json mixtape.json");
    input.write_all(rest).unwrap();
    drop(input);
    let mut output = child.stdout.take().unwrap();
    let mut first = [0; 10];
    output.read_exact(&mut first).unwrap();
    place.assert_holds("changes.json mixtape.json");
    let mut bytes = Vec::new();
    output.read_to_end(&mut bytes).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
