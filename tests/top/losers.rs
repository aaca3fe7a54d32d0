//! Lines that cannot be among the highest, which may be checked many at once: they are judged as those that are read alone.

use data_gen::{Rate, Scores, ScoresOptions};
use mixtape::top::{Keep, TopOptions, top};

use crate::support::Chunked;
use crate::support::generated::all;

/// The answer, or the whole error.
fn answer(input: &[u8], chunk: usize, options: &TopOptions) -> Result<Vec<u8>, String> {
    let winners =
        top("lines", Chunked::new(input, chunk), options).map_err(|error| error.to_string())?;
    let mut output = Vec::new();
    match options.keep {
        Keep::Ids => winners.write_ndjson(&mut output).unwrap(),
        Keep::Lines => winners.write_lines(&mut output).unwrap(),
    }
    Ok(output)
}

/// In pieces of a byte no line ever lies in the window as a whole, so each is read alone.
fn compare(input: &[u8]) {
    for keep in [Keep::Ids, Keep::Lines] {
        for count in [0, 1, 3] {
            let options = TopOptions {
                count,
                keep,
                max_score_digits: 25,
                max_id: 40_000,
                max_line: 40_000,
                ..TopOptions::default()
            };
            let alone = answer(input, 1, &options);
            let together = answer(input, usize::MAX, &options);
            assert_eq!(
                together,
                alone,
                "{keep:?} {count} {}",
                String::from_utf8_lossy(&input[..input.len().min(2_000)])
            );
        }
    }
}

#[test]
fn every_odd_line_is_judged_as_it_is_alone() {
    let long_id = format!("1: {{\"id\": \"{}\"}}", "x".repeat(39_997));
    let longer_id = format!("1: {{\"id\": \"{}\"}}", "x".repeat(39_999));
    for line in [
        "",
        " \t\r",
        "\r",
        "1: {\"id\": 1}\r",
        " 1: {\"id\": 1}",
        "1 : {\"id\": 1}",
        "1\t:\t{\"id\": 1}\t",
        "1.5: {\"id\": 1}",
        "1e2: {\"id\": 1}",
        "-: {\"id\": 1}",
        "-0: {\"id\": 1}",
        "-7: {\"id\": 1}",
        "01: {\"id\": 1}",
        "null: {\"id\": 1}",
        "\"1\": {\"id\": 1}",
        "1234567890123456789012345: {\"id\": 1}",
        "12345678901234567890123456: {\"id\": 1}",
        "-1234567890123456789012345: {\"id\": 1}",
        "1: {\"id\": []}",
        "1: {\"id\": {}}",
        "1: {\"id\": 1, \"id\": []}",
        "1: {\"id\": [], \"id\": 1}",
        "1: {\"id\": 1, \"\\u0069d\": []}",
        "1: {\"i\\u0064\": 1}",
        "1: {\"\\\"id\": 1}",
        "1: {\"x\": {\"id\": 1}}",
        "1: {\"x\": \"id\"}",
        "1: {}",
        "1: []",
        "1: 1",
        "1:",
        "1",
        "1: {\"id\": 1}}",
        "1: {\"id\": 1} 2",
        "1: {\"id\": 1}, {\"id\": 1}",
        "1: {\"id\": 1\u{1}}",
        "1: {\"id\": \"\u{1}\"}",
        "1: {\"id\": \"\\ud800\"}",
        "\u{feff}1: {\"id\": 1}",
        &long_id,
        &longer_id,
    ] {
        let before = "9: {\"id\": 9}\n8: {\"id\": 8}\n7: {\"id\": 7}\n";
        for behind in [
            "",
            "\n",
            "\n6: {\"id\": 6}\n2: {\"id\": \"a good deal behind it\"}\n",
        ] {
            compare(format!("{before}{line}{behind}").as_bytes());
            compare(format!("{line}\n{before}{line}{behind}").as_bytes());
        }
    }
}

#[test]
fn generated_records_are_judged_as_they_are_alone() {
    for (seed, dense) in [(1, true), (2, true), (3, false)] {
        for invalid in ["0", "0.002"] {
            let options = ScoresOptions {
                records: 2_500,
                invalid: invalid.parse::<Rate>().unwrap(),
                dense,
                seed,
            };
            compare(&all(Scores::new(options)));
        }
    }
}
