//! `top` held against a naive model: every line parsed by serde_json, all of them sorted, the rest cut off.

use std::cmp::Ordering;

use proptest::prelude::*;
use serde_json::Value;

use crate::routes::in_process;
use crate::support::random::{self, Style};

/// A line of the model: its score as it is written, and its id parsed.
type Scored = (String, Value);

/// All lines that are not blank, or none if one is invalid.
fn parse(input: &[u8]) -> Option<Vec<Scored>> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    input
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.iter().all(is_blank))
        .map(|line| {
            let colon = line.iter().position(|&byte| byte == b':')?;
            let score = std::str::from_utf8(&line[..colon]).ok()?;
            let score = score.trim_matches([' ', '\t', '\r']);
            let digits = score.strip_prefix('-').unwrap_or(score);
            let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !number || (digits.len() > 1 && digits.starts_with('0')) {
                return None;
            }
            let record: Value = serde_json::from_slice(&line[colon + 1..]).ok()?;
            let id = record.as_object()?.get("id")?.clone();
            (!id.is_object() && !id.is_array()).then(|| (score.to_owned(), id))
        })
        .collect()
}

/// By schoolbook: sign, then length, then digits.
fn compare(a: &str, b: &str) -> Ordering {
    let is_negative = |score: &str| score.starts_with('-') && score != "-0";
    let magnitude = |score: &str| {
        let digits = score.trim_start_matches('-').to_owned();
        (digits.len(), digits)
    };
    match (is_negative(a), is_negative(b)) {
        (false, false) => magnitude(a).cmp(&magnitude(b)),
        (true, true) => magnitude(b).cmp(&magnitude(a)),
        (a, b) => b.cmp(&a),
    }
}

fn score() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-4i64..4).prop_map(|score| score.to_string()),
        1 => Just("-0".to_owned()),
        2 => "-?[1-9][0-9]{15,21}",
        1 => "-?[12]{1,2}0{17,19}[0-3]",
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        // Below 308, so that no mutation makes an exponent that serde_json's floats cannot hold.
        (-3i64..300).prop_map(Value::from),
        Just(Value::from(0.5)),
        "[a-c\"\\\\\n\u{1}é🎧]{0,4}".prop_map(Value::from),
    ]
}

/// Records with an id at any place, or without one, or with one of a wrong type.
fn record() -> impl Strategy<Value = Value> {
    let value = scalar().prop_recursive(3, 12, 3, |value| {
        prop_oneof![
            prop::collection::vec(value.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("id|a|é", value, 0..3)
                .prop_map(|members| members.into_iter().collect()),
        ]
    });
    let id = prop_oneof![40 => scalar().boxed(), 1 => value.clone().boxed()];
    let members = prop::collection::hash_map("[a-zé]{0,2}", value, 0..4);
    (members, id, prop::bool::weighted(0.98)).prop_map(|(members, id, has_id)| {
        let mut members: serde_json::Map<_, _> = members.into_iter().collect();
        if has_id {
            members.insert("id".to_owned(), id);
        }
        Value::Object(members)
    })
}

fn line() -> impl Strategy<Value = String> {
    let style = prop_oneof![Just(Style::Compact), Just(Style::Spaced)];
    let blanks = || "[ \t]{0,2}";
    (
        score(),
        record(),
        style,
        [blanks(), blanks(), blanks()],
        "\r?\n\n?",
    )
        .prop_map(|(score, record, style, [before, between, behind], end)| {
            let record = random::write(style, &record);
            format!("{before}{score}{between}:{behind}{record}{end}")
        })
}

/// A byte that is put, or that takes the place of another one.
fn mutation() -> impl Strategy<Value = (prop::sample::Index, u8, bool)> {
    let byte = prop_oneof![
        prop::sample::select(&b"{}[]\":,\\ -+.0123456789eEu\ntn\r\t\x00\x1f"[..]),
        any::<u8>(),
    ];
    (any::<prop::sample::Index>(), byte, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_the_naive_model(
        lines in prop::collection::vec(line(), 0..12),
        mutation in prop::option::weighted(0.5, mutation()),
        n in 0u64..8,
        chunk in 1usize..300,
    ) {
        let mut input = lines.concat().into_bytes();
        if let Some((at, byte, insert)) = mutation
            && !input.is_empty()
        {
            let at = at.index(input.len());
            input.splice(at..at + usize::from(!insert), [byte]);
        }
        let shown = String::from_utf8_lossy(&input).into_owned();
        let found = in_process(&input, n, chunk);
        let Some(mut expected) = parse(&input) else {
            prop_assert!(found.is_err(), "accepted: {}", shown);
            return Ok(());
        };
        expected.sort_by(|(a, _), (b, _)| compare(b, a)); // stable: the earlier line stays in front
        expected.truncate(n as usize);
        let found = found.map_err(|message| TestCaseError::fail(format!("{message}\n{shown}")))?;
        prop_assert_eq!(found.ndjson.lines().count(), expected.len(), "{}", &shown);
        for (line, (score, id)) in found.ndjson.lines().zip(&expected) {
            let rest = line.strip_prefix(&format!("{{\"score\": {score}, \"id\": "));
            let written = rest.and_then(|rest| rest.strip_suffix('}'));
            let written: Option<Value> = written.and_then(|id| serde_json::from_str(id).ok());
            prop_assert_eq!(written.as_ref(), Some(id), "{}", &shown);
        }
        let json: Value = serde_json::from_str(&found.json).unwrap();
        let ndjson = found.ndjson.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        prop_assert_eq!(json, ndjson.collect::<Value>());
        prop_assert_eq!(parse(found.lines.as_bytes()), Some(expected));
    }
}
