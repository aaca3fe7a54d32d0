//! The program as its user meets it: exit codes, closed pipes, wrong calls.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Folder, Run, give, mixtape};

#[test]
fn what_cannot_be_opened_or_read_is_exit_1() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("folder")).unwrap();
    for (file, message) in [
        ("missing", "error: cannot open missing: "),
        ("no/such/folder", "error: cannot open no/such/folder: "),
        ("folder", "error: cannot open folder: is a directory"),
    ] {
        let run = folder.run(["top", file, "3"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
        assert!(run.stderr.starts_with(message), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    }
}

#[test]
fn standard_input_that_is_a_folder_is_exit_1() {
    let folder = Folder::new();
    let child = mixtape()
        .args(["top", "-", "3"])
        .stdin(std::fs::File::open(folder.path("")).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let run = Run::of_child(child);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(
        run.stderr.starts_with("error: cannot open <stdin>: "),
        "{run:?}"
    );
}

#[test]
fn a_wrong_call_is_exit_64() {
    let folder = Folder::new();
    folder.write("scores", "1: {\"id\": 1}\n");
    for arguments in [
        &["top"][..],
        &["top", "scores"],
        &["top", "scores", "-1"],
        &["top", "scores", "1.5"],
        &["top", "scores", "many"],
        &["top", "scores", ""],
        &["top", "scores", "18446744073709551616"],
        &["top", "scores", "1", "--format", "xml"],
        &["top", "scores", "1", "--max-score-digits", "x"],
        &["top", "scores", "1", "--no-such-flag"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (Some(64), ""),
            "{arguments:?}: {run:?}"
        );
        assert!(
            run.stderr.contains("Usage:") || run.stderr.contains("--help"),
            "{run:?}"
        );
    }
}

#[test]
fn json_is_the_format_where_none_is_named() {
    let folder = Folder::new();
    folder.write("scores", "1: {\"id\": 1}\n");
    let run = folder.run(["top", "scores", "1"]);
    assert_eq!(
        run.stdout,
        "[\n  {\n    \"score\": 1,\n    \"id\": 1\n  }\n]\n"
    );
}

#[test]
fn a_reader_that_closes_the_pipe_is_exit_0_and_quiet() {
    let folder = Folder::new();
    // Far more than a pipe holds, so that the program is still writing when its reader goes.
    let lines: String = (0..50_000)
        .map(|n| format!("{n}: {{\"id\": {n}}}\n"))
        .collect();
    let path = folder.write("scores", lines);
    for format in ["json", "ndjson", "lines"] {
        let mut child = mixtape()
            .args(["top".as_ref(), path.as_os_str(), "50000".as_ref()])
            .args(["--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let run = Run::of_child(child);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_reader_that_was_gone_before_is_exit_0_and_quiet() {
    let mut child = Folder::new().start(["top", "-", "1"]);
    drop(child.stdout.take());
    give(&mut child, b"1: {\"id\": 1}\n");
    let run = Run::of_child(child);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_1_even_where_the_output_fits_the_buffer() {
    let folder = Folder::new();
    let few = folder.write("few", "1: {\"id\": 1}\n");
    let lines: String = (0..50_000)
        .map(|n| format!("{n}: {{\"id\": {n}}}\n"))
        .collect();
    let many = folder.write("many", lines);
    for path in [few, many] {
        let full = std::fs::File::options().write(true).open("/dev/full");
        let child = mixtape()
            .args(["top".as_ref(), path.as_os_str(), "50000".as_ref()])
            .stdout(full.unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let run = Run::of_child(child);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains("No space left on device"), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    }
}
