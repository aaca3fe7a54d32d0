//! SIGINT, SIGTERM and SIGHUP: the run ends at once, its temporary files go, its targets stay.
#![cfg(unix)]

mod support;

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{Folder, mixtape};

#[test]
fn a_signal_removes_the_temporary_files_and_leaves_the_outputs_as_they_were() {
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let folder = Folder::new();
        folder.write(
            "mixtape.json",
            r#"{"users": [], "songs": [], "playlists": []}"#,
        );
        folder.write("output.json", "old");
        let mut child = mixtape()
            .args("apply mixtape.json - output.json --rejects rejects.ndjson".split(' '))
            .current_dir(folder.path(""))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It waits for changes; both temporary files are there by then.
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"[").unwrap();
        let began = Instant::now();
        while folder.names().len() < 4 {
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "{:?}",
                folder.names()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
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
