//! The index in a process that is not allowed the memory for it: an error that says so, never an abort.
#![cfg(target_os = "linux")] // prlimit

mod support;

use std::fs::File;
use std::io::{self, Read, Write};
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use data_gen::{Mixtape, MixtapeOptions};
use support::Folder;

const MIB: u64 = 1 << 20;

/// Enough for the program and its buffers.
const LIMIT: u64 = 32 * MIB;

fn prlimit(limit: u64) -> Command {
    let mut command = Command::new("prlimit");
    command.arg(format!("--as={limit}"));
    command
}

fn can_limit() -> bool {
    let can = prlimit(LIMIT)
        .arg("true")
        .status()
        .is_ok_and(|status| status.success());
    if !can {
        #[expect(clippy::print_stdout, reason = "a test that does not run says so")]
        {
            println!("skipped: prlimit (of util-linux) is not there, or may not set a limit");
        }
    }
    can
}

fn write_mixtape(folder: &Folder, playlists: u64, songs: u64) -> PathBuf {
    let path = folder.path("mixtape.json");
    let mut document = Mixtape::new(MixtapeOptions {
        playlists,
        users: NonZeroU64::new(9),
        songs: NonZeroU64::new(songs),
        songs_per_playlist: 0,
        compact: true,
        ..MixtapeOptions::default()
    });
    io::copy(&mut document, &mut File::create(&path).unwrap()).unwrap();
    path
}

/// Runs `apply` with so much memory and `changes` on its standard input, of which it may leave a part.
fn apply(folder: &Folder, mixtape: &PathBuf, limit: u64, mut changes: impl Read) -> Output {
    let mut child = prlimit(limit)
        .arg(env!("CARGO_BIN_EXE_mixtape"))
        .arg("apply")
        .arg(mixtape)
        .arg("-")
        .arg(folder.path("output.json"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("prlimit starts");
    let mut input = io::BufWriter::with_capacity(64 << 10, child.stdin.take().unwrap());
    // Whoever ends early closes the pipe.
    let _ = io::copy(&mut changes, &mut input).and_then(|_| input.flush());
    drop(input);
    child.wait_with_output().expect("the program ends")
}

fn check_refused(name: &str, folder: &Folder, output: Output) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{name}: {message}");
    let wanted = message
        .split("it needs ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .and_then(|bytes| bytes.parse::<u64>().ok());
    let wanted = wanted.unwrap_or_else(|| panic!("{name}: {message}"));
    assert!((1_000..LIMIT * 2).contains(&wanted), "{name}: {message}");
    assert_eq!(folder.names(), ["mixtape.json"], "{name}");
}

#[test]
fn a_mixtape_whose_index_does_not_fit_is_refused() {
    if !can_limit() {
        return;
    }
    for (name, playlists, songs) in [("playlists", 1_500_000, 9), ("songs", 9, 4_000_000)] {
        let folder = Folder::new();
        let mixtape = write_mixtape(&folder, playlists, songs);
        let output = apply(&folder, &mixtape, LIMIT, io::empty());
        check_refused(name, &folder, output);
    }
}

/// One operation over and over.
struct Again {
    left: u64,
    operation: io::Cursor<&'static str>,
}

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.operation.position() == self.operation.get_ref().len() as u64 && self.left > 0 {
            self.left -= 1;
            self.operation.set_position(0);
        }
        self.operation.read(buffer)
    }
}

#[test]
fn changes_for_which_there_is_no_room_are_refused_and_output_is_not_there() {
    if !can_limit() {
        return;
    }
    for (name, count, operation) in [
        (
            "songs",
            6_000_000,
            "{\"type\":\"add_song_to_playlist\",\"playlist_id\":\"1\",\"song_id\":\"7\"}\n",
        ),
        (
            "playlists",
            1_500_000,
            "{\"type\":\"add_playlist\",\"user_id\":\"1\",\"song_ids\":[\"7\"],\"name\":\"Rain\"}\n",
        ),
    ] {
        let folder = Folder::new();
        let mixtape = write_mixtape(&folder, 9, 9);
        let changes = |left| {
            io::BufReader::with_capacity(
                64 << 10,
                Again {
                    left,
                    operation: io::Cursor::new(operation),
                },
            )
        };
        let output = apply(&folder, &mixtape, LIMIT, changes(count));
        check_refused(name, &folder, output);
        let output = apply(&folder, &mixtape, LIMIT, changes(1000));
        assert!(output.status.success(), "{name}: so little fits");
    }
}
