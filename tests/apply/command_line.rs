//! The command line: help, usage, and the exit codes of both.

use crate::run::{GOOD, MIXTAPE, Place};
use crate::support::Folder;

#[test]
fn help_and_version_are_exit_code_0() {
    let rows = [
        (&["--help"][..], "Usage: mixtape"),
        (&["-h"], "Usage: mixtape"),
        (&["help"], "Usage: mixtape"),
        (&["apply", "--help"], "Usage: mixtape apply"),
        (&["apply", "-h"], "--changes-format"),
        (&["help", "apply"], "--check-references"),
        (
            &["--version"],
            concat!("mixtape ", env!("CARGO_PKG_VERSION")),
        ),
    ];
    for (arguments, part) in rows {
        let run = Folder::new().run(arguments).assert_code(0);
        assert!(run.stdout.contains(part), "{arguments:?}: {run:?}");
        assert_eq!(run.stderr, "", "{arguments:?}");
    }
}

#[test]
fn what_makes_no_sense_is_exit_code_64_and_writes_nothing() {
    let rows: [&[&str]; 12] = [
        &[],
        &["applly"],
        &["apply"],
        &["apply", "mixtape.json"],
        &["apply", "mixtape.json", "changes.json"],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "more.json",
        ],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "--reject",
        ],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "--unknown",
        ],
        &["apply", "mixtape.json", "changes.json", "output.json", "-x"],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "--changes-format",
            "xml",
        ],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "--max-operation",
            "much",
        ],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "--strict",
            "--strict",
        ],
    ];
    for arguments in rows {
        let place = Place::new(MIXTAPE, GOOD);
        let run = place.0.run(arguments).assert_code(64);
        let helps = ["Usage: mixtape", "try '--help'"];
        let helps = helps.into_iter().any(|part| run.stderr.contains(part));
        assert!(helps, "{arguments:?}: {run:?}");
        assert_eq!(run.stdout, "", "{arguments:?}");
        place.assert_holds("changes.json mixtape.json");
    }
}

#[test]
fn what_was_typed_is_quoted_without_what_steers_a_terminal() {
    let place = Place::new(MIXTAPE, GOOD);
    let run = place
        .0
        .run(["apply", "m", "c", "o", "--\x1b[2Jx"])
        .assert_code(64);
    assert!(run.stderr.contains("--\u{241b}[2Jx"), "{run:?}");
    assert!(!run.stderr.contains('\x1b'), "{run:?}");
}

#[test]
fn a_size_that_is_none_says_what_one_looks_like() {
    let place = Place::new(MIXTAPE, GOOD);
    let run = place.apply(&["--max-operation", "much"]).assert_code(64);
    assert!(run.stderr.contains("64MiB"), "{run:?}");
}

#[test]
fn flags_stand_before_between_and_behind_the_files() {
    let rows: [&[&str]; 3] = [
        &[
            "apply",
            "--quiet",
            "--rejects=r",
            "mixtape.json",
            "changes.json",
            "output.json",
        ],
        &[
            "apply",
            "mixtape.json",
            "--rejects",
            "r",
            "changes.json",
            "-q",
            "output.json",
        ],
        &[
            "apply",
            "mixtape.json",
            "changes.json",
            "output.json",
            "--dead-letters",
            "r",
            "-q",
        ],
    ];
    for arguments in rows {
        let place = Place::new(MIXTAPE, GOOD);
        let run = place.0.run(arguments).assert_code(0);
        assert_eq!(run.stderr, "", "{arguments:?}");
        place.assert_holds("changes.json mixtape.json output.json r");
    }
}
