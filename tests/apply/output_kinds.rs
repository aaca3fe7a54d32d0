//! OUTPUT: a file with its mode, a link, a pipe, a device, standard output.

use std::fs::{self, Permissions};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::Command;

use crate::run::{GOOD, MIXTAPE, Place};
use crate::support::{Run, mixtape, read_little};

fn extended() -> String {
    MIXTAPE.replace("[\"1\"]", "[\"1\", \"8\"]")
}

fn mode(place: &Place, name: &str) -> u32 {
    fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o7777
}

#[test]
fn an_old_output_is_replaced_and_keeps_its_mode() {
    for kept in [0o600, 0o640, 0o644, 0o755, 0o666] {
        let place = Place::new(MIXTAPE, GOOD);
        for name in ["output.json", "rejects.ndjson"] {
            place
                .0
                .write(name, "old, and longer than what comes".repeat(1000));
            fs::set_permissions(place.path(name), Permissions::from_mode(kept)).unwrap();
        }
        place.apply(&["--rejects", "rejects.ndjson"]).assert_code(0);
        assert_eq!(place.read("output.json"), extended());
        assert_eq!(place.read("rejects.ndjson"), "");
        assert_eq!(mode(&place, "output.json"), kept);
        assert_eq!(mode(&place, "rejects.ndjson"), kept);
    }
}

#[test]
fn a_new_output_has_the_mode_that_the_umask_gives() {
    for (umask, expected) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let place = Place::new(MIXTAPE, GOOD);
        let script = format!(
            "umask {umask}; exec \"$0\" apply --quiet mixtape.json changes.json output.json"
        );
        let status = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_mixtape")])
            .current_dir(place.path(""))
            .status();
        assert!(status.unwrap().success());
        assert_eq!(mode(&place, "output.json"), expected, "{umask}");
    }
}

#[test]
fn the_target_of_a_link_is_replaced_and_the_link_kept() {
    let place = Place::new(MIXTAPE, GOOD);
    fs::create_dir(place.path("folder")).unwrap();
    place.0.write("folder/target.json", "old");
    symlink("folder/target.json", place.path("link.json")).unwrap();
    symlink(place.path("link.json"), place.path("folder/link.json")).unwrap();
    place
        .run("mixtape.json changes.json folder/link.json", &[])
        .assert_code(0);
    assert_eq!(place.read("folder/target.json"), extended());
    assert!(place.path("link.json").is_symlink());
    assert!(place.path("folder/link.json").is_symlink());
    assert!(!place.path("folder/target.json").is_symlink());
    place.assert_holds("changes.json folder link.json mixtape.json");
    assert_eq!(fs::read_dir(place.path("folder")).unwrap().count(), 2);
}

#[test]
fn the_target_of_a_dangling_link_is_created() {
    let place = Place::new(MIXTAPE, GOOD);
    fs::create_dir(place.path("folder")).unwrap();
    symlink("folder/target.json", place.path("link.json")).unwrap();
    place
        .run("mixtape.json changes.json link.json", &[])
        .assert_code(0);
    assert_eq!(place.read("folder/target.json"), extended());
    assert!(place.path("link.json").is_symlink());

    symlink("nowhere/target.json", place.path("lost.json")).unwrap();
    place
        .run("mixtape.json changes.json lost.json", &[])
        .assert_code(1);
    assert!(place.path("lost.json").is_symlink());
}

#[test]
fn a_link_to_a_folder_is_an_error() {
    let place = Place::new(MIXTAPE, GOOD);
    fs::create_dir(place.path("folder")).unwrap();
    symlink("folder", place.path("link")).unwrap();
    place
        .run("mixtape.json changes.json link", &[])
        .assert_code(1);
    assert!(place.path("link").is_symlink());
}

