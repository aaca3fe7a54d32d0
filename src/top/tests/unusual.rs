//! Unusual lines and files: whether lines are passed over quickly or by several threads, the same is found and said of them.

use super::*;

/// Long enough that a score in front of it is read quickly.
const RECORD: &str = "{\"id\": 7, \"x\": \"a b c d e f g h\"}";

#[test]
fn a_line_that_starts_like_a_low_one_is_not_passed_over_unless_it_is_one() {
    let options = TopOptions {
        count: 1,
        ..TopOptions::default()
    };
    let integer = "expected `<score>: <record>`, the score an integer";
    let fraction = "the score must be an integer, found a fraction or an exponent";
    for (score, column, expected) in [
        ("01", 1, integer),
        ("-01", 1, integer),
        ("-", 1, integer),
        ("true", 1, integer),
        ("1-", 1, integer),
        ("1.5", 2, fraction),
        ("-12e3", 4, fraction),
        ("1.", 2, fraction),
        ("1x", 2, "expected ':' after the score"),
        ("1 x", 3, "expected ':' after the score"),
        ("1,", 2, "expected ':' after the score"),
    ] {
        let line = format!("{score}: {RECORD}\n");
        let place = |line, byte| format!("{line}:{column} ({byte}), record {line}: {expected}");
        assert_eq!(find(&line, &options).unwrap_err(), place(1, column - 1));
        // Behind a higher one, and behind two that are passed over.
        let high = format!("9: {RECORD}\n");
        let byte = 3 * high.len() as u64 + column - 1;
        let low = high.replace('9', "8").repeat(2);
        let error = find(&format!("{high}{low}{line}{high}"), &options).unwrap_err();
        assert_eq!(error, place(4, byte), "{score}");
    }
    for score in ["0", "-0", "1 ", "-1 ", "1\t", "123456789012345678", "8"] {
        let line = format!("{score}: {RECORD}\n");
        let shown = score.trim_ascii_end();
        let expected = format!("{{\"score\": {shown}, \"id\": 7}}\n");
        assert_eq!(find(&line, &options), Ok(expected));
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_line_however_short_the_ranges() {
    let lines = "3: {\"id\": 1}\n2: {\"id\": 2}\n";
    for keep in [Keep::Ids, Keep::Lines] {
        let options = TopOptions {
            keep,
            ..TopOptions::default()
        };
        let found = find(&format!("\u{feff}{lines}"), &options);
        assert_eq!(found, find(lines, &options));
    }
    assert_eq!(
        find("\u{feff}x", &TopOptions::default()).unwrap_err(),
        "1:1 (3), record 1: expected `<score>: <record>`, the score an integer"
    );
}

#[test]
fn of_several_errors_the_first_in_the_file_is_said_whichever_thread_is_first() {
    const RANGE: usize = 300_000;
    let range = |line: &str, last: &str| {
        let lines = line.repeat((RANGE - last.len()) / line.len());
        let blank = "\n".repeat(RANGE - lines.len() - last.len());
        [&lines, &blank, last].concat()
    };
    let long = format!("1: {{\"id\": 1, \"x\": \"{:60}\"}}\n", "");
    // The first is right. The second is wrong at its end, which is reached late; the others are wrong at once.
    let ranges = [
        range(&long, ""),
        range("1: {\"id\":1}\n", "x\n"),
        range("y\n", ""),
        range("z\n", ""),
    ];
    let text = ranges.concat();
    let (_file, opened) = file(&text);
    let options = TopOptions {
        range: NonZeroU64::new(RANGE as u64).unwrap(),
        ..TopOptions::default()
    };
    let expected = found(top("lines", text.as_bytes(), &options), Keep::Ids);
    for threads in [1, 3, 2, 2, 2, 2, 2] {
        let shared = top_file(&opened, &options, NonZeroUsize::new(threads).unwrap());
        assert_eq!(found(shared, Keep::Ids), expected, "{threads} threads");
    }
}

#[test]
fn what_follows_an_id_is_no_part_of_it_and_may_be_longer_than_the_window() {
    // A name with an escape is read the long way.
    let line = format!(
        "1: {{\"\\u0069d\": 7, \"x\": \"{}\"}}\n",
        "y".repeat(600_000)
    );
    for (keep, expected) in [
        (Keep::Ids, "{\"score\": 1, \"id\": 7}\n"),
        (Keep::Lines, &line[..]),
    ] {
        let options = TopOptions {
            keep,
            max_id: 1,
            ..TopOptions::default()
        };
        let winners = top("lines", Drops(line.as_bytes(), 10_000), &options);
        assert!(found(winners, keep).unwrap() == expected, "{keep:?}");
    }
}
