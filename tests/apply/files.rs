//! Which file is which: in place, refused, missing; nothing is left behind.

use crate::run::{BAD, GOOD, MIXTAPE, Place};

fn extended() -> String {
    MIXTAPE.replace("[\"1\"]", "[\"1\", \"8\"]")
}

#[test]
fn the_output_may_be_the_mixtape_under_any_name() {
    for name in ["mixtape.json", "./mixtape.json", "link.json", "hard.json"] {
        let place = Place::new(MIXTAPE, GOOD);
        std::os::unix::fs::symlink("mixtape.json", place.path("link.json")).unwrap();
        std::fs::hard_link(place.path("mixtape.json"), place.path("hard.json")).unwrap();
        place
            .run(&format!("mixtape.json changes.json {name}"), &[])
            .assert_code(0);
        assert_eq!(place.read(name), extended(), "{name}");
        assert!(place.path("link.json").is_symlink(), "{name}");
        // The old contents live on under the names that were not given.
        let hard = if name == "hard.json" {
            extended()
        } else {
            MIXTAPE.to_owned()
        };
        assert_eq!(place.read("hard.json"), hard, "{name}");
        place.assert_holds("changes.json hard.json link.json mixtape.json");
    }
}

#[test]
fn an_output_that_would_destroy_an_input_is_refused_before_anything_is_written() {
    let rows = [
        ("mixtape.json changes.json changes.json", &[][..]),
        ("mixtape.json changes.json ./changes.json", &[]),
        ("mixtape.json changes.json link.json", &[]),
        ("mixtape.json changes.json hard.json", &[]),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "changes.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "link.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "mixtape.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--summary", "hard.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--summary", "./mixtape.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "output.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "./output.json"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "r", "--summary", "r"],
        ),
        (
            "mixtape.json changes.json output.json",
            &["--rejects", "r", "--summary", "./r"],
        ),
        (
            "mixtape.json changes.json mixtape.json",
            &["--rejects", "mixtape.json"],
        ),
        ("mixtape.json changes.json -", &["--rejects", "-"]),
        ("mixtape.json changes.json -", &["--summary", "-"]),
        ("- - output.json", &[]),
    ];
    for (paths, further) in rows {
        let place = Place::new(MIXTAPE, BAD);
        std::os::unix::fs::symlink("changes.json", place.path("link.json")).unwrap();
        std::fs::hard_link(place.path("changes.json"), place.path("hard.json")).unwrap();
        let run = place.run(paths, further).assert_code(64);
        assert!(run.stderr.starts_with("error: "), "{run:?}");
        assert_eq!(
            (place.read("mixtape.json"), place.read("changes.json")),
            (MIXTAPE.to_owned(), BAD.to_owned())
        );
        assert_eq!(run.stdout, "", "{paths} {further:?}");
        place.assert_holds("changes.json hard.json link.json mixtape.json");
    }
}

#[test]
fn changes_redirected_from_the_output_are_refused_too() {
    let place = Place::new(MIXTAPE, GOOD);
    let input = std::fs::File::open(place.path("changes.json")).unwrap();
    let mut command = crate::support::mixtape();
    command.args(["apply", "mixtape.json", "-", "changes.json"]);
    let output = command
        .current_dir(place.path(""))
        .stdin(input)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(64), "{output:?}");
    assert_eq!(place.read("changes.json"), GOOD);
}

#[test]
fn a_file_named_like_the_standard_streams_is_reached_by_its_path() {
    let place = Place::new(MIXTAPE, GOOD);
    std::fs::rename(place.path("changes.json"), place.path("-")).unwrap();
    place
        .run("mixtape.json ./- output.json", &[])
        .assert_code(0);
    assert_eq!(place.read("output.json"), extended());
    // Standard input is not that file.
    let run = place.run_with_input("mixtape.json - ./-", &[], GOOD.as_bytes());
    run.assert_code(0);
    assert_eq!(place.read("-"), extended());
}

