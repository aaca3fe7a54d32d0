//! All ways to the highest lines held against sorting, and against each other where something is wrong.

mod unusual;

use std::io::Write;
use std::num::{NonZeroU64, NonZeroUsize};

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::io::{Drops, Progress, Rereadable};

/// What is written of the winners, or what is wrong and where, without the name of the file.
type Found = Result<String, String>;

fn found(winners: crate::Result<Winners>, keep: Keep) -> Found {
    let winners = winners.map_err(|error| said(&error))?;
    let mut output = Vec::new();
    match keep {
        Keep::Ids => winners.write_ndjson(&mut output),
        Keep::Lines => winners.write_lines(&mut output),
    }
    .unwrap();
    Ok(String::from_utf8(output).unwrap())
}

fn said(error: &Error) -> String {
    let at = error.position().unwrap();
    let (_, record) = error.element().unwrap();
    let place = format!("{}:{} ({})", at.line, at.column, at.byte);
    format!("{place}, record {record}: {}", error.message())
}

fn file(text: &str) -> (tempfile::NamedTempFile, Rereadable) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let opened = Rereadable::open(file.path(), &Default::default()).unwrap();
    (file, opened)
}

/// Whole, in drops of any size, and from a file in ranges of any size on several threads: each finds the same.
fn find(text: &str, options: &TopOptions) -> Found {
    let whole = found(top("lines", text.as_bytes(), options), options.keep);
    for drop in [1, 2, 3, 7, 24, 100] {
        let source = Drops(text.as_bytes(), drop);
        let drops = found(top("lines", source, options), options.keep);
        assert_eq!(drops, whole, "{text:?} in drops of {drop}");
    }
    let (_file, opened) = file(text);
    for range in [1, 2, 3, 5, 20, 64, 1000] {
        let options = TopOptions {
            range: NonZeroU64::new(range).unwrap(),
            ..options.clone()
        };
        for threads in [1, 3] {
            let shared = top_file(&opened, &options, NonZeroUsize::new(threads).unwrap());
            let shared = found(shared, options.keep);
            assert_eq!(shared, whole, "{text:?} in ranges of {range} on {threads}");
        }
    }
    whole
}

/// A line in its parts: what stands around the score, the score, and the id.
type Line = ([String; 4], i128, String);

fn line() -> impl Strategy<Value = Line> {
    let blanks =
        || prop_oneof![4 => Just(String::new()), 3 => Just(" ".to_owned()), 1 => "[ \t\r]{0,3}"];
    let score = prop_oneof![
        4 => -4i128..4,
        1 => any::<i64>().prop_map(i128::from),
        1 => any::<i128>(),
    ];
    let id = prop_oneof![3 => (0..100u32).prop_map(|id| id.to_string()), 1 => "\"[a-z]{0,40}\""];
    ([blanks(), blanks(), blanks(), blanks()], score, id)
}

