//! `consolidate`: nothing for streams, and for recommendations what the README says or what is allowed.

use std::ffi::OsStr;
use std::io;
use std::num::NonZeroU64;

use data_gen::{Events, ListeningOptions, Recommendations};

use crate::measure::{MIB, Measured, measure, pour, slope};
use crate::support::Folder;
use crate::support::long::few_or;

/// Streams of a pipe, put together with the playlists of a file.
fn consolidate(folder: &Folder, options: ListeningOptions, more: &[&str]) -> Measured {
    let playlists = folder.path("playlists");
    let file = std::fs::File::create(&playlists).unwrap();
    pour(Recommendations::new(options), file);
    let table = folder.path("table");
    let begin: [&OsStr; 5] = [
        "consolidate".as_ref(),
        playlists.as_ref(),
        "-".as_ref(),
        "--out".as_ref(),
        table.as_ref(),
    ];
    let arguments = begin.into_iter().chain(more.iter().map(OsStr::new));
    measure(arguments, 0, Events::new(options))
}

/// What tells two files apart, without reading one into this process.
fn length_and_sum(path: &std::path::Path) -> (u64, u64) {
    let mut reader = io::BufReader::new(std::fs::File::open(path).unwrap());
    let (mut length, mut sum) = (0, 0xcbf2_9ce4_8422_2325_u64);
    loop {
        let bytes = io::BufRead::fill_buf(&mut reader).unwrap();
        if bytes.is_empty() {
            return (length, sum);
        }
        for &byte in bytes {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let count = bytes.len();
        length += count as u64;
        io::BufRead::consume(&mut reader, count);
    }
}

fn listening(users: u64, events: u64) -> ListeningOptions {
    ListeningOptions {
        users: NonZeroU64::new(users).unwrap(),
        tracks: NonZeroU64::new(2_000).unwrap(),
        events,
        ..ListeningOptions::default()
    }
}

#[test]
fn streams_cost_consolidate_no_memory_and_recommendations_what_the_readme_says() {
    let folder = Folder::new();
    // So few users and tracks that all of them are heard by all soon.
    let run = |events| consolidate(&folder, listening(2, events), &[]);
    let (short, long) = (run(100_000), run(800_000));
    assert!(long.input > 7 * short.input);
    let more = long.peak.saturating_sub(short.peak);
    assert!(more <= 4 * MIB, "{more} bytes more");

    let run = |users| consolidate(&folder, listening(users, 0), &[]);
    let (few, many) = (run(5_000), run(20_000));
    let bytes = slope("a recommendation", (5_000 * 60, few), (20_000 * 60, many));
    assert!(
        (24.0..40.0).contains(&bytes),
        "{bytes} bytes a recommendation"
    );
}

#[test]
fn a_table_that_does_not_fit_stays_below_what_is_allowed_and_is_the_same() {
    let folder = Folder::new();
    let options = listening(20_000, 300_000);
    let free = consolidate(&folder, options, &[]);
    let expected = length_and_sum(&folder.path("table"));
    let sizes = [("32MiB", 32 * MIB), ("40MiB", 40 * MIB)];
    for (size, most) in &sizes[..few_or(1, 2)] {
        let run = consolidate(&folder, options, &["--max-memory", size]);
        assert!(free.peak > *most, "it would fit: {} bytes", free.peak);
        assert!(run.peak <= *most, "{size}: {} bytes", run.peak);
        assert_eq!(length_and_sum(&folder.path("table")), expected, "{size}");
    }
}