#[test]
fn rejects_and_summary_may_both_be_thrown_away() {
    let place = Place::new(MIXTAPE, BAD);
    let further = ["--rejects", "/dev/null", "--summary", "/dev/null"];
    place
        .run("mixtape.json changes.json /dev/null", &further)
        .assert_code(0);
}

#[test]
fn inputs_that_cannot_be_opened_or_read_are_exit_code_1() {
    std::fs::metadata("/proc/self/mem").expect("this test reads a file that cannot be read");
    let rows = [
        ("missing.json changes.json output.json", "missing.json"),
        ("mixtape.json missing.json output.json", "missing.json"),
        (
            "mixtape.json no/changes.json output.json",
            "no/changes.json",
        ),
        ("folder changes.json output.json", "folder"),
        ("mixtape.json folder output.json", "folder"),
        ("loop changes.json output.json", "loop"),
        ("mixtape.json changes.json/x output.json", "changes.json/x"),
        ("/proc/self/mem changes.json output.json", "/proc/self/mem"),
        ("mixtape.json /proc/self/mem output.json", "/proc/self/mem"),
    ];
    for (paths, name) in rows {
        let place = Place::new(MIXTAPE, GOOD);
        std::fs::create_dir(place.path("folder")).unwrap();
        std::os::unix::fs::symlink("loop", place.path("loop")).unwrap();
        let run = place
            .run(paths, &["--rejects", "rejects", "--summary", "summary"])
            .assert_code(1);
        assert!(run.stderr.starts_with("error: cannot "), "{run:?}");
        assert!(run.stderr.contains(name), "{run:?}");
        place.assert_holds("changes.json folder loop mixtape.json");
    }
}

#[test]
fn outputs_that_cannot_be_made_are_exit_code_1_and_found_before_anything_is_read() {
    let rows = [
        ("no/output.json", &[][..], "no/output.json"),
        ("folder", &[], "folder"),
        (".", &[], "."),
        ("changes.json/x", &[], "changes.json/x"),
        ("loop", &[], "loop"),
        ("/proc/mixtape-output", &[], "/proc/mixtape-output"),
        ("output.json", &["--rejects", "no/rejects"], "no/rejects"),
        ("output.json", &["--rejects", "folder"], "folder"),
        ("output.json", &["--summary", "no/summary"], "no/summary"),
    ];
    for (output, further, name) in rows {
        // The inputs are worse still: nobody has looked at them yet.
        let place = Place::new("no mixtape", "no changes");
        std::fs::create_dir(place.path("folder")).unwrap();
        std::os::unix::fs::symlink("loop", place.path("loop")).unwrap();
        let run = place
            .run(&format!("mixtape.json changes.json {output}"), further)
            .assert_code(1);
        assert!(
            run.stderr
                .starts_with(&format!("error: {name}: write error: ")),
            "{run:?}"
        );
        place.assert_holds("changes.json folder loop mixtape.json");
    }
}

#[test]
fn no_temporary_file_is_left_behind() {
    for (changes, code) in [
        (GOOD.to_owned(), 0),
        (BAD.to_owned(), 0),
        (format!("[{GOOD}"), 2),
    ] {
        let place = Place::new(MIXTAPE, changes);
        place
            .apply(&["--rejects", "rejects", "--summary", "summary"])
            .assert_code(code);
        place.assert_holds(match code {
            0 => "changes.json mixtape.json output.json rejects summary",
            _ => "changes.json mixtape.json",
        });
    }
}

#[test]
fn file_names_that_are_not_utf8_and_begin_with_a_dash_work() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new(MIXTAPE, GOOD);
    let name = std::ffi::OsStr::from_bytes(b"out \xFF\n.json");
    let arguments =
        ["apply", "--quiet", "--", "mixtape.json", "changes.json"].map(std::ffi::OsStr::new);
    place
        .0
        .run(arguments.into_iter().chain([name]))
        .assert_code(0);
    assert_eq!(
        std::fs::read_to_string(place.path("").join(name)).unwrap(),
        extended()
    );
    std::fs::rename(place.path("changes.json"), place.path("-c")).unwrap();
    place.run("-- mixtape.json -c -o", &[]).assert_code(0);
    assert_eq!(place.read("-o"), extended());
}