fn text(lines: &[Line]) -> Vec<String> {
    let line = |([before, between, behind, end], score, id): &Line| {
        format!("{before}{score}{between}:{behind}{{\"x\": [1], \"id\": {id}}}{end}")
    };
    lines.iter().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_highest_are_those_that_sorting_puts_first(
        lines in prop::collection::vec(line(), 0..12),
        ends in prop::sample::select(vec!["\n", "\r\n", "\n\n", "\n \t\r\n"]),
        count in 0u64..8,
        cut in 0usize..12,
    ) {
        let texts = text(&lines);
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(lines[at].1));
        order.truncate(count as usize);
        for keep in [Keep::Ids, Keep::Lines] {
            let options = TopOptions { count, keep, ..TopOptions::default() };
            let expected: String = order
                .iter()
                .map(|&at| match keep {
                    Keep::Ids => format!("{{\"score\": {}, \"id\": {}}}\n", lines[at].1, lines[at].2),
                    Keep::Lines => {
                        let whole = format!("{}{}", texts[at], ends.split('\n').next().unwrap());
                        format!("{}\n", whole.strip_suffix('\r').unwrap_or(&whole))
                    }
                })
                .collect();
            let whole = texts.iter().map(|line| format!("{line}{ends}")).collect::<String>();
            prop_assert_eq!(find(&whole, &options), Ok(expected.clone()));
            let part = |range: &[String]| {
                let text: String = range.iter().map(|line| format!("{line}{ends}")).collect();
                top("lines", text.as_bytes(), &options).unwrap()
            };
            let (earlier, later) = texts.split_at(cut.min(texts.len()));
            let merged = part(earlier).merge(part(later), count);
            prop_assert_eq!(found(merged, keep), Ok(expected));
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_its_record_however_the_lines_come() {
    let limits = TopOptions {
        max_score_digits: 3,
        max_id: 6,
        max_depth: 2,
        ..TopOptions::default()
    };
    let lines = TopOptions {
        keep: Keep::Lines,
        max_line: 21,
        ..limits.clone()
    };
    let of_ids = [
        (
            "1: {\"id\": 1}\n\n 2 : {\"id\": 1}\nx: {}",
            "4:1 (29), record 3: expected `<score>: <record>`, the score an integer",
        ),
        (
            "1: {\"id\": 1}\n01: {\"id\": 1}\n",
            "2:1 (13), record 2: expected `<score>: <record>`, the score an integer",
        ),
        (
            "999: {\"id\": 1}\n -1234 : {\"id\": 1}",
            "2:2 (16), record 2: score of more than 3 digits; --max-score-digits sets this limit",
        ),
        (
            "-999: {\"id\": 1}\n1234: {\"id\": 1, \"x\": \"a b c d e f\"}",
            "2:1 (16), record 2: score of 4 digits, more than 3; --max-score-digits sets this limit",
        ),
        (
            "1.5: {\"id\": 1}",
            "1:2 (1), record 1: the score must be an integer, found a fraction or an exponent",
        ),
        (
            "1e3: {\"id\": 1}",
            "1:2 (1), record 1: the score must be an integer, found a fraction or an exponent",
        ),
        (
            "1 .5: {\"id\": 1}",
            "1:3 (2), record 1: expected ':' after the score",
        ),
        (
            "1 2: {\"id\": 1, \"x\": \"a b c d e f\"}",
            "1:3 (2), record 1: expected ':' after the score",
        ),
        ("12", "1:3 (2), record 1: expected ':' after the score"),
        ("12  ", "1:3 (2), record 1: expected ':' after the score"),
        (
            "12  \n1: {\"id\": 1}",
            "1:3 (2), record 1: expected ':' after the score",
        ),
        (
            "1:",
            "1:3 (2), record 1: the text ends before the JSON value does",
        ),
        (
            "1: {}\n2: {\"id\": 1}",
            "1:4 (3), record 1: the record has no member \"id\"",
        ),
        (
            "1:  {\"x\": \"id\"}",
            "1:5 (4), record 1: the record has no member \"id\"",
        ),
        (
            "1: [\"id\"]",
            "1:4 (3), record 1: the record must be an object, found array",
        ),
        (
            "1: {\"id\": 1} 2",
            "1:14 (13), record 1: unexpected text after the JSON value",
        ),
        (
            "1: {\"x\": 1,\"id\": [7]}",
            "1:18 (17), record 1: the id must be a string, a number, true, false or null",
        ),
        (
            "1: {\"id\": {}}",
            "1:11 (10), record 1: the id must be a string, a number, true, false or null",
        ),
        (
            "1: {\"id\": 123456}\n1: {\"id\": 1234567}",
            "2:11 (28), record 2: an id is longer than 6 bytes; --max-id sets this limit",
        ),
        (
            "1: {\"x\": [], \"id\": 1}\n1: {\"x\": [[]], \"id\": 1}",
            "2:11 (32), record 2: nested more than 2 levels deep; --max-depth sets this limit",
        ),
    ];
    for (text, expected) in of_ids {
        assert_eq!(find(text, &limits).unwrap_err(), expected, "{text:?}");
    }
    // Of a line its end is no part, but for a carriage return.
    let longest = format!("1: {{\"id\": 12}}{:8}\n", "");
    assert_eq!(find(&longest, &lines).unwrap(), longest);
    for end in [" \n", "\r\n"] {
        let longer = longest.replace('\n', end);
        let expected =
            "1:1 (0), record 1: a line is longer than 21 bytes; --max-line sets this limit";
        assert_eq!(find(&longer, &lines).unwrap_err(), expected);
    }
}

#[test]
fn an_array_has_a_comma_between_its_winners_and_nowhere_else() {
    let lines = "1: {\"id\": \"a\"}\n2: {\"id\": 7}\n";
    for (count, expected) in [
        (0, "[]\n"),
        (1, "[\n  {\n    \"score\": 2,\n    \"id\": 7\n  }\n]\n"),
        (
            2,
            "[\n  {\n    \"score\": 2,\n    \"id\": 7\n  },\n  {\n    \"score\": 1,\n    \"id\": \"a\"\n  }\n]\n",
        ),
    ] {
        let options = TopOptions {
            count,
            ..TopOptions::default()
        };
        let winners = top("lines", lines.as_bytes(), &options).unwrap();
        let mut output = Vec::new();
        winners.write_json(&mut output).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), expected);
        assert_eq!(
            (winners.len(), winners.is_empty()),
            (count as usize, count == 0)
        );
    }
}

#[test]
fn the_progress_is_told_of_every_record_once() {
    for records in [0, 1, 4095, 4096, 4097, 10_000] {
        let text = "1: {\"id\": 1}\n\n".repeat(records);
        let options = TopOptions {
            progress: Progress::default(),
            range: NonZeroU64::new(1000).unwrap(),
            ..TopOptions::default()
        };
        top("lines", text.as_bytes(), &options).unwrap();
        assert_eq!(options.progress.look().items, records as u64);
        let (_file, opened) = file(&text);
        top_file(&opened, &options, NonZeroUsize::MIN).unwrap();
        assert_eq!(options.progress.look().items, 2 * records as u64);
    }
}

#[test]
fn what_is_longer_than_the_window_is_found_and_said_alike() {
    let lines = "1: {\"id\": 1}\n".repeat(50_000) + "x";
    let (_file, opened) = file(&lines);
    for range in [10_000, 1_000_000] {
        let options = TopOptions {
            range: NonZeroU64::new(range).unwrap(),
            ..TopOptions::default()
        };
        let shared = top_file(&opened, &options, NonZeroUsize::MIN);
        let expected =
            "50001:1 (650000), record 50001: expected `<score>: <record>`, the score an integer";
        assert_eq!(found(shared, Keep::Ids).unwrap_err(), expected);
    }
    let id = format!("\"{}\"", "y".repeat(300_000));
    // A name with an escape is read the long way.
    let line = format!("1: {{\"x\": {id}, \"\\u0069d\": {id}, \"z\": {id}}}\n");
    for (keep, expected) in [
        (Keep::Ids, format!("{{\"score\": 1, \"id\": {id}}}\n")),
        (Keep::Lines, line.clone()),
    ] {
        let options = TopOptions {
            keep,
            ..TopOptions::default()
        };
        let winners = top("lines", Drops(line.as_bytes(), 1000), &options);
        assert!(found(winners, keep).unwrap() == expected, "{keep:?}");
    }
}
