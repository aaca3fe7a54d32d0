//! Brackets without end: exit code 2 with the limit and the place, in flat memory, on a stack of 256 KiB.
#![cfg(target_os = "linux")] // what `ulimit -d` counts

use std::ffi::OsStr;
use std::io::Read;

use crate::process::{Repeated, feed, limited};
use crate::run::{GOOD, MIXTAPE, Place};

const LEVELS: u64 = 128;

/// The text with brackets instead of the `☛`, and none behind them: what a reader that goes on would wait for.
struct Deep {
    before: String,
    bracket: &'static str,
    count: u64,
}

impl Deep {
    fn reader(&self) -> impl Read + '_ {
        let length = self.bracket.len() as u64 * self.count;
        self.before
            .as_bytes()
            .chain(Repeated::new(self.bracket).take(length))
    }

    /// The byte of the bracket that is one too many; `levels` are open before the first of them.
    fn place(&self, levels: u64) -> u64 {
        self.before.len() as u64 + (LEVELS - levels) * self.bracket.len() as u64
    }
}

/// Runs the program and checks that it names the limit at this byte.
#[track_caller]
fn assert_refused(place: &Place, arguments: &[&str], input: impl Read, byte: u64) {
    let mut command = limited("ulimit -s 256 && ulimit -d 65536");
    command
        .args(arguments.iter().map(OsStr::new))
        .current_dir(place.path(""));
    let run = feed(&mut command, input).run;
    assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{run:?}");
    let message =
        format!("nested more than 128 levels deep; --max-depth sets this limit (byte {byte})\n");
    assert!(run.error().starts_with("error: <stdin>:1:"), "{run:?}");
    assert!(run.error().ends_with(&message), "{byte}: {run:?}");
}

#[test]
fn any_number_of_brackets_is_refused_on_a_small_stack() {
    let place = Place::new(MIXTAPE, GOOD);
    let mixtape = ["apply", "-", "changes.json", "output.json"];
    let changes = ["apply", "mixtape.json", "-", "output.json"];
    // The text in front, how many levels it opens, who reads it.
    let rows: [(&str, u64, &[&str]); 11] = [
        ("[", 1, &changes),
        ("[{\"x\": ", 2, &changes),
        (
            "[{\"type\": \"remove_playlist\", \"playlist_id\": ",
            2,
            &changes,
        ),
        ("{\"x\": ", 1, &changes),
        ("{\"additions\": {\"new_playlists\": [{\"x\": ", 4, &changes),
        ("{\"deletions\": {\"playlists\": [", 3, &changes),
        ("{\"x\": ", 1, &mixtape),
        ("{\"users\": [{\"id\": \"1\", \"x\": ", 3, &mixtape),
        ("{\"playlists\": [{\"x\": ", 3, &mixtape),
        ("1: {\"id\": 1, \"x\": ", 1, &["top", "-", "1"]),
        (
            "1: {\"id\": 1, \"x\": ",
            1,
            &["top", "-", "1", "--threads", "1", "--format", "lines"],
        ),
    ];
    for (before, levels, arguments) in rows {
        for count in [10_000, 1_000_000] {
            for bracket in ["[", "{\"a\":"] {
                let deep = Deep {
                    before: before.to_owned(),
                    bracket,
                    count,
                };
                assert_refused(&place, arguments, deep.reader(), deep.place(levels));
            }
        }
    }
    place.assert_holds("changes.json mixtape.json");
}

#[test]
fn nesting_up_to_the_limit_works_on_a_small_stack() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let mixtape = MIXTAPE.replacen('{', &format!("{{\"x\": {}, ", deep(127)), 1);
    let operation = GOOD.replacen('{', &format!("{{\"x\": {}, ", deep(126)), 1);
    let place = Place::new(&mixtape, format!("[{operation}]"));
    let mut command = limited("ulimit -s 256");
    command
        .args(["apply", "mixtape.json", "changes.json", "output.json"])
        .current_dir(place.path(""));
    feed(&mut command, &b""[..]).run.assert_code(0);
    assert_eq!(
        place.read("output.json"),
        mixtape.replace("[\"1\"]", "[\"1\", \"8\"]")
    );
}