#[test]
fn devices_are_written_through() {
    let place = Place::new(MIXTAPE, GOOD);
    place
        .run("mixtape.json changes.json /dev/null", &[])
        .assert_code(0);
    assert!(
        fs::metadata("/dev/null")
            .unwrap()
            .file_type()
            .is_char_device()
    );
    symlink("/dev/null", place.path("null")).unwrap();
    place
        .run("mixtape.json changes.json null", &[])
        .assert_code(0);
    assert!(place.path("null").is_symlink());

    let run = place
        .run("mixtape.json changes.json /dev/full", &[])
        .assert_code(1);
    assert!(run.stderr.contains("No space left on device"), "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
}

#[test]
fn a_named_pipe_is_written_through() {
    let place = Place::new(MIXTAPE, GOOD);
    let made = Command::new("mkfifo").arg(place.path("pipe")).status();
    assert!(made.unwrap().success());
    let path = place.path("pipe");
    let reader = std::thread::spawn(move || fs::read_to_string(path).unwrap());
    place
        .run("mixtape.json changes.json pipe", &[])
        .assert_code(0);
    assert_eq!(reader.join().unwrap(), extended());
    assert!(
        fs::metadata(place.path("pipe"))
            .unwrap()
            .file_type()
            .is_fifo()
    );
}

#[test]
fn both_inputs_may_be_named_pipes() {
    let place = Place::new(MIXTAPE, GOOD);
    let made = Command::new("mkfifo")
        .args([place.path("m"), place.path("c")])
        .status();
    assert!(made.unwrap().success());
    let writers = [("m", MIXTAPE), ("c", GOOD)].map(|(name, text)| {
        let path = place.path(name);
        std::thread::spawn(move || fs::write(path, text).unwrap())
    });
    place.run("m c output.json", &[]).assert_code(0);
    assert_eq!(place.read("output.json"), extended());
    for writer in writers {
        writer.join().unwrap();
    }
}

#[test]
fn standard_output_goes_by_every_name_it_has() {
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let place = Place::new(MIXTAPE, GOOD);
        let run = place
            .run(&format!("mixtape.json changes.json {name}"), &[])
            .assert_code(0);
        assert_eq!(run.stdout, extended(), "{name}");
        assert!(
            run.stderr.starts_with("1 operation read, 1 applied, "),
            "{name}: {run:?}"
        );
    }
}

#[test]
fn standard_output_may_be_a_file() {
    for name in ["-", "/dev/stdout"] {
        let place = Place::new(MIXTAPE, GOOD);
        let status = mixtape()
            .args(["apply", "--quiet", "mixtape.json", "changes.json", name])
            .current_dir(place.path(""))
            .stdout(fs::File::create(place.path("output.json")).unwrap())
            .status();
        assert!(status.unwrap().success(), "{name}");
        assert_eq!(place.read("output.json"), extended(), "{name}");
    }
}

#[test]
fn standard_input_goes_by_every_name_it_has() {
    for name in ["-", "/dev/stdin", "/dev/fd/0"] {
        let place = Place::new(MIXTAPE, GOOD);
        let run = place.run_with_input(&format!("mixtape.json {name} -"), &[], GOOD.as_bytes());
        assert_eq!(run.assert_code(0).stdout, extended(), "{name}");
        let run = place.run_with_input(&format!("{name} changes.json -"), &[], MIXTAPE.as_bytes());
        assert_eq!(run.assert_code(0).stdout, extended(), "{name}");
    }
}

#[test]
fn a_standard_input_that_is_a_file_is_read_from_where_it_stands() {
    use std::io::{Seek, SeekFrom};
    let place = Place::new(format!("some header\n{MIXTAPE}"), GOOD);
    let mut input = fs::File::open(place.path("mixtape.json")).unwrap();
    input.seek(SeekFrom::Start(12)).unwrap();
    let mut command = mixtape();
    command
        .args(["apply", "-", "changes.json", "-"])
        .current_dir(place.path(""))
        .stdin(input);
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), extended());
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error_and_nobody_is_told() {
    // Longer than a pipe holds, so that the program is still writing.
    let long = MIXTAPE.replacen('{', &format!("{{\"x\": \"{}\", ", "x".repeat(4 << 20)), 1);
    let place = Place::new(long, GOOD);
    let mut child = place
        .0
        .start(["apply", "mixtape.json", "changes.json", "-"]);
    read_little(&mut child);
    let run = Run::of_child(child);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_name_as_long_as_names_can_be_is_written() {
    let place = Place::new(MIXTAPE, GOOD);
    let name = "n".repeat(255);
    place
        .run(&format!("mixtape.json changes.json {name}"), &[])
        .assert_code(0);
    place.assert_holds(&format!("changes.json mixtape.json {name}"));
}
