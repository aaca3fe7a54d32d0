//! Checked lines held against the reader that goes token by token: nothing that it refuses is ever called right, and what it
//! accepts is, but for a few things that are left to it. Every width says the same.

mod values;
mod widths;

use std::io::Read;

use data_gen::{Rate, Scores, ScoresOptions};
use proptest::prelude::*;
use struson::reader::{JsonReader, ValueType};

use super::LineCheck;
use super::portable::Bytes;
use crate::json::{DocumentReader, HoldLimit, Window, line_reader};
use values::VALUES;

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "a value",
    flag: "none",
};

/// What each width says, which must be the same.
fn check(check: &mut LineCheck, lines: &[u8]) -> bool {
    let right = check.check_by::<Bytes>(lines);
    if crate::json::scan::checks_lines_quickly() {
        let ends = check.ends().to_vec();
        let shown = String::from_utf8_lossy(lines);
        assert_eq!(check.check(lines), right, "{shown}");
        assert_eq!(check.ends(), ends, "{shown}");
    }
    right
}

/// Whether each line is empty, or a label and a record, by the reader that goes token by token.
fn expected(lines: &[u8]) -> bool {
    let body = lines.strip_suffix(b"\n").expect("whole lines");
    body.split(|&byte| byte == b'\n').all(|line| {
        let blank = line.iter().all(|byte| b" \t\r".contains(byte));
        blank || is_labelled_record(line)
    })
}

fn is_labelled_record(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|&byte| byte == b':') else {
        return false;
    };
    let is_scalar = |text: &[u8]| {
        let mut window = Window::starting_at(text, LIMIT, crate::json::Position::START);
        let mut json = line_reader(&mut window);
        matches!(
            json.peek(),
            Ok(ValueType::Number | ValueType::Boolean | ValueType::Null)
        ) && json.skip_value().is_ok()
            && json.finish().is_ok()
    };
    let mut window = Window::starting_at(&line[colon + 1..], LIMIT, crate::json::Position::START);
    is_scalar(&line[..colon]) && has_id(line_reader(&mut window)).unwrap_or(false)
}

/// Whether it is an object with an id, all ids without parts.
fn has_id<J: DocumentReader>(mut json: J) -> Result<bool, struson::reader::ReaderError> {
    let (mut found, mut right) = (false, true);
    json.begin_object()?;
    while json.has_next()? {
        if json.next_name()? == "id" {
            found = true;
            right &= !matches!(json.peek()?, ValueType::Object | ValueType::Array);
        }
        json.skip_value()?;
    }
    json.end_object()?;
    Ok(found && right && json.finish().is_ok())
}

/// What may be right and is left to the other reader all the same.
fn is_left_to_others(lines: &[u8]) -> bool {
    let has = |part: &[u8]| lines.windows(part.len()).any(|window| window == part);
    let deep = lines.iter().filter(|byte| b"[{".contains(byte)).count() > 50;
    has(b"\\u0069") || has(b"\\u0064") || deep
}

fn compare(checks: &mut LineCheck, lines: &[u8]) {
    let right = check(checks, lines);
    let expected = expected(lines);
    let shown = || String::from_utf8_lossy(lines).into_owned();
    assert!(expected || !right, "called right: {}", shown());
    assert!(
        right || !expected || is_left_to_others(lines),
        "not called right: {}",
        shown()
    );
    if right {
        let ends: Vec<_> = checks.ends().iter().map(|&end| end as usize).collect();
        let feeds = (0..lines.len()).filter(|&at| lines[at] == b'\n');
        assert_eq!(ends, feeds.collect::<Vec<_>>(), "{}", shown());
    }
}

fn records(count: u64, seed: u64, dense: bool) -> Vec<u8> {
    let mut lines = Vec::new();
    let options = ScoresOptions {
        records: count,
        dense,
        seed,
        invalid: Rate::NEVER,
    };
    Scores::new(options).read_to_end(&mut lines).unwrap();
    lines
}

#[test]
fn generated_records_are_called_right_whole_and_one_by_one() {
    let mut checks = LineCheck::new();
    for dense in [false, true] {
        let lines = records(500, 3, dense);
        compare(&mut checks, &lines);
        assert!(check(&mut checks, &lines));
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            assert!(
                check(&mut checks, line),
                "{}",
                String::from_utf8_lossy(line)
            );
        }
    }
}

#[test]
fn every_small_value_is_judged_alike_wherever_it_stands() {
    let mut checks = LineCheck::new();
    for value in VALUES {
        for template in [
            "1: {\"id\": 1, \"x\": @}\n",
            "1: {\"x\": @, \"id\": 1}\n",
            "1:{\"id\":@}\n",
            "1:{\"id\":[@]}\n",
            "1: {@}\n",
            "1: @\n",
            "@: {\"id\": 1}\n",
            "1: {\"id\": 1, @: 1}\n",
            "1: {\"id\": 1, \"x\": [@]}\n",
            "1: {\"id\": 1, \"x\": [0, @, 0]}\n",
            "1: {\"x\": {\"y\": @}, \"id\": null}\n",
            "1: {\"id\": \"a\"}@\n",
            "@\n",
        ] {
            compare(&mut checks, template.replace('@', value).as_bytes());
        }
    }
}

