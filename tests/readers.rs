//! Our readers held against struson's, the reference, over documents whole and in pieces, mutated and cut.

mod support;

use std::io::Read;

use proptest::prelude::*;
use struson::reader::{JsonReader, JsonStreamReader};

use data_gen::{Scores, ScoresOptions};
use mixtape::json::{Window, document_reader};
use support::documents::rows;
use support::mutation::{mutate, mutation};
use support::random::{self, Style};
use support::targets::readers::{LIMIT, compare, settings};

#[test]
fn every_small_document_is_read_alike_in_pieces_of_every_size() {
    for row in rows() {
        for seed in 0..8 {
            compare(&row.document, [1, 2, 3, 7, 64, usize::MAX], seed);
        }
        compare(&row.document, 1..=70, 99);
    }
}

#[test]
fn lines_and_columns_are_those_of_struson() {
    let document = "[\n \"é\",\n\n {\"a\": [1, 2 ]}, \"𝄞\" ]";
    let mut window = Window::new(document.as_bytes(), LIMIT).unwrap();
    let mut ours = document_reader(&mut window);
    let mut theirs = JsonStreamReader::new_custom(document.as_bytes(), settings());
    fn step<J: JsonReader>(json: &mut J, number: usize) -> struson::reader::JsonReaderPosition {
        match number {
            0 => json.begin_array().unwrap(),
            4 => json.begin_object().unwrap(),
            6 => assert_eq!(json.next_name().unwrap(), "a"),
            9 => json.end_object().unwrap(),
            12 => json.end_array().unwrap(),
            2 | 7 | 11 => json.skip_value().unwrap(),
            _ => drop(json.has_next().unwrap()),
        }
        json.current_position(false)
    }
    for number in 0..=12 {
        assert_eq!(
            step(&mut ours, number),
            step(&mut theirs, number),
            "{number}"
        );
    }
}

#[test]
fn nesting_up_to_the_limit_and_no_further() {
    for open in ["[", "{\"a\":"] {
        for depth in [1, 2, 63, 64, 65, 127, 128, 129, 1000] {
            let close = if open == "[" { "]" } else { "}" };
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            for seed in [3, 4, 5] {
                compare(text.as_bytes(), [1, 5, usize::MAX], seed);
            }
        }
    }
}

#[test]
fn every_truncation_is_read_alike() {
    let mut records = String::new();
    let options = ScoresOptions {
        records: 12,
        dense: true,
        ..ScoresOptions::default()
    };
    Scores::new(options).read_to_string(&mut records).unwrap();
    for line in records.lines() {
        let record = line.split_once(':').unwrap().1.as_bytes();
        for end in 0..=record.len() {
            compare(&record[..end], [1, 13, usize::MAX], end as u64);
        }
    }
}

#[test]
fn long_strings_and_numbers_are_read_alike_across_the_window() {
    let long = "0123456789é".repeat(60_000);
    let digits = "7".repeat(600_000);
    for document in [
        format!("[\"{long}\", \"{long}\\n\"]"),
        format!("{{\"{long}\": [{digits}, -{digits}.{digits}e{digits}]}}"),
        format!("[{}1]", " \n".repeat(400_000)),
        format!("[\"{long}\u{1}\"]"),
        format!("[\"{}\"", "\\u00e9".repeat(100_000)),
    ] {
        for seed in 0..6 {
            compare(document.as_bytes(), [4_096, 100_003, usize::MAX], seed);
        }
    }
}

fn documents() -> impl Strategy<Value = Vec<u8>> {
    let style = any::<u64>().prop_map(Style::Exotic);
    (random::mixtape(), style).prop_map(|(value, style)| random::write(style, &value).into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn random_documents_and_their_mutations_are_read_alike(
        mut document in documents(),
        mutations in prop::collection::vec(mutation(), 0..4),
        chunk in 1usize..=70,
        seed: u64,
    ) {
        mutate(&mut document, &mutations);
        compare(&document, [chunk, usize::MAX], seed);
    }
}
