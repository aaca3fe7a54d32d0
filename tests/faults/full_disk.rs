//! No space left: for what is written through, for OUTPUT, for the files beside it, for the copy of a piped MIXTAPE.
#![cfg(target_os = "linux")] // /dev/full, and how a shell there ignores a signal

use std::fs::File;
use std::process::{Command, Stdio};

use crate::process::{feed, limited};
use crate::run::{BAD, GOOD, MIXTAPE, Place};
use crate::support::skipped;
use crate::support::{Run, mixtape};

/// A mixtape longer than any buffer.
fn long_mixtape() -> String {
    MIXTAPE.replacen('{', &format!("{{\"x\": \"{}\", ", "x".repeat(1 << 20)), 1)
}

/// More rejects than fit a buffer.
fn many_rejects() -> String {
    format!("{BAD}\n").repeat(10_000)
}

/// One line that says it, and the program's own exit code: no panic, no abort.
#[track_caller]
fn assert_disk_full(run: &Run, name: &str) {
    assert_eq!(run.code, Some(1), "{run:?}");
    let start = format!("error: {name}: write error: No space left on device");
    assert!(run.stderr.starts_with(&start), "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
}

fn to_full(place: &Place, arguments: &[&str]) -> Run {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = mixtape();
    command.args(arguments).current_dir(place.path(""));
    Run::of(command.stdout(full).output().unwrap())
}

#[test]
fn a_full_standard_output_is_exit_1_whether_the_result_fits_the_buffer_or_not() {
    for mixtape in [MIXTAPE.to_owned(), long_mixtape()] {
        let place = Place::new(mixtape, GOOD);
        let run = to_full(&place, &["apply", "mixtape.json", "changes.json", "-"]);
        assert_disk_full(&run, "<stdout>");
        let run = place.run("mixtape.json changes.json /dev/full", &[]);
        assert_disk_full(&run, "/dev/full");
        place.assert_holds("changes.json mixtape.json");
    }
}

#[test]
fn full_rejects_are_exit_1_and_no_output_stands_without_them() {
    for changes in [BAD.to_owned(), many_rejects()] {
        let place = Place::new(MIXTAPE, changes);
        place.0.write("output.json", "old");
        let run = place.apply(&["--rejects", "/dev/full"]);
        assert_disk_full(&run, "/dev/full");
        let arguments = ["apply", "mixtape.json", "changes.json", "output.json"];
        let run = to_full(&place, &[&arguments[..], &["--rejects", "-"]].concat());
        assert_disk_full(&run, "<stdout>");
        assert_eq!(place.read("output.json"), "old");
        place.assert_holds("changes.json mixtape.json output.json");
    }
}

#[test]
fn a_full_summary_is_exit_1() {
    let place = Place::new(MIXTAPE, GOOD);
    let run = place.apply(&["--quiet", "--summary", "/dev/full"]);
    assert_disk_full(&run, "/dev/full");
}

#[test]
fn a_help_that_cannot_be_written_is_exit_1() {
    let place = Place::new("", "");
    for arguments in [&["--help"][..], &["apply", "-h"], &["--version"]] {
        let run = to_full(&place, arguments);
        assert_disk_full(&run, "<stdout>");
    }
}

#[test]
fn a_full_standard_error_loses_the_report_and_not_the_result() {
    for (changes, code) in [(GOOD, 0), (BAD, 3), ("[x", 2)] {
        let place = Place::new(MIXTAPE, changes);
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = mixtape();
        command.args(["apply", "mixtape.json", "changes.json", "output.json"]);
        let status = command.current_dir(place.path("")).stderr(full).status();
        assert_eq!(status.unwrap().code(), Some(code), "{changes}");
        assert_eq!(place.path("output.json").exists(), code != 2, "{changes}");
    }
}

#[test]
fn a_limit_on_the_length_of_files_is_an_error_and_not_the_end() {
    // Without the trap the signal SIGXFSZ would end the program, and leave its temporary file.
    let place = Place::new(long_mixtape(), GOOD);
    let mut command = limited("ulimit -f 128");
    command.args(["apply", "mixtape.json", "changes.json", "new.json"]);
    let run = Run::of(command.current_dir(place.path("")).output().unwrap());
    assert_too_large(&run, "new.json: write error");
    place.assert_holds("changes.json mixtape.json");
}

/// Runs `apply` where no file can become longer than about 64 KiB (the unit differs between shells), as on a full disk.
fn with_short_files(place: &Place, arguments: &[&str]) -> Command {
    let mut command = limited("trap '' XFSZ && ulimit -f 128");
    command
        .arg("apply")
        .args(arguments)
        .current_dir(place.path(""))
        .stdin(Stdio::null());
    command
}

#[track_caller]
fn assert_too_large(run: &Run, said: &str) {
    assert_eq!(run.code, Some(1), "{run:?}");
    let start = format!("error: {said}: File too large");
    assert!(run.stderr.starts_with(&start), "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
}

#[test]
fn an_output_that_does_not_fit_leaves_the_old_one_and_no_temporary_file() {
    for output in ["output.json", "mixtape.json", "new.json"] {
        let place = Place::new(long_mixtape(), GOOD);
        place.0.write("output.json", "old");
        let mut command = with_short_files(&place, &["mixtape.json", "changes.json", output]);
        let run = Run::of(command.output().unwrap());
        assert_too_large(&run, &format!("{output}: write error"));
        assert_eq!(place.read("output.json"), "old");
        assert_eq!(place.read("mixtape.json"), long_mixtape());
        place.assert_holds("changes.json mixtape.json output.json");
    }
}

#[test]
fn a_long_output_that_does_not_fit_leaves_the_old_one_and_no_temporary_file() {
    // Written in a thread of its own from the fourth MiB on.
    let long = long_mixtape().replacen('{', &format!("{{\"y\": \"{}\", ", "y".repeat(24 << 20)), 1);
    let place = Place::new(&long, GOOD);
    place.0.write("output.json", "old");
    let mut command = limited("trap '' XFSZ && ulimit -f 16384");
    command
        .args("apply mixtape.json changes.json output.json".split(' '))
        .current_dir(place.path(""))
        .stdin(Stdio::null());
    let run = Run::of(command.output().unwrap());
    assert_too_large(&run, "output.json: write error");
    assert_eq!(place.read("output.json"), "old");
    place.assert_holds("changes.json mixtape.json output.json");
}

#[test]
fn rejects_that_do_not_fit_leave_everything_as_it_was() {
    let place = Place::new(MIXTAPE, many_rejects());
    place.0.write("output.json", "old");
    place.0.write("rejects", "old too");
    let arguments = [
        "mixtape.json",
        "changes.json",
        "output.json",
        "--rejects",
        "rejects",
    ];
    let run = Run::of(with_short_files(&place, &arguments).output().unwrap());
    assert_too_large(&run, "rejects: write error");
    assert_eq!(place.read("output.json"), "old");
    assert_eq!(place.read("rejects"), "old too");
    place.assert_holds("changes.json mixtape.json output.json rejects");
}

#[test]
fn a_piped_mixtape_that_cannot_be_copied_says_where_the_copy_goes() {
    let place = Place::new(long_mixtape(), GOOD);
    let mut command = with_short_files(&place, &["-", "changes.json", "output.json"]);
    command.stdin(Stdio::piped()).env("TMPDIR", place.path(""));
    let fed = feed(&mut command, long_mixtape().as_bytes());
    assert_too_large(
        &fed.run,
        "cannot copy <stdin> to a temporary file (TMPDIR says where)",
    );
    place.assert_holds("changes.json mixtape.json");
}

/// A file system of a megabyte, in a namespace of its own that goes away with the shell.
const SMALL_DISK: &str = r#"
mount -t tmpfs -o size=1m tmpfs disk || exit 77
printf old > disk/output.json
"$0" apply --quiet mixtape.json changes.json disk/output.json
printf 'code %s, output %s, ' $? "$(cat disk/output.json)"
"$0" apply --quiet mixtape.json changes.json disk/new.json
printf 'code %s, names %s' $? "$(ls -A disk | tr '\n' ' ')"
"#;

#[test]
fn a_full_file_system_leaves_the_old_output_and_no_temporary_file() {
    let place = Place::new(long_mixtape(), GOOD);
    std::fs::create_dir(place.path("disk")).unwrap();
    let mut command = Command::new("unshare");
    command
        .args(["--map-root-user", "--mount", "sh", "-c", SMALL_DISK])
        .arg(env!("CARGO_BIN_EXE_mixtape"))
        .current_dir(place.path(""));
    let run = match command.output() {
        Ok(output) if !output.stdout.is_empty() => Run::of(output),
        refused => {
            skipped(&format!("nothing can be mounted here: {refused:?}"));
            return;
        }
    };
    let expected = "code 1, output old, code 1, names output.json ";
    assert_eq!(run.stdout, expected, "{run:?}");
    let full = "No space left on device";
    assert_eq!(run.stderr.matches(full).count(), 2, "{run:?}");
}
