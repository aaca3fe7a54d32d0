//! `--threads`: any number of them gives the same, whatever the inputs come from and however the run ends.

use std::fs;
use std::num::NonZeroUsize;

use data_gen::{Changes, ChangesLayout, ChangesOptions, Rate};
use mixtape::Threads;
use mixtape::apply::{ApplyOptions, Summary};
use mixtape::rejects::{OnReject, RejectLimit};
use proptest::prelude::*;
use serde_json::Value;

use crate::run::{MIXTAPE, Place};
use crate::support::generated::{all, mixtape_of};
use crate::support::{long, random, write_once};

const PLAYLISTS: u64 = 2_000;
const LAYOUTS: [ChangesLayout; 3] = [
    ChangesLayout::Array,
    ChangesLayout::Ndjson,
    ChangesLayout::Grouped,
];

/// So many operations that they are read in many pieces; some of them are rejected.
pub fn changes(layout: ChangesLayout) -> Vec<u8> {
    all(Changes::new(ChangesOptions {
        playlists: PLAYLISTS,
        operations: 10_000,
        reject: Rate::from_per_million(20_000),
        layout,
        ..ChangesOptions::default()
    }))
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// All that a run gives but how long it took.
#[derive(Debug, PartialEq)]
pub struct Given {
    pub code: Option<i32>,
    pub stderr: String,
    output: Option<String>,
    rejects: Option<String>,
    summary: Option<Value>,
}

/// Runs `apply` with blank-separated arguments in a folder that has nothing of runs before.
pub fn given(place: &Place, arguments: &str, input: &[u8], threads: &str) -> Given {
    for name in ["output.json", "rejects", "summary"] {
        let _ = fs::remove_file(place.path(name));
    }
    let further = ["--summary", "summary", "--threads", threads];
    let run = place.run_with_input(arguments, &further, input);
    let read = |name| fs::read_to_string(place.path(name)).ok();
    let lines = run.stderr.lines();
    let untimed = lines.map(|line| line.split(", in ").next().unwrap());
    Given {
        code: run.code,
        stderr: untimed.collect::<Vec<_>>().join("\n"),
        output: read("output.json"),
        rejects: read("rejects"),
        summary: read("summary").map(|summary| {
            let mut summary: Value = serde_json::from_str(&summary).unwrap();
            let counts = summary.as_object_mut().unwrap();
            counts.retain(|name, _| !name.ends_with("seconds") && name != "temporary_bytes");
            summary
        }),
    }
}

/// Arguments, what stands on standard input, and the exit code.
const WAYS: &[(&str, &str, i32)] = &[
    (
        "mixtape.json changes.json output.json --rejects rejects",
        "",
        0,
    ),
    (
        "mixtape.json - output.json --rejects rejects",
        "changes.json",
        0,
    ),
    (
        "mixtape.json changes.gz output.json --rejects rejects",
        "",
        0,
    ),
    (
        "mixtape.json - output.json --rejects rejects",
        "changes.zst",
        0,
    ),
    (
        "- changes.json output.json --rejects rejects",
        "mixtape.json",
        0,
    ),
    (
        "- changes.zst output.json --rejects rejects",
        "mixtape.gz",
        0,
    ),
    (
        "mixtape.zst changes.gz output.json --rejects rejects",
        "",
        0,
    ),
    ("mixtape.json changes.json output.json", "", 3),
    (
        "mixtape.gz - --dry-run --rejects rejects",
        "changes.json",
        0,
    ),
    ("mixtape.json changes.zst output.json --strict", "", 2),
    (
        "- changes.json output.json --rejects rejects --max-rejects 60",
        "mixtape.zst",
        2,
    ),
    (
        "mixtape.json - output.json --rejects rejects --max-rejects 0.5%",
        "changes.gz",
        2,
    ),
    (
        "mixtape.zst changes.json output.json --rejects rejects --max-rejects 50%",
        "",
        0,
    ),
];

#[test]
fn any_number_of_threads_gives_the_same_from_any_source_and_under_any_rule_for_rejects() {
    let mixtape = mixtape_of(PLAYLISTS);
    for (at, layout) in LAYOUTS.into_iter().enumerate() {
        let changes = changes(layout);
        let place = Place::new(&mixtape, &changes);
        for (name, bytes) in [("mixtape", &mixtape), ("changes", &changes)] {
            place.0.write(&format!("{name}.gz"), gzip(bytes));
            place.0.write(&format!("{name}.zst"), zstd(bytes));
        }
        let plain = given(&place, WAYS[0].0, b"", "1");
        assert!(plain.output.as_deref().unwrap().as_bytes() != mixtape);
        assert!(!plain.rejects.as_deref().unwrap().is_empty());
        for (number, &(arguments, input, code)) in WAYS.iter().enumerate() {
            // A third of the ways for each layout, where there is little time.
            if !long::is_long() && number % LAYOUTS.len() != at {
                continue;
            }
            let bytes = match input {
                "" => Vec::new(),
                name => fs::read(place.path(name)).unwrap(),
            };
            let one = given(&place, arguments, &bytes, "1");
            assert_eq!(one.code, Some(code), "{arguments}: {}", one.stderr);
            if code == 0 && one.output.is_some() {
                assert!(one == plain, "{layout:?}, {arguments}, from {input:?}");
            }
            for threads in ["2", "3", "8"] {
                let many = given(&place, arguments, &bytes, threads);
                let what = format!("{layout:?}, {arguments}, from {input:?}, {threads} threads");
                assert_eq!(many.stderr, one.stderr, "{what}");
                assert!(many == one, "{what}");
            }
        }
    }
}

#[test]
fn a_strict_run_shows_the_same_of_a_reject_in_front_of_an_operation_longer_than_a_piece() {
    let bad = r#"{"type":"remove_playlist","playlist_id":"42"}"#;
    let long = format!(
        r#"{{"type":"remove_playlist","more":"{}"}}"#,
        "z".repeat(200_000)
    );
    let place = Place::new(MIXTAPE, format!("[{bad},{long}]"));
    let arguments = "mixtape.json changes.json output.json --strict";
    let one = given(&place, arguments, b"", "1");
    assert!(
        one.stderr.contains(&format!("1 | [{bad}\n")),
        "{}",
        one.stderr
    );
    for threads in ["2", "3", "8"] {
        assert_eq!(
            given(&place, arguments, b"", threads),
            one,
            "{threads} threads"
        );
    }
}

/// What a run in process gives: OUTPUT, the rejects and what is counted, or the error with its picture.
fn told(mixtape: &str, changes: &str, options: &ApplyOptions) -> Result<[String; 3], String> {
    match write_once(mixtape, changes.as_bytes(), usize::MAX, options) {
        Ok(written) => {
            let counts = Summary {
                seconds: 0.0,
                apply_seconds: 0.0,
                temporary_bytes: None,
                ..written.summary
            };
            Ok([written.output, written.reject_lines, format!("{counts:?}")])
        }
        Err(error) => Err(format!(
            "{:?} {:?} {:?} {} {:?}",
            error.position(),
            error.element(),
            error.path(),
            error.message(),
            error.snippet()
        )),
    }
}

proptest! {
    #![proptest_config(long::cases(40, 1_000))]

    #[test]
    fn any_number_of_threads_gives_the_same_of_random_operations_cut_anywhere(
        document in random::mixtape(),
        operations in prop::collection::vec(random::operation(), 0..60),
        style in random::style(),
        is_array in any::<bool>(),
        piece in 1usize..600,
        on_reject in prop::sample::select(&[OnReject::GoOn, OnReject::GoOn, OnReject::Stop][..]),
        max_rejects in prop::option::of(prop_oneof![
            (0u64..40).prop_map(RejectLimit::Count),
            (0u32..100).prop_map(|share| RejectLimit::Percent(share.into())),
        ]),
    ) {
        let mixtape = random::write(style, &document);
        let changes = match is_array {
            true => random::write(style, &Value::Array(operations)),
            false => operations.iter().map(|operation| format!("{operation}\n")).collect(),
        };
        let options = |count, piece| ApplyOptions {
            on_reject,
            max_rejects,
            threads: Threads { count: NonZeroUsize::new(count).unwrap(), piece },
            ..ApplyOptions::default()
        };
        let one = told(&mixtape, &changes, &options(1, piece));
        for (count, piece) in [(2, piece), (3, 64), (8, piece)] {
            let many = told(&mixtape, &changes, &options(count, piece));
            prop_assert_eq!(&many, &one, "{} threads, pieces of {}: {}", count, piece, changes);
        }
    }
}