#[test]
fn every_small_value_is_judged_alike_at_every_distance_from_the_edge_of_a_group() {
    let mut checks = LineCheck::new();
    for value in VALUES {
        for length in 0..70 {
            // Text moves the edge of the blocks, elements that of the tokens and of the scalars.
            let text = "x".repeat(length);
            let elements = "0,".repeat(length);
            for lines in [
                format!("1:{{\"{text}\":0,\"id\":1,\"x\":[{value},1]}}\n"),
                format!("1:{{\"id\":1,\"y\":[{elements}0],\"x\":{value},\"z\":{{\"a\":[]}}}}\n"),
            ] {
                compare(&mut checks, lines.as_bytes());
            }
        }
    }
}

#[test]
fn every_changed_byte_and_every_cut_is_judged_alike() {
    let mut checks = LineCheck::new();
    let lines = records(6, 5, true);
    for place in 0..lines.len() {
        for byte in *b"\"\\{}[]:,0-.eE+tun \n\t\x00\x1f\x80\xc3\xf0i" {
            let mut changed = lines.clone();
            changed[place] = byte;
            changed.push(b'\n');
            compare(&mut checks, &changed);
        }
        for changed in [
            [&lines[..place], b"\n"].concat(),
            [&lines[..place], &lines[place + 1..], b"\n"].concat(),
            [&lines[place..], b"\n"].concat(),
        ] {
            compare(&mut checks, &changed);
        }
    }
}

#[test]
fn nesting_is_judged_alike_or_left_alone() {
    let mut checks = LineCheck::new();
    for depth in 0..140usize {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            for closed in [depth, depth.saturating_sub(1), depth + 1] {
                let lines = format!(
                    "1:{{\"id\":1,\"x\":{}0{}}}\n",
                    open.repeat(depth),
                    close.repeat(closed)
                );
                compare(&mut checks, lines.as_bytes());
                // Of the wrong kind at the very outside.
                let wrong = lines.replacen(open, if open == "[" { "{\"a\":" } else { "[" }, 2);
                compare(&mut checks, wrong.as_bytes());
            }
        }
        if depth < 50 {
            let lines = format!(
                "1:{{\"id\":1,\"x\":{}0{}}}\n",
                "[".repeat(depth),
                "]".repeat(depth)
            );
            assert!(check(&mut checks, lines.as_bytes()), "{depth}");
        }
    }
}

#[test]
fn a_line_of_any_length_is_judged_alike() {
    let mut checks = LineCheck::new();
    for length in (0..300).chain(4000..4200).chain([20_000, 100_000]) {
        let text = "x".repeat(length);
        compare(
            &mut checks,
            format!("1: {{\"id\": \"{text}\"}}\n").as_bytes(),
        );
        compare(
            &mut checks,
            format!("1: {{\"id\": \"{text}\u{1}\"}}\n").as_bytes(),
        );
        compare(
            &mut checks,
            format!("1: {{\"id\": \"{text}é\", \"a\":1}}\n").as_bytes(),
        );
        let digits = "7".repeat(length);
        compare(
            &mut checks,
            format!("1: {{\"id\": 1{digits}.{digits}5e{digits}1}}\n").as_bytes(),
        );
        compare(
            &mut checks,
            format!("1: {{\"id\": 1{digits}.{digits}.5}}\n").as_bytes(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn records_with_random_changes_are_judged_alike(
        seed in 0u64..1000,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4), 0..5),
    ) {
        const BYTES: &[u8] = b"{}[]:,\"\\/tfn-+.eE019 \n\t\r\x00\x1f\x80\xc3\xff\xed\xa0\xe2ids";
        let mut lines = records(4, seed, true);
        for (place, byte, kind) in changes {
            if lines.is_empty() {
                break; // removed to the last byte
            }
            let (place, byte) = (place.index(lines.len()), BYTES[byte.index(BYTES.len())]);
            match kind {
                0 => lines[place] = byte,
                1 => lines.insert(place, byte),
                2 => { lines.remove(place); }
                _ => lines.truncate(place + 1),
            }
        }
        lines.push(b'\n');
        compare(&mut LineCheck::new(), &lines);
    }

    #[test]
    fn random_tokens_are_judged_alike(tokens in prop::collection::vec(0usize..14, 0..90)) {
        const TOKENS: [&str; 14] =
            ["{", "}", "[", "]", ":", ",", "1", "\"id\":", "\"a\":", "\"b\"", "\n", "{\"id\":1}\n", "1:", "null,"];
        let lines: String = tokens.iter().map(|&token| TOKENS[token]).chain(["\n"]).collect();
        compare(&mut LineCheck::new(), lines.as_bytes());
    }

    #[test]
    fn characters_cut_and_broken_are_judged_alike(
        before in 0usize..70,
        pieces in prop::collection::vec((any::<char>(), 0usize..8, any::<u8>()), 1..12),
    ) {
        let mut text = vec![b'x'; before];
        for (character, kind, byte) in pieces {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).as_bytes();
            match kind {
                0 => text.extend_from_slice(&bytes[1..]),
                1 => text.extend_from_slice(&bytes[..bytes.len() - 1]),
                2 => text.push(byte | 0x80),
                _ => text.extend_from_slice(bytes),
            }
        }
        text.retain(|&byte| byte != b'\n');
        compare(&mut LineCheck::new(), &[b"1:{\"id\":\"", &text[..], b"\"}\n"].concat());
    }
}
