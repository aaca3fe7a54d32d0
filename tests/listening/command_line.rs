//! How `consolidate` is called.

use super::support::Folder;

const PLAYLISTS: &str = "{\"user\": \"ada\", \"playlist_01\": [1, 2]}\n";
const EVENTS: &str = "user,track,context,seconds\nada,1,playlist_01,60\nada,1,album,7\n";

fn place() -> Folder {
    let folder = Folder::new();
    folder.write("playlists", PLAYLISTS);
    folder.write("events", EVENTS);
    folder
}

fn arguments(line: &str) -> impl Iterator<Item = &str> {
    ["consolidate"].into_iter().chain(line.split_whitespace())
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    for (line, message) in [
        ("playlists", "EVENTS"),
        ("- -", "standard input"),
        ("playlists events --out events", "it would be overwritten"),
        (
            "playlists events --out ./playlists",
            "it would be overwritten",
        ),
        ("playlists events --db events", "it would be overwritten"),
        (
            "playlists events --rejects playlists",
            "it would be overwritten",
        ),
        ("playlists events --out x --rejects x", "are the same"),
        ("playlists events --out x --db sqlite:x", "are the same"),
        ("playlists events --out - --summary -", "are the same"),
        ("playlists events --map user", "FIELD=COLUMN"),
        (
            "playlists events --map listener=uid",
            "is none of user, track",
        ),
        ("playlists events --map track=", "cannot be left out"),
        ("playlists events --max-memory 31MiB", "32 MiB"),
        ("playlists events --threads 0", "threads"),
        (
            "playlists events --db mysql://x/y",
            "no database that is known",
        ),
    ] {
        let folder = place();
        let run = folder.run(arguments(line));
        assert_eq!(run.code, Some(64), "{line}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{line}: {}", run.stderr);
        assert_eq!(folder.names(), ["events", "playlists"], "{line}");
        assert_eq!(folder.read("events"), EVENTS);
    }
}

#[test]
fn what_cannot_be_opened_is_named() {
    for (line, name) in [
        ("missing events", "missing"),
        ("playlists missing", "missing"),
        ("playlists events --out no/folder", "no/folder"),
        ("playlists events --db no/folder/x.db", "no/folder/x.db"),
        ("playlists events --rejects no/folder", "no/folder"),
    ] {
        let folder = place();
        let run = folder.run(arguments(line));
        assert_eq!(run.code, Some(1), "{line}: {}", run.stderr);
        assert!(run.stderr.contains(name), "{line}: {}", run.stderr);
        assert_eq!(folder.names(), ["events", "playlists"], "{line}");
    }
}

#[test]
fn where_nobody_says_where_to_it_goes_into_a_database_here() {
    let folder = place();
    let run = folder.run(arguments("playlists events"));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("personalized_playlists of mixtape.db: 2 rows"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.names(), ["events", "mixtape.db", "playlists"]);
}

#[test]
fn the_summary_says_what_was_done_and_taken_for_what() {
    let folder = place();
    let run = folder.run(arguments(
        "playlists events --out table --summary - --quiet",
    ));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let events = &summary["events"];
    assert_eq!(events["read"], 2);
    assert_eq!(events["counted"], 1);
    assert_eq!(events["other_context"], 1);
    assert_eq!(events["seconds"], 60);
    assert_eq!(events["bytes"], EVENTS.len());
    assert_eq!(
        events["taken"][3],
        serde_json::json!({"field": "context", "names": "context"})
    );
    assert_eq!(summary["playlists"]["bytes"], PLAYLISTS.len());
    assert_eq!(summary["table"]["rows"], 2);
    assert_eq!(summary["table"]["recommended_heard"], 1);
    assert_eq!(summary["spilled"], 0);
}

#[test]
fn pipes_compressed_files_and_standard_output_are_as_good_as_files() {
    let folder = place();
    let plain = folder.run(arguments("playlists events --out - --quiet"));
    assert_eq!(plain.code, Some(0), "{}", plain.stderr);
    let piped = folder.run_with_input(arguments("playlists - --out - --quiet"), EVENTS.as_bytes());
    assert_eq!((piped.code, &piped.stdout), (Some(0), &plain.stdout));
    let piped = folder.run_with_input(arguments("- events --out - --quiet"), PLAYLISTS.as_bytes());
    assert_eq!((piped.code, &piped.stdout), (Some(0), &plain.stdout));
    let compressed = zstd::encode_all(EVENTS.as_bytes(), 1).unwrap();
    folder.write("compressed", &compressed);
    let run = folder.run(arguments("playlists compressed --out - --quiet"));
    assert_eq!((run.code, &run.stdout), (Some(0), &plain.stdout));
    // Cut anywhere it is an error, and the table that was there stays.
    folder.write("table", "as it was");
    folder.write("rejects", "these too");
    for length in 1..compressed.len() {
        folder.write("compressed", &compressed[..length]);
        let run = folder.run(arguments(
            "playlists compressed --out table --rejects rejects --quiet",
        ));
        assert_eq!(run.code, Some(2), "{length}: {}", run.stderr);
        assert_eq!(
            folder.read("table") + &folder.read("rejects"),
            "as it wasthese too"
        );
    }
}
