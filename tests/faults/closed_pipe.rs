//! A reader that has seen enough: exit code 0, nothing said, and nothing more is read for nobody.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::process::{Repeated, pour};
use crate::run::{BAD, MIXTAPE, Place};
use crate::support::{Run, give, read_little, skipped};

#[test]
fn endless_changes_are_not_read_on_when_nobody_reads_the_rejects() {
    const OFFERED: u64 = 1 << 30;
    let place = Place::new(MIXTAPE, "");
    let arguments = "apply mixtape.json - output.json --rejects -";
    let mut child = place.0.start(arguments.split(' '));
    let input = child.stdin.take().unwrap();
    let endless = Repeated::new("{\"type\": \"remove_playlist\", \"playlist_id\": \"7\"}\n");
    let writer = std::thread::spawn(|| pour(endless.take(OFFERED), input));
    read_little(&mut child);
    let run = Run::of_child(child);
    // OUTPUT would lack what nobody has read.
    let gone = "error: <stdout>: write error: the reader of the rejects has gone\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), gone));
    let taken = writer.join().unwrap();
    // Two windows, the sink's buffer and three pipes; a hundred times less than was there.
    assert!(taken < 8 << 20, "{taken} bytes were read");
    place.assert_holds("changes.json mixtape.json");
}

/// Bytes that a shell and its children have read, as Linux counts them.
#[cfg(target_os = "linux")]
fn bytes_read(io: &str) -> Option<u64> {
    let line = io.lines().find_map(|line| line.strip_prefix("rchar: "))?;
    line.parse().ok()
}

#[cfg(target_os = "linux")]
#[test]
fn the_rest_of_the_mixtape_is_not_read_when_nobody_reads_the_output() {
    const LENGTH: u64 = 32 << 20;
    let long = format!("{{\"x\": \"{}\", ", "x".repeat(LENGTH as usize));
    let place = Place::new(MIXTAPE.replacen('{', &long, 1), "[]");
    // The kernel adds what a child has read to its parent when that has waited for it.
    let script =
        "\"$0\" apply mixtape.json changes.json -; echo \"code $?\" >&2; cat /proc/$$/io >&2";
    let mut child = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_mixtape")])
        .current_dir(place.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    read_little(&mut child);
    let run = Run::of_child(child);
    let io = run.stderr.strip_prefix("code 0\n").expect(&run.stderr);
    let Some(read) = bytes_read(io) else {
        skipped("this kernel does not count what a process reads");
        return;
    };
    assert!(read > LENGTH, "not counted: {read}");
    assert!(read < LENGTH + LENGTH / 4, "{read} bytes were read");
}

#[test]
fn a_pipe_that_was_closed_before_is_no_error_whatever_is_written_there() {
    let rows = [
        ("mixtape.json changes.json -", &[][..]),
        ("mixtape.json changes.json /dev/stdout", &[]),
        (
            "mixtape.json changes.json",
            &["--dry-run", "--rejects", "-"],
        ),
        ("mixtape.json changes.json output.json", &["--summary", "-"]),
    ];
    for (paths, further) in rows {
        let place = Place::new(MIXTAPE, "");
        // Held until our end is closed: CHANGES does not end before.
        let paths = paths.replace("changes.json", "-");
        let arguments = ["apply", "--quiet"].into_iter().chain(paths.split(' '));
        let mut child = place.0.start(arguments.chain(further.iter().copied()));
        drop(child.stdout.take());
        give(&mut child, BAD.as_bytes());
        let run = Run::of_child(child);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (Some(0), ""),
            "{paths} {further:?}"
        );
    }
}

#[test]
fn rejects_that_nobody_reads_are_no_success_without_an_output() {
    for further in [&[][..], &["--max-rejects", "0"]] {
        let place = Place::new(MIXTAPE, "");
        place.0.write("output.json", "old");
        let arguments = "apply mixtape.json - output.json --quiet --rejects -".split(' ');
        let mut child = place.0.start(arguments.chain(further.iter().copied()));
        drop(child.stdout.take());
        give(&mut child, BAD.as_bytes());
        let run = Run::of_child(child);
        assert_eq!(run.code, Some(1), "{further:?}: {run:?}");
        assert_eq!(place.read("output.json"), "old");
    }
}

#[test]
fn a_standard_error_that_nobody_reads_is_no_error() {
    let place = Place::new(MIXTAPE, BAD);
    let mut child = place.0.start(["apply", "mixtape.json", "-", "output.json"]);
    drop(child.stderr.take());
    give(&mut child, BAD.as_bytes());
    assert_eq!(child.wait().unwrap().code(), Some(3));
    assert_eq!(place.read("output.json"), MIXTAPE);
}
