//! Scores are what a careful reader expects, and the invalid ones are what it refuses.

mod common;

use common::{bytes, text};
use data_gen::{Rate, Scores, ScoresOptions};
use serde_json::Value;
use std::collections::BTreeSet;

const EACH: [ScoresOptions; 2] = {
    let text = ScoresOptions {
        records: 2000,
        invalid: Rate::NEVER,
        dense: false,
        seed: 5,
    };
    [
        text,
        ScoresOptions {
            dense: true,
            ..text
        },
    ]
};

/// The score and the id of a line, or what is wrong with it.
fn parse(line: &[u8]) -> Result<(u64, String), &'static str> {
    let line = str::from_utf8(line).map_err(|_| "not UTF-8")?;
    let (score, record) = line.split_once(':').ok_or("no colon")?;
    let score = score.parse().map_err(|_| match score.contains('{') {
        true => "no colon after the score",
        false => "not a score",
    })?;
    if record.bytes().any(|byte| byte < b' ') {
        return Err("control character");
    }
    let record: Value = serde_json::from_str(record).map_err(|_| "not JSON")?;
    let record = record.as_object().ok_or("not an object")?;
    let id = record.get("id").ok_or("no id")?;
    Ok((score, id.as_str().ok_or("not an id")?.to_owned()))
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes
        .strip_suffix(b"\n")
        .unwrap()
        .split(|&byte| byte == b'\n')
        .collect()
}

#[test]
fn valid_lines_parse() {
    for options in EACH {
        let bytes = bytes(Scores::new(options));
        let parsed: Vec<_> = lines(&bytes)
            .into_iter()
            .map(|line| parse(line).unwrap())
            .collect();
        assert_eq!(parsed.len() as u64, options.records);
        assert!(parsed.iter().all(|(score, _)| *score < 1 << 53));
        let ids: BTreeSet<_> = parsed.iter().map(|(_, id)| id).collect();
        assert_eq!(ids.len(), parsed.len(), "ids are different");
    }
}

#[test]
fn ids_are_uuids_of_version_4() {
    for line in text(Scores::new(EACH[0])).lines() {
        let (_, id) = parse(line.as_bytes()).unwrap();
        let shape = |(at, digit): (usize, char)| match at {
            8 | 13 | 18 | 23 => digit == '-',
            14 => digit == '4',
            19 => "89ab".contains(digit),
            _ => "0123456789abcdef".contains(digit),
        };
        assert!(id.len() == 36 && id.chars().enumerate().all(shape), "{id}");
    }
}

#[test]
fn records_have_the_usual_length() {
    for (options, usual) in EACH.into_iter().zip([330..370, 150..170]) {
        let average = bytes(Scores::new(options)).len() as u64 / options.records;
        assert!(usual.contains(&average), "{average}");
    }
}

#[test]
fn text_is_five_sentences() {
    for line in text(Scores::new(EACH[0])).lines() {
        assert_eq!(line.matches('.').count(), 5, "{line}");
    }
}

#[test]
fn no_records_are_no_bytes() {
    assert!(
        bytes(Scores::new(ScoresOptions {
            records: 0,
            ..Default::default()
        }))
        .is_empty()
    );
}

#[test]
fn invalid_lines_are_refused_for_varied_reasons() {
    for options in EACH {
        let bytes = bytes(Scores::new(ScoresOptions {
            invalid: Rate::ALWAYS,
            ..options
        }));
        let lines = lines(&bytes);
        assert_eq!(lines.len() as u64, options.records);
        let reasons: BTreeSet<_> = lines
            .into_iter()
            .map(|line| parse(line).unwrap_err())
            .collect();
        let expected = [
            "control character",
            "no colon after the score",
            "no id",
            "not JSON",
            "not UTF-8",
            "not a score",
            "not an id",
            "not an object",
        ];
        assert!(reasons.into_iter().eq(expected));
    }
}

#[test]
fn the_invalid_share_is_as_asked() {
    let invalid = "0.1".parse().unwrap();
    let bytes = bytes(Scores::new(ScoresOptions {
        records: 10_000,
        invalid,
        ..Default::default()
    }));
    let refused = lines(&bytes)
        .into_iter()
        .filter(|line| parse(line).is_err())
        .count();
    assert!((900..1100).contains(&refused), "{refused}");
}
