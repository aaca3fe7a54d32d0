//! A run that ends early is gone on with where its last commit ended; a source that was applied is not applied again.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::database::{MIXTAPE, Place};
use super::files::Files;
use super::support::{Run, mixtape};

/// Adds the song so many times, and one that is not there each third time.
fn lines(count: usize) -> String {
    let line = |number: usize| {
        let song = if number.is_multiple_of(3) {
            "none"
        } else {
            "s"
        };
        let padding = format!("{number:0>80}"); // long enough that the first ones are more than a head
        let operation = json!({
            "type": "add_song_to_playlist", "playlist_id": "1", "song_id": song, "x": padding,
        });
        format!("{operation}\n")
    };
    (1..=count).map(line).collect()
}

fn array(count: usize) -> String {
    let lines = lines(count);
    format!("[\n{}\n]\n", lines.trim_end().replace('\n', ",\n"))
}

fn grouped(count: usize) -> String {
    let update = |number: usize| {
        let song = if number.is_multiple_of(3) {
            "none"
        } else {
            "s"
        };
        json!({"id": "1", "songs": [song], "x": format!("{number:0>80}")}).to_string()
    };
    let updates: Vec<String> = (1..=count).map(update).collect();
    format!(
        "{{\"additions\": {{\"existing_playlists_to_update\": [\n{}\n]}}}}",
        updates.join(",\n")
    )
}

const APPLY: [&str; 6] = ["apply", "changes", "--rejects", "rejects", "--batch", "10"];
const APPLY_PIPE: [&str; 6] = ["apply", "-", "--rejects", "rejects", "--batch", "10"];

fn piped(place: &Place, changes: &str) -> Run {
    let arguments = [&APPLY_PIPE[..], &["--db", &place.url]].concat();
    place.folder.run_with_input(arguments, changes.as_bytes())
}

fn source(place: &Place) -> Value {
    place.last_source().unwrap()
}

fn expected(changes: &str) -> (String, String) {
    let files = Files::of(MIXTAPE, changes);
    (files.output, files.rejects)
}

#[test]
fn what_is_wrong_in_a_file_is_mended_and_the_rest_applied() {
    for place in Place::each_imported() {
        for (format, whole) in [("array", array(95)), ("grouped", grouped(95))] {
            place.done(&["import", "mixtape.json", "--replace"]);
            // Cut within the operation 57 or so: what stands before it takes effect.
            let cut = whole.len() * 6 / 10;
            place.folder.write("changes", &whole[..cut]);
            let run = place.run(&APPLY);
            assert_eq!(run.code, Some(2), "{format}: {}", run.stderr);
            let begun = source(&place);
            assert_eq!(begun["is_done"], false);
            let done = begun["operations"].as_u64().unwrap();
            assert!((50..60).contains(&done), "{format}: {begun}");
            place.folder.write("changes", &whole);
            let run = place.done(&APPLY);
            assert!(
                run.stderr
                    .contains(&format!("goes on behind the {done} operations")),
                "{}",
                run.stderr
            );
            let (output, rejects) = expected(&whole);
            assert_eq!(place.exported(), output, "{format}");
            assert_eq!(place.folder.read("rejects"), rejects, "{format}");
            assert_eq!(source(&place)["is_done"], true);
            place.folder.write("rejects", "untouched");
            let run = place.done(&APPLY);
            assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
            assert_eq!(place.folder.read("rejects"), "untouched");
            assert_eq!(place.exported(), output, "{format}");
        }
    }
}

#[test]
fn a_pipe_is_read_up_to_where_it_goes_on() {
    for place in Place::each_imported() {
        for whole in [array(95), grouped(95)] {
            place.done(&["import", "mixtape.json", "--replace"]);
            let run = piped(&place, &whole[..whole.len() / 2]);
            assert_eq!(run.code, Some(2), "{}", run.stderr);
            let other = whole.replacen("0000000000020", "0000000000xx0", 1);
            assert_ne!(other, whole);
            for wrong in [&other[..], &whole[..whole.len() / 4], "[]"] {
                let run = piped(&place, wrong);
                assert_eq!(run.code, Some(2), "{}", run.stderr);
                assert!(
                    run.stderr.contains("is not what was begun"),
                    "{}",
                    run.stderr
                );
            }
            let run = piped(&place, &whole);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            let (output, rejects) = expected(&whole);
            assert_eq!(place.exported(), output);
            assert_eq!(place.folder.read("rejects"), rejects);
            let run = piped(&place, &whole);
            assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
            // What was piped is known as a file, too.
            place.folder.write("changes", &whole);
            let run = place.done(&APPLY);
            assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
        }
    }
}

#[test]
fn compressed_changes_are_gone_on_with() {
    let Some(place) = Place::each_imported().into_iter().next() else {
        return;
    };
    let whole = array(95);
    let compress = |text: &str| {
        let mut encoder = mixtape_gzip();
        encoder.write_all(text.as_bytes());
        encoder.finish()
    };
    place
        .folder
        .write("changes", compress(&whole[..whole.len() / 2]));
    assert_eq!(place.run(&APPLY).code, Some(2));
    assert!(source(&place)["operations"].as_u64().unwrap() > 40);
    place.folder.write("changes", compress(&whole));
    place.done(&APPLY);
    assert_eq!(
        (place.exported(), place.folder.read("rejects")),
        expected(&whole)
    );
}

