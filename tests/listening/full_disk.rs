//! No space left: for the table, for the rejects, for the database, for what does not fit into memory.

use std::process::Command;

use super::database::TestDatabase;
use super::scene::Listening;
use super::support::Run;

/// The program where no file can become larger than so many KiB, as on a full disk.
fn with_short_files(listening: &Listening, kib: u64, arguments: &str) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kib * 2);
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_mixtape")]);
    command.arg("consolidate").args(arguments.split(' '));
    command.env("TMPDIR", listening.folder.path(""));
    let output = command.current_dir(listening.folder.path("")).output();
    Run::of(output.unwrap())
}

#[test]
fn a_full_disk_leaves_all_files_as_they_were_and_names_the_one_that_did_not_fit() {
    let listening = Listening::new(800);
    let database = TestDatabase::sqlite();
    // Of rejects there are many, so that they do not fit either.
    let header = "userId,trackId,listeningContext,secondsStreamed\n";
    let useless = header.to_owned() + &"ada,1,playlist_01,never\n".repeat(10_000);
    let useless = listening.folder.write("useless.events", useless);
    let database_fails = format!("cannot write {}", database.path().display());
    for (arguments, name) in [
        (
            "one.playlists one.events --rejects rejects --out table.csv",
            "table.csv: write error",
        ),
        (
            "one.playlists useless.events --rejects rejects",
            "rejects: write error",
        ),
        (
            "one.playlists one.events --rejects /dev/null",
            &*database_fails,
        ),
        (
            "one.playlists one.events --rejects rejects --max-memory 32MiB --out table.csv",
            "the temporary file for --max-memory (TMPDIR): write error",
        ),
    ] {
        listening.folder.write("table.csv", "old");
        listening.folder.write("rejects", "old too");
        if name.contains("max-memory") {
            // As much as does not fit into memory.
            let long = "x".repeat(8_000);
            let line =
                |user| format!(r#"{{"user":"{user}{long}","playlist_01":["{long}{user}"]}}"#);
            let lines: Vec<String> = (0..1_000).map(line).collect();
            listening.folder.write("one.playlists", lines.join("\n"));
        }
        let arguments = format!("{arguments} --quiet --db {}", database.url);
        let run = with_short_files(&listening, 1024, &arguments);
        assert_eq!(run.code, Some(1), "{name}: {run:?}");
        assert!(
            run.stderr.starts_with(&format!("error: {name}")),
            "{name}: {run:?}"
        );
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        listening.check_files_are_as_they_were();
        assert!(
            database.files().is_empty(),
            "{name}: {:?}",
            database.files()
        );
    }
    std::fs::remove_file(useless).unwrap();
}

#[test]
fn full_devices_are_errors_that_name_them() {
    let listening = Listening::new(5);
    for (arguments, name) in [
        ("--out /dev/full --rejects rejects", "/dev/full"),
        ("--out table.csv --rejects /dev/full", "/dev/full"),
    ] {
        listening.folder.write("table.csv", "old");
        listening.folder.write("rejects", "old too");
        let line = format!("consolidate one.playlists one.events --quiet {arguments}");
        let run = listening.folder.run(line.split(' '));
        assert_eq!(run.code, Some(1), "{run:?}");
        let expected = format!("error: {name}: write error: No space left on device");
        assert!(run.stderr.starts_with(&expected), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        assert_eq!(listening.folder.read("table.csv"), "old");
        listening.check_nothing_is_left();
    }
}
