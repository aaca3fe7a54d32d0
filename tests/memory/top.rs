//! `top`: eight MiB, whatever it reads.

use std::io::{self, Read};

use data_gen::{Scores, ScoresOptions};

use crate::measure::{MIB, measure};

/// Of `top`, for plain input and for compressed. A program built without optimizing is two and a half MiB larger by itself.
pub const CEILING: u64 = 8 * MIB
    + if cfg!(debug_assertions) {
        5 * MIB / 2
    } else {
        0
    };

#[test]
fn top_stays_below_eight_mib_however_long_its_input_is() {
    for (name, dense, bytes_per_record, size) in [
        ("64 MB", false, 350, 64_000_000),
        ("512 MB", false, 350, 512_000_000),
        ("64 MB of dense records", true, 160, 64_000_000),
        ("512 MB of dense records", true, 160, 512_000_000),
    ] {
        let records = Scores::new(ScoresOptions {
            records: size / bytes_per_record,
            dense,
            ..ScoresOptions::default()
        });
        let run = measure(["top", "-", "5"], 0, records);
        assert!(run.input >= size, "{name}: only {} bytes", run.input);
        assert!(run.peak <= CEILING, "{name}: peak of {} bytes", run.peak);
    }
}

#[test]
fn top_streams_a_long_string_through() {
    let record = |length| {
        (&b"1: {\"id\": 1, \"data\": \""[..])
            .chain(io::repeat(b'x').take(length))
            .chain(&b"\"}\n"[..])
    };
    let run = measure(["top", "-", "5"], 0, record(64 * MIB));
    assert!(run.peak <= CEILING, "peak of {} bytes", run.peak);
}