/// Compresses by the program `gzip`.
struct Gzip(std::process::Child);

fn mixtape_gzip() -> Gzip {
    let mut gzip = std::process::Command::new("gzip");
    let child = gzip.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    Gzip(child.expect("gzip"))
}

impl Gzip {
    fn write_all(&mut self, bytes: &[u8]) {
        self.0.stdin.take().unwrap().write_all(bytes).unwrap();
    }

    fn finish(self) -> Vec<u8> {
        self.0.wait_with_output().unwrap().stdout
    }
}

#[test]
fn lines_added_to_a_log_are_applied_and_no_others() {
    for place in Place::each_imported() {
        for count in [40, 41, 95, 95] {
            place.folder.write("changes", lines(count));
            place.done(&APPLY);
        }
        assert_eq!(
            (place.exported(), place.folder.read("rejects")),
            expected(&lines(95))
        );
        assert_eq!(source(&place)["operations"], 95);
        // Another file that begins alike is another source.
        place.folder.write("other", lines(96));
        place.done(&["apply", "other", "--rejects", "other rejects"]);
        assert_eq!(source(&place)["operations"], 96);
    }
}

#[test]
fn another_file_in_place_of_one_that_was_begun_is_refused_unless_it_is_meant() {
    for place in Place::each_imported() {
        let whole = array(95);
        place.folder.write("changes", &whole[..whole.len() / 2]);
        assert_eq!(place.run(&APPLY).code, Some(2));
        let before = place.exported();
        place.folder.write("changes", "[]");
        let run = place.run(&APPLY);
        assert_eq!(run.code, Some(2));
        assert!(
            run.stderr
                .contains("say --new-source where this is another"),
            "{}",
            run.stderr
        );
        assert_eq!(place.exported(), before);
        place.done(&[&APPLY[..], &["--new-source"]].concat());
    }
}

#[test]
fn a_reject_file_that_is_not_there_any_more_is_missed() {
    for place in Place::each_imported() {
        let whole = array(95);
        place.folder.write("changes", &whole[..whole.len() / 2]);
        assert_eq!(place.run(&APPLY).code, Some(2));
        place.folder.write("changes", &whole);
        std::fs::rename(place.folder.path("rejects"), place.folder.path("moved")).unwrap();
        let run = place.run(&APPLY);
        assert_eq!(run.code, Some(1));
        assert!(
            run.stderr.contains("were written to it before"),
            "{}",
            run.stderr
        );
        std::fs::rename(place.folder.path("moved"), place.folder.path("rejects")).unwrap();
        place.done(&APPLY);
        assert_eq!(
            (place.exported(), place.folder.read("rejects")),
            expected(&whole)
        );
    }
}

#[test]
fn strict_keeps_what_was_committed_and_stops_at_the_same_place_again() {
    for place in Place::each_imported() {
        let text = lines(2) + &lines(2) + &lines(3);
        place.folder.write("changes", &text);
        let strict = ["apply", "changes", "--strict", "--batch", "2"];
        for _ in 0..2 {
            let run = place.run(&strict);
            assert_eq!(run.code, Some(2));
            assert!(
                run.stderr
                    .contains("changes:7:1: operation 7, $: unknown_song"),
                "{}",
                run.stderr
            );
            assert_eq!(source(&place)["operations"], 6);
        }
        let run = place.run(&["apply", "changes", "--max-rejects", "0"]);
        assert_eq!(run.code, Some(2));
        assert!(
            run.stderr.contains("1 of 7 operations are rejected"),
            "{}",
            run.stderr
        );
        assert_eq!(place.run(&["apply", "changes"]).code, Some(3));
        assert_eq!(source(&place)["is_done"], true);
    }
}

#[test]
fn the_second_to_apply_is_told_who_is_at_work() {
    // Whoever is second waits for ten seconds: on all engines at once.
    std::thread::scope(|scope| {
        for place in Place::each_imported() {
            scope.spawn(move || second_is_told(&place));
        }
    });
}

fn second_is_told(place: &Place) {
    let mut first = mixtape();
    let mut first = first
        .args(["apply", "-", "--db", &place.url])
        .current_dir(place.folder.path(""))
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It holds the store until its changes end; others read meanwhile.
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let run = loop {
        place.folder.write("changes", lines(1));
        let run = place.run(&["apply", "changes", "--new-source"]);
        if run.code == Some(1) || std::time::Instant::now() > until {
            break run;
        }
    };
    assert!(run.stderr.contains("works on it"), "{}", run.stderr);
    assert!(run.stderr.contains("process "), "{}", run.stderr);
    place.exported();
    place.status();
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    place.done(&["apply", "changes", "--new-source"]);
}
