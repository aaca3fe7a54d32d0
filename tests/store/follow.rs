//! A source without an end: committed as it comes, ended by a signal, gone on with where its log says.

use std::io::Write;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::database::Place;
use super::support::mixtape;

fn follow(place: &Place) -> Child {
    mixtape()
        .args([
            "apply",
            "--follow",
            "-",
            "--position-member",
            "at",
            "--rejects",
            "rejects",
        ])
        .args(["--db", &place.url])
        .current_dir(place.folder.path(""))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// What a consumer makes of a message, at a place of its log.
fn line(number: usize) -> String {
    let song = if number.is_multiple_of(10) {
        "none"
    } else {
        "s"
    };
    let operation = json!({"type": "add_song_to_playlist", "playlist_id": "1", "song_id": song});
    format!("{{\"at\": \"0:{number}\", \"operation\": {operation}}}\n")
}

fn send(child: &mut Child, text: &str) {
    let input = child.stdin.as_mut().expect("it follows");
    input.write_all(text.as_bytes()).unwrap();
    input.flush().unwrap();
}

fn source(place: &Place) -> Value {
    place.last_source().unwrap_or_default()
}

/// Waits until so many operations are committed; how long that took.
fn wait_for(place: &Place, operations: usize) -> Duration {
    let started = Instant::now();
    while source(place)["operations"] != operations {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "{}",
            source(place)
        );
        thread::sleep(Duration::from_millis(20));
    }
    started.elapsed()
}

/// Nothing more comes.
fn end(mut child: Child) {
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
}

/// Ends a run by a signal; its standard input does not end.
fn terminate(mut child: Child) -> (Option<i32>, String) {
    let input = child.stdin.take();
    let id = child.id().to_string();
    let status = std::process::Command::new("kill")
        .args(["-TERM", &id])
        .status();
    assert!(status.unwrap().success());
    let output = child.wait_with_output().unwrap();
    drop(input);
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn what_comes_is_committed_though_nothing_follows() {
    for place in Place::each_imported() {
        let mut child = follow(&place);
        for number in 1..=3 {
            send(&mut child, &line(number));
            wait_for(&place, number);
            assert_eq!(source(&place)["source_position"], format!("0:{number}"));
        }
        // A part of a line is not taken, and not rejected when the run ends.
        send(&mut child, &line(4)[..20]);
        thread::sleep(Duration::from_millis(100));
        let (code, message) = terminate(child);
        assert_eq!(code, Some(0), "{message}");
        assert!(
            message.contains("3 operations read, 3 applied, 0 rejected"),
            "{message}"
        );
        assert!(message.contains("source position: 0:3"), "{message}");
        assert!(
            place
                .exported()
                .contains("\"song_ids\": [\"s\", \"s\", \"s\"]")
        );
        assert_eq!(source(&place)["is_endless"], true);
    }
}

#[test]
fn a_consumer_that_starts_where_status_says_delivers_all_once() {
    for place in Place::each_imported() {
        let mut sent = 0;
        for round in 0..5 {
            // The log is read from behind the place that is committed.
            let at = source(&place)["source_position"].as_str().map_or(0, |at| {
                at.strip_prefix("0:").unwrap().parse::<usize>().unwrap()
            });
            assert!(at <= sent);
            let mut child = follow(&place);
            let last = (round + 1) * 1000;
            for number in at + 1..=last {
                let mut text = line(number);
                if number == last / 2 {
                    text = format!("{{\"type\": {text}"); // no JSON
                }
                send(&mut child, &text);
            }
            sent = last;
            if round % 2 == 0 {
                child.kill().unwrap();
                child.wait().unwrap();
            } else {
                end(child);
            }
        }
        let at = source(&place)["source_position"]
            .as_str()
            .unwrap()
            .to_owned();
        let at: usize = at.strip_prefix("0:").unwrap().parse().unwrap();
        let rest: String = (at + 1..=5000).map(line).collect();
        let mut child = follow(&place);
        send(&mut child, &rest);
        end(child);
        let exported: Value = serde_json::from_str(&place.exported()).unwrap();
        let songs = exported["playlists"][0]["song_ids"]
            .as_array()
            .unwrap()
            .len();
        let rejects = place.folder.read("rejects");
        assert_eq!(songs + rejects.lines().count(), 5000);
        assert_eq!(source(&place)["operations"], 5000);
        assert_eq!(source(&place)["rejected"], rejects.lines().count());
        let unknown = rejects
            .lines()
            .filter(|line| line.contains("unknown_song"))
            .count();
        assert!((495..=500).contains(&unknown), "{unknown}");
    }
}

#[test]
fn a_busy_source_is_committed_every_second() {
    for place in Place::each_imported() {
        let mut child = follow(&place);
        let mut input = child.stdin.take().unwrap();
        // Never dry: more comes than is applied.
        let feeder = thread::spawn(move || {
            let lines: String = (1..2000).map(line).collect();
            while input.write_all(lines.as_bytes()).is_ok() {}
        });
        let mut seen = Vec::new();
        let started = Instant::now();
        while seen.len() < 4 {
            assert!(started.elapsed() < Duration::from_secs(60));
            let commit = source(&place)["token"].clone();
            if !commit.is_null() && seen.last().is_none_or(|(last, _)| *last != commit) {
                seen.push((commit, started.elapsed()));
            }
            thread::sleep(Duration::from_millis(20));
        }
        let (code, _) = terminate(child);
        assert_eq!(code, Some(0));
        feeder.join().unwrap();
        let slowest = seen
            .windows(2)
            .map(|two| two[1].1 - two[0].1)
            .max()
            .unwrap();
        assert!(slowest < Duration::from_secs(10), "{slowest:?}"); // not a measurement: others run beside us
    }
}

#[test]
fn a_place_of_the_log_can_be_said_for_all_of_it() {
    for place in Place::each_imported() {
        place.folder.write("changes", "[]");
        place.done(&[
            "apply",
            "changes",
            "--source-position",
            "partition 3, offset 17",
        ]);
        assert_eq!(source(&place)["source_position"], "partition 3, offset 17");
        let run = place.done(&["status"]);
        assert!(
            run.stdout
                .contains("source position: partition 3, offset 17"),
            "{}",
            run.stdout
        );
    }
}
