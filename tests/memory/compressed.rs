//! Compressed input costs what plain input costs.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use data_gen::{Changes, ChangesOptions, Scores, ScoresOptions};

use crate::measure::{MIB, Measured, measure, measure_with, try_pour, write_mixtape};
use crate::support::long::few_or;
use crate::support::{Folder, skipped};
use crate::top::CEILING;

/// Runs the program behind `compressor`, a program too: compressing in this process would make it large. None, with a word
/// about it, where that is not installed.
fn measure_compressed(
    arguments: &[&OsStr],
    code: i32,
    compressor: &str,
    input: impl Read,
) -> Option<Measured> {
    let compressor = Command::new(compressor)
        .args(["-1", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null()) // it may be told that nobody reads on
        .spawn();
    let Ok(mut compressor) = compressor else {
        skipped(&format!(
            "{COMPRESSORS:?} must be installed to measure memory with compressed input"
        ));
        return None;
    };
    let compressed = compressor.stdout.take().unwrap();
    let measured = measure_with(arguments, code, compressed.into(), || {
        pour_some(input, compressor.stdin.take().unwrap())
    });
    compressor.wait().expect("the compressor ends");
    Some(measured)
}

const COMPRESSORS: [&str; 2] = ["gzip", "zstd"];

/// The same where the reader may end early, as it does at a limit.
fn pour_some(input: impl Read, output: impl Write) -> u64 {
    try_pour(input, output).unwrap_or_else(|error| {
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        0
    })
}

#[test]
fn compressed_input_costs_no_more_memory_than_the_ceiling_of_plain_input() {
    let folder = Folder::new();
    let path = write_mixtape(&folder, 10_000, 5_001, 5_001);
    let apply: [&OsStr; 4] = [
        "apply".as_ref(),
        path.as_ref(),
        "-".as_ref(),
        "/dev/null".as_ref(),
    ];
    let top: [&OsStr; 3] = ["top".as_ref(), "-".as_ref(), "5".as_ref()];
    for compressor in COMPRESSORS {
        for dense in few_or(&[false][..], &[false, true]) {
            let records = Scores::new(ScoresOptions {
                records: 200_000,
                dense: *dense,
                ..ScoresOptions::default()
            });
            let Some(run) = measure_compressed(&top, 0, compressor, records) else {
                return;
            };
            assert!(run.input > 30_000_000, "{compressor}");
            assert!(
                run.peak <= CEILING,
                "{compressor}: peak of {} bytes",
                run.peak
            );
        }
        let run = |operations| {
            let changes = Changes::new(ChangesOptions {
                playlists: 10_000,
                operations,
                churn: true,
                ..ChangesOptions::default()
            });
            measure_compressed(&apply, 0, compressor, changes).unwrap()
        };
        let (short, long) = (run(30_000), run(few_or(150_000, 300_000)));
        let more = long.peak.saturating_sub(short.peak);
        assert!(more <= 4 * MIB, "{compressor}: {more} bytes more");
    }
}

/// So many bytes of blanks, or one record with a string of so many, compressed to next to nothing.
#[test]
fn a_compressed_bomb_streams_through() {
    let size = 64 * MIB;
    for compressor in COMPRESSORS {
        let top: [&OsStr; 3] = ["top".as_ref(), "-".as_ref(), "5".as_ref()];
        let blanks = (&b"1: {\"id\": 1}\n"[..]).chain(io::repeat(b' ').take(size));
        let Some(run) = measure_compressed(&top, 0, compressor, blanks) else {
            return;
        };
        assert!(
            run.peak <= CEILING,
            "{compressor}: peak of {} bytes",
            run.peak
        );
        let record = (&b"1: {\"id\": 1, \"data\": \""[..])
            .chain(io::repeat(b'x').take(size))
            .chain(&b"\"}\n"[..]);
        let run = measure_compressed(&top, 0, compressor, record).unwrap();
        assert!(
            run.peak <= CEILING,
            "{compressor}: peak of {} bytes",
            run.peak
        );
        // An operation is held as a whole, so it ends at its limit.
        let folder = Folder::new();
        let path = write_mixtape(&folder, 9, 9, 9);
        let apply: [&OsStr; 6] = [
            "apply".as_ref(),
            path.as_ref(),
            "-".as_ref(),
            "/dev/null".as_ref(),
            "--max-operation".as_ref(),
            "1MiB".as_ref(),
        ];
        let operation = (&b"[{\"type\": \""[..]).chain(io::repeat(b'x').take(2 * MIB));
        let run = measure_compressed(&apply, 2, compressor, operation).unwrap();
        assert!(
            run.peak <= 16 * MIB,
            "{compressor}: peak of {} bytes",
            run.peak
        );
    }
}

/// What cannot be read twice is copied to a mapped file, whose pages must not count.
#[test]
fn a_piped_or_compressed_mixtape_costs_no_more_memory_than_a_file() {
    let folder = Folder::new();
    let changes = folder.write("changes", "");
    let mixtape = || {
        (&b"{\"users\": [], \"songs\": [], \"playlists\": [], \"x\": \""[..])
            .chain(io::repeat(b'x').take(64 * MIB))
            .chain(&b"\"}\n"[..])
    };
    let arguments: [&OsStr; 4] = [
        "apply".as_ref(),
        "-".as_ref(),
        changes.as_ref(),
        "/dev/null".as_ref(),
    ];
    let run = measure(arguments, 0, mixtape());
    assert!(run.peak <= 16 * MIB, "piped: {} bytes", run.peak);
    for compressor in COMPRESSORS {
        let Some(run) = measure_compressed(&arguments, 0, compressor, mixtape()) else {
            return;
        };
        assert!(run.peak <= 16 * MIB, "{compressor}: {} bytes", run.peak);
    }
}
