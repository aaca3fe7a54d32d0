//! SIGINT, SIGTERM and SIGHUP: the run ends at once, its temporary files go, its targets stay.
#![cfg(unix)]

mod support;

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::Folder;
use support::signals::{attentive, send};

/// Waits until there are so many files, temporary ones included.
fn wait_for_files(folder: &Folder, count: usize) {
    let began = Instant::now();
    while folder.names().len() < count {
        let names = folder.names();
        assert!(began.elapsed() < Duration::from_secs(60), "{names:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_signal_removes_the_temporary_files_and_leaves_the_outputs_as_they_were() {
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let folder = Folder::new();
        folder.write(
            "mixtape.json",
            r#"{"users": [], "songs": [], "playlists": []}"#,
        );
        folder.write("output.json", "old");
        let mut child = attentive()
            .args("apply mixtape.json - output.json --rejects rejects.ndjson".split(' '))
            .current_dir(folder.path(""))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It waits for changes; both temporary files are there by then.
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"[").unwrap();
        wait_for_files(&folder, 4);
        assert!(send(signal, &child));
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(code), "{signal}");
        assert_eq!(folder.names(), ["mixtape.json", "output.json"], "{signal}");
        assert_eq!(folder.read("output.json"), "old", "{signal}");
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(said, "", "{signal}");
    }
}

#[test]
fn a_signal_at_any_moment_leaves_no_temporary_file() {
    let folder = Folder::new();
    folder.write(
        "mixtape.json",
        r#"{"users": [], "songs": [], "playlists": []}"#,
    );
    folder.write("changes.json", "[]");
    for round in 0..60u64 {
        let mut child = attentive()
            .args("apply mixtape.json changes.json output.json --rejects rejects -q".split(' '))
            .current_dir(folder.path(""))
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(round * 83 % 4_000));
        send("TERM", &child);
        let code = child.wait().unwrap().code();
        // Before the watch begins a signal ends the program as it does by default.
        assert!(matches!(code, Some(0 | 143) | None), "{code:?}");
        let names = folder.names();
        assert!(
            !names.iter().any(|name| name.ends_with(".partial")),
            "{code:?}: {names:?}"
        );
    }
}

#[test]
fn a_signal_that_was_ignored_at_the_start_stays_ignored() {
    let folder = Folder::new();
    folder.write(
        "mixtape.json",
        r#"{"users": [], "songs": [], "playlists": []}"#,
    );
    let mut child = Command::new("sh")
        .args([
            "-c",
            "trap '' HUP; exec \"$MIXTAPE\" apply mixtape.json - output.json -q",
        ])
        .env("MIXTAPE", env!("CARGO_BIN_EXE_mixtape"))
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for_files(&folder, 2);
    assert!(send("HUP", &child));
    std::thread::sleep(Duration::from_millis(50));
    child.stdin.take().unwrap().write_all(b"[]").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
