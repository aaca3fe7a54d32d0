//! One string, key or record without end, through a pipe: streamed in flat memory, or stopped by a limit that names its flag.
#![cfg(target_os = "linux")] // what `ulimit -d` counts

use std::fs;
use std::io::{self, Read};

use crate::process::{Fed, Repeated, feed, in_memory_of, pour};
use crate::run::{GOOD, MIXTAPE, Place};
use crate::support::long::endless_bytes;

/// Memory for what must not depend on the input.
const FLAT: u64 = 16;

/// What has no end: what stands in front of it, what is repeated, what ends it.
type Endless = (&'static str, &'static str, &'static str, &'static str);

/// Values of a member `"x"` that is not read.
const VALUES: [Endless; 4] = [
    ("a string", "\"x\": \"", "0123456789abcdef", "\""),
    ("a string of escapes", "\"x\": \"", "\\u00e9\\n", "\""),
    ("a key", "\"x", "0123456789abcdef", "\": 1"),
    (
        "a value of many parts",
        "\"x\": [0",
        ", {\"y\": [1, true]}",
        "]",
    ),
];

fn long<'a>(before: &'a str, value: Endless, after: &'a str, length: u64) -> impl Read + 'a {
    let (_, start, repeated, end) = value;
    let times = length / repeated.len() as u64;
    before
        .as_bytes()
        .chain(start.as_bytes())
        .chain(Repeated::new(repeated).take(times * repeated.len() as u64))
        .chain(end.as_bytes())
        .chain(after.as_bytes())
}

#[track_caller]
fn assert_ended(fed: &Fed, code: i32, said: &str) {
    assert_eq!(fed.run.code, Some(code), "{:?}", fed.run);
    assert!(fed.run.stderr.contains(said), "{:?}", fed.run);
}

#[test]
fn the_memory_that_these_tests_allow_is_a_bound() {
    let place = Place::new(MIXTAPE, "");
    let mut command = in_memory_of(FLAT);
    command
        .args(["apply", "mixtape.json", "-", "output.json"])
        .current_dir(place.path(""));
    let input = long("[{", VALUES[0], "}]", 32 << 20);
    let run = feed(&mut command, input).run;
    assert!(![Some(0), Some(3)].contains(&run.code), "{run:?}");
}

#[test]
fn top_streams_any_record_through() {
    for value in VALUES {
        for threads in ["1", "2"] {
            let mut command = in_memory_of(FLAT);
            command.args(["top", "-", "1", "--threads", threads, "--format", "ndjson"]);
            let length = if threads == "1" {
                endless_bytes()
            } else {
                8 << 20
            };
            let fed = feed(&mut command, long("7: {\"id\": 1, ", value, "}\n", length));
            assert_ended(&fed, 0, "");
            assert_eq!(fed.run.stdout, "{\"score\": 7, \"id\": 1}\n", "{}", value.0);
        }
    }
}

#[test]
fn an_id_or_a_line_without_end_names_the_flag_that_bounds_it() {
    let string = VALUES[0];
    let id = ("an id", "\"id\": \"", string.2, "\"");
    for (value, further, flag) in [
        (id, &["--max-id", "1MiB"][..], "--max-id"),
        (
            string,
            &["--format", "lines", "--max-line", "1MiB"],
            "--max-line",
        ),
    ] {
        let mut command = in_memory_of(FLAT);
        command.args(["top", "-", "1"]).args(further);
        let fed = feed(&mut command, long("7: {", value, "}\n", endless_bytes()));
        assert_ended(&fed, 2, flag);
        assert!(fed.taken < 16 << 20, "{} bytes were read", fed.taken);
    }
}

#[test]
fn a_piped_mixtape_with_any_value_is_copied_in_flat_memory() {
    for value in VALUES {
        let place = Place::new("", GOOD);
        let (before, after) = ("{", format!(", {}", &MIXTAPE[1..]));
        let mut command = in_memory_of(FLAT);
        command
            .args(["apply", "-", "changes.json", "-", "--quiet"])
            .current_dir(place.path(""));
        // Compared as it comes: what goes in comes out, and one song more.
        let mut child = command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = child.stdout.take().unwrap();
        let with_song = after.replace("[\"1\"]", "[\"1\", \"8\"]");
        std::thread::scope(|scope| {
            scope.spawn(|| pour(long(before, value, &after, endless_bytes()), input));
            let expected = long(before, value, &with_song, endless_bytes());
            assert!(same(expected, &mut output), "{}", value.0);
        });
        assert_eq!(child.wait().unwrap().code(), Some(0), "{}", value.0);
    }
}

/// Whether two readers give the same bytes.
fn same(mut one: impl Read, mut other: impl Read) -> bool {
    let (mut here, mut there) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    loop {
        let count = other.read(&mut there).expect("a pipe");
        if count == 0 {
            return one.read(&mut here).expect("the test's own input") == 0;
        }
        if one.read_exact(&mut here[..count]).is_err() || here[..count] != there[..count] {
            io::copy(&mut other, &mut io::sink()).expect("a pipe");
            return false;
        }
    }
}

#[test]
fn an_operation_without_end_names_the_flag_that_bounds_it() {
    let place = Place::new(MIXTAPE, "");
    // The limit that there is without the flag, for the text of an operation and a long name in it, and a small one.
    for (further, memory, most) in [
        (&[][..], 256, 72 << 20),
        (&["--max-operation", "1MiB"], FLAT, 8 << 20),
    ] {
        for (before, after) in [
            ("[{", "}]"),
            ("{", "}\n"),
            ("{\"additions\": {\"new_playlists\": [{", "}]}}"),
        ] {
            for value in VALUES {
                let mut command = in_memory_of(memory);
                command
                    .args(["apply", "mixtape.json", "-", "output.json"])
                    .args(further)
                    .current_dir(place.path(""));
                let fed = feed(&mut command, long(before, value, after, endless_bytes()));
                assert_ended(&fed, 2, "--max-operation");
                assert!(
                    fed.run.stderr.starts_with("error: <stdin>:1:"),
                    "{:?}",
                    fed.run
                );
                assert!(fed.taken < most, "{} bytes were read", fed.taken);
                place.assert_holds("changes.json mixtape.json");
            }
        }
    }
    assert_eq!(
        fs::read_to_string(place.path("mixtape.json")).unwrap(),
        MIXTAPE
    );
}
