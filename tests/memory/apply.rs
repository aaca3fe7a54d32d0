//! `apply`: an index of known size, and nothing for operations that leave nothing behind.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::PathBuf;

use data_gen::{Changes, ChangesLayout, ChangesOptions, Rate};

use crate::measure::{MIB, Measured, from_fn, measure, slope, write_mixtape};
use crate::support::Folder;

fn apply(mixtape: PathBuf, code: i32, changes: impl Read) -> Measured {
    let arguments: [&OsStr; 4] = [
        "apply".as_ref(),
        mixtape.as_ref(),
        "-".as_ref(),
        "/dev/null".as_ref(),
    ];
    measure(arguments, code, changes)
}

#[test]
fn operations_that_leave_the_state_the_same_size_cost_no_memory() {
    const PLAYLISTS: u64 = 10_000;
    let folder = Folder::new();
    let options = ChangesOptions {
        playlists: PLAYLISTS,
        ..ChangesOptions::default()
    };
    let rejects = ChangesOptions {
        reject: Rate::ALWAYS,
        ..options
    };
    let churn = ChangesOptions {
        churn: true,
        ..options
    };
    let ndjson = |options| ChangesOptions {
        layout: ChangesLayout::Ndjson,
        ..options
    };
    for (name, code, options) in [
        ("rejects in an array", 3, rejects),
        ("rejects in lines", 3, ndjson(rejects)),
        ("playlists added and removed, in an array", 0, churn),
        ("playlists added and removed, in lines", 0, ndjson(churn)),
    ] {
        let run = |operations| {
            let changes = Changes::new(ChangesOptions {
                operations,
                ..options
            });
            let path = write_mixtape(&folder, PLAYLISTS, PLAYLISTS / 2 + 1, PLAYLISTS / 2 + 1);
            apply(path, code, changes)
        };
        let (short, long) = (run(50_000), run(500_000));
        assert!(
            long.input > 9 * short.input,
            "{name}: the long one is short"
        );
        let more = long.peak.saturating_sub(short.peak);
        assert!(more <= 4 * MIB, "{name}: {more} bytes more");
    }
}

/// Pieces of CHANGES are full of them: two bytes each.
#[test]
fn operations_that_are_next_to_nothing_cost_threads_no_memory() {
    let folder = Folder::new();
    let path = write_mixtape(&folder, 10, 10, 10);
    let arguments = |threads| -> [&OsStr; 8] {
        [
            "apply".as_ref(),
            path.as_ref(),
            "-".as_ref(),
            "/dev/null".as_ref(),
            "--rejects".as_ref(),
            "/dev/null".as_ref(),
            "--threads".as_ref(),
            threads,
        ]
    };
    let element = r#"{"type":"remove_playlist","playlist_id":"none"}"#;
    let changes = format!("[{element},{element},{}0]", "0,".repeat(400_000));
    let [one, eight] = ["1", "8"].map(|threads: &str| {
        let arguments = arguments(threads.as_ref());
        measure(arguments, 0, changes.as_bytes()).peak
    });
    let more = eight.saturating_sub(one);
    assert!(more <= 40 * MIB, "{more} bytes more");
}

#[test]
fn the_index_has_the_size_that_the_readme_says() {
    const FEW: u64 = 200_000;
    const MANY: u64 = 1_200_000;
    let folder = Folder::new();
    let index = |playlists, users, songs| {
        let path = write_mixtape(&folder, playlists, users, songs);
        apply(path, 0, io::empty())
    };
    for (name, most, few, many) in [
        ("playlist", 40.0, index(FEW, 9, 9), index(MANY, 9, 9)),
        ("user", 20.0, index(9, FEW, 9), index(9, MANY, 9)),
        ("song", 20.0, index(9, 9, FEW), index(9, 9, MANY)),
    ] {
        let each = slope(name, (FEW, few), (MANY, many));
        assert!(each <= most, "{each} bytes a {name}");
    }
}

/// The same operations over and over.
struct Additions {
    left: u64,
    line: io::Cursor<String>,
}

impl Additions {
    const PLAYLISTS: u64 = 900;

    fn new(operations: u64) -> Self {
        Additions {
            left: operations,
            line: io::Cursor::default(),
        }
    }
}

impl Read for Additions {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.line.position() == self.line.get_ref().len() as u64 && self.left > 0 {
            self.left -= 1;
            let playlist = 1 + self.left % Self::PLAYLISTS;
            self.line = io::Cursor::new(format!(
                "{{\"type\":\"add_song_to_playlist\",\"playlist_id\":\"{playlist}\",\"song_id\":\"7\"}}\n"
            ));
        }
        self.line.read(buffer)
    }
}

#[test]
fn an_appended_song_costs_eight_bytes() {
    const FEW: u64 = 1_000_000;
    const MANY: u64 = 3_000_000;
    let folder = Folder::new();
    let run = |operations| {
        let path = write_mixtape(&folder, Additions::PLAYLISTS, 9, 9);
        let additions = io::BufReader::with_capacity(64 << 10, Additions::new(operations));
        apply(path, 0, additions)
    };
    let each = slope("song", (FEW, run(FEW)), (MANY, run(MANY)));
    // Eight, and what a run's buffers and threads differ by: on another machine that was 0.14 of two million songs.
    assert!(each <= 8.5, "{each} bytes an appended song");
}

#[test]
fn one_operation_costs_at_most_twenty_times_its_text() {
    const FEW: u64 = 1_000_000;
    const MANY: u64 = 4_000_000;
    let folder = Folder::new();
    let text = r#"{"users": [{"id": 1}], "songs": [{"id": 7}], "playlists": []}"#;
    let mixtape = folder.write("mixtape.json", text);
    // Nothing has more to remember for its length than a list of ids of one digit.
    let run = |songs: u64| {
        let mut list = (0..songs).flat_map(|_| *b",7");
        let list = from_fn(move |buffer| {
            let filled = buffer.iter_mut().zip(&mut list);
            Ok(filled.map(|(place, byte)| *place = byte).count())
        });
        let open = b"[{\"type\":\"add_playlist\",\"user_id\":1,\"song_ids\":[7";
        let new = open.chain(list).chain(&b"]}]"[..]);
        apply(mixtape.clone(), 0, new)
    };
    let each = slope("song", (FEW, run(FEW)), (MANY, run(MANY)));
    assert!(each <= 2.0 * 20.0, "{each} bytes for the two of a song");
}
