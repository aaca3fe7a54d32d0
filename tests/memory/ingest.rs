//! `ingest`: flat in what is the same from hour to hour.

use std::ffi::OsStr;
use std::io::{self, Read};

use data_gen::{Youtube, YoutubeOptions};

use crate::measure::{MIB, Measured, from_fn, measure};
use crate::support::Folder;

fn ingest(folder: &Folder, to: [&str; 2], rows: impl Read) -> Measured {
    let place = folder.path(to[1]);
    let arguments: [&OsStr; 4] = [
        "ingest".as_ref(),
        "-".as_ref(),
        to[0].as_ref(),
        place.as_ref(),
    ];
    measure(arguments, 0, rows)
}

#[test]
fn a_dump_of_176_mb_takes_less_than_128_mib() {
    let folder = Folder::new();
    let rows = Youtube::new(YoutubeOptions {
        rows: 266_000,
        ..YoutubeOptions::default()
    });
    let run = ingest(&folder, ["--out", "tables"], rows);
    assert!(run.input >= 176_000_000, "only {} bytes", run.input);
    assert!(run.peak <= 128 * MIB, "peak of {} bytes", run.peak);
}

/// Rows of one playlist, video and day, each with texts and a time that no other has.
fn changing_rows(rows: u64) -> impl Read {
    let row = |number: u64| {
        let (minute, microsecond) = (number / 60_000_000 % 60, number % 1_000_000);
        let mut text = format!(
            "{{\"playlist_id\": \"P\", \"video_id\": \"V\", \"timestp\": \"2022-05-20T12:{minute:02}:10.{microsecond:06}\""
        );
        for member in [
            "playlist_name",
            "artwork_url",
            "title",
            "track_title",
            "image_url",
        ] {
            text += &format!(", \"{member}\": \"one that was never there before: {number}\"");
        }
        io::Cursor::new(text + ", \"views\": 7, \"position\": 1}\n")
    };
    let mut numbers = 0..rows;
    let mut current = io::Cursor::new(String::new());
    io::BufReader::with_capacity(
        64 << 10,
        from_fn(move |buffer| {
            loop {
                let count = current.read(buffer)?;
                if count > 0 {
                    return Ok(count);
                }
                match numbers.next() {
                    Some(number) => current = row(number),
                    None => return Ok(0),
                }
            }
        }),
    )
}

#[test]
fn rows_of_known_keys_and_intervals_cost_ingest_no_memory() {
    let folder = Folder::new();
    let run = |rows| ingest(&folder, ["--out", "tables"], changing_rows(rows));
    let (short, long) = (run(100_000), run(800_000));
    assert!(long.input > 7 * short.input);
    let more = long.peak.saturating_sub(short.peak);
    assert!(more <= 4 * MIB, "{more} bytes more");
}

#[test]
fn a_database_costs_ingest_little_memory() {
    let folder = Folder::new();
    let rows = Youtube::new(YoutubeOptions {
        rows: 100_000,
        ..YoutubeOptions::default()
    });
    let run = ingest(&folder, ["--db", "test.db"], rows);
    assert!(run.peak <= 64 * MIB, "peak of {} bytes", run.peak);
}
