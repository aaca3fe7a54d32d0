//! Lines: where they end, what may stand between them, and blanks inside of them.

use crate::routes::{assert_found, assert_refused, everywhere, in_process};

const TWO: [(&str, &str); 2] = [("2", "\"b\""), ("1", "\"a\"")];

#[test]
fn line_ends_and_blank_lines_make_no_difference() {
    for (name, input) in [
        ("LF", "1: {\"id\": \"a\"}\n2: {\"id\": \"b\"}\n"),
        (
            "no final line end",
            "1: {\"id\": \"a\"}\n2: {\"id\": \"b\"}",
        ),
        ("CRLF", "1: {\"id\": \"a\"}\r\n2: {\"id\": \"b\"}\r\n"),
        (
            "CRLF, no final line end",
            "1: {\"id\": \"a\"}\r\n2: {\"id\": \"b\"}",
        ),
        (
            "CR at the end",
            "1: {\"id\": \"a\"}\r\n2: {\"id\": \"b\"}\r",
        ),
        (
            "blank lines",
            "\n\n1: {\"id\": \"a\"}\n\n2: {\"id\": \"b\"}\n\n\n",
        ),
        (
            "blank lines with CRLF",
            "\r\n1: {\"id\": \"a\"}\r\n\r\n2: {\"id\": \"b\"}\r\n\r\n",
        ),
        (
            "lines of blanks",
            " \n1: {\"id\": \"a\"}\n\t \t\n2: {\"id\": \"b\"}\n  ",
        ),
        (
            "blanks around the colon",
            "1 : {\"id\": \"a\"}\n2\t \t:\t \t{\"id\": \"b\"}\n",
        ),
        ("no blank at all", "1:{\"id\":\"a\"}\n2:{\"id\":\"b\"}\n"),
        (
            "blanks at both ends",
            "  1: {\"id\": \"a\"}  \n\t2: {\"id\": \"b\"}\t\r\n",
        ),
        (
            "byte order mark",
            "\u{feff}1: {\"id\": \"a\"}\n2: {\"id\": \"b\"}\n",
        ),
        (
            "byte order mark, blank line",
            "\u{feff}\n1: {\"id\": \"a\"}\n2: {\"id\": \"b\"}\n",
        ),
    ] {
        assert_found(name, input, 5, &TWO);
    }
}

#[test]
fn without_lines_there_is_nothing() {
    for (name, input) in [
        ("no bytes", ""),
        ("a line end", "\n"),
        ("line ends", "\n\r\n\n"),
        ("blanks", "  \t"),
        ("a byte order mark", "\u{feff}"),
    ] {
        assert_found(name, input, 5, &[]);
    }
}

#[test]
fn a_record_ends_with_its_line() {
    for (name, line, column, message) in [
        (
            "broken inside of the record",
            "1: {\"id\": 1,\n\"a\": 2}",
            13,
            "ends before",
        ),
        (
            "broken inside of a string",
            "1: {\"id\": \"a\nb\"}",
            13,
            "ends before",
        ),
        (
            "broken behind the colon",
            "1:\n{\"id\": 1}",
            3,
            "ends before",
        ),
        (
            "broken before the colon",
            "1\n: {\"id\": 1}",
            2,
            "expected ':'",
        ),
        (
            "two on one line",
            "1: {\"id\": 1} 2: {\"id\": 2}",
            14,
            "unexpected text",
        ),
        (
            "two with CR between",
            "1: {\"id\": 1}\r2: {\"id\": 2}",
            14,
            "unexpected text",
        ),
        (
            "a form feed",
            "1:\u{c}{\"id\": 1}",
            3,
            "expected a JSON value",
        ),
        (
            "a no-break space",
            "1:\u{a0}{\"id\": 1}",
            3,
            "expected a JSON value",
        ),
    ] {
        assert_refused(name, line, column, message);
    }
}

#[test]
fn places_count_lines_characters_and_bytes() {
    for (name, input, place) in [
        ("first line", "x", "scores:1:1: "),
        ("behind blank lines", "\n\r\n \n x", "scores:4:2: "),
        ("behind CRLF", "1: {\"id\": 1}\r\nx", "scores:2:1: "),
        (
            "behind characters of many bytes",
            "1: {\"id\": \"é🎧\", x}",
            "scores:1:17: ",
        ),
        (
            "behind a byte order mark",
            "\u{feff}1: {\"id\": x}",
            "(byte 13)",
        ),
        ("bytes", "1: {\"id\": \"é🎧\", x}", "(byte 20)"),
    ] {
        let message = everywhere(name, input.as_bytes(), 1).unwrap_err();
        assert!(message.contains(place), "{name}: not {place}\n{message}");
    }
}

/// Longer than the window, and so are the lines, strings and numbers that are put into it.
const LONG: usize = 700_000;

#[test]
fn what_is_longer_than_any_buffer_is_read_all_the_same() {
    let string = "é".repeat(LONG / 2);
    let number = "1".repeat(LONG);
    let blanks = " ".repeat(LONG);
    let id = format!("\"{string}\"");
    for (name, line, id) in [
        (
            "string",
            format!("1: {{\"a\": \"{string}\", \"id\": 2}}"),
            "2",
        ),
        ("number", format!("1: {{\"a\": {number}, \"id\": 2}}"), "2"),
        ("name", format!("1: {{\"{string}\": 1, \"id\": 2}}"), "2"),
        (
            "array",
            format!("1: {{\"id\": 2, \"a\": [{}0]}}", "1,".repeat(LONG / 2)),
            "2",
        ),
        ("blanks in front", format!("{blanks}1: {{\"id\": 2}}"), "2"),
        (
            "blanks at the colon",
            format!("1{blanks}:{blanks}{{\"id\": 2}}"),
            "2",
        ),
        (
            "blanks in the record",
            format!("1: {{{blanks}\"id\"{blanks}:{blanks}2{blanks}}}"),
            "2",
        ),
        ("blanks behind", format!("1: {{\"id\": 2}}{blanks}"), "2"),
        ("blank line", format!("{blanks}\n1: {{\"id\": 2}}"), "2"),
        ("string id", format!("1: {{\"id\": {id}}}"), &id),
        ("number id", format!("1: {{\"id\": {number}}}"), &number),
        (
            "id in front of a long value",
            format!("1: {{\"id\": 2, \"a\": \"{string}\"}}"),
            "2",
        ),
    ] {
        assert_found(name, line + "\n0: {\"id\": 0}\n", 1, &[("1", id)]);
    }
}

#[test]
fn places_are_exact_behind_what_is_longer_than_any_buffer() {
    let string = "é".repeat(LONG / 2);
    for (name, record, column, message) in [
        (
            "no id",
            format!("{{\"a\": \"{string}\"}}"),
            4,
            "no member \"id\"",
        ),
        (
            "syntax",
            format!("{{\"a\": \"{string}\", x}}"),
            LONG / 2 + 14,
            "member name",
        ),
        (
            "UTF-8",
            format!("{{\"a\": \"{string}\u{1}\"}}"),
            LONG / 2 + 11,
            "control",
        ),
        (
            "id",
            format!("{{\"a\": \"{string}\", \"id\": []}}"),
            LONG / 2 + 20,
            "the id must",
        ),
    ] {
        assert_refused(name, format!("1: {record}"), column as u64, message);
    }
}

#[test]
fn lines_on_both_sides_of_every_buffer_edge_are_read() {
    // Line by line the edge of the window falls on another byte of the line.
    let line = |number: usize| format!("{number}: {{\"id\": \"é{number}\", \"a\": [1, {{}}]}}\n");
    let input: String = (0..60_000).map(line).collect();
    assert!(input.len() > 8 << 18);
    for chunk in [usize::MAX, 4096, 4099] {
        let found = in_process(input.as_bytes(), 60_000, chunk).unwrap();
        let expected: String = (0..60_000).rev().map(line).collect();
        assert!(found.lines == expected, "{chunk} bytes at a time");
    }
}

#[test]
fn places_are_exact_where_a_score_lies_across_the_edge_of_a_buffer() {
    let digits = "7".repeat(4090);
    let blanks = " ".repeat(LONG);
    for (name, line, column, message) in [
        (
            "leading zero",
            format!("0{digits}: {{\"id\": 1}}"),
            1,
            "the score an integer",
        ),
        (
            "too long",
            format!("{digits}{digits}: {{\"id\": 1}}"),
            1,
            "--max-score-digits",
        ),
        (
            "no colon",
            format!("{digits}{blanks}"),
            4091,
            "expected ':'",
        ),
        ("no record", format!("1:{blanks}"), LONG + 3, "ends before"),
        (
            "no object",
            format!("1:{blanks}[]"),
            LONG + 3,
            "must be an object",
        ),
    ] {
        for before_the_edge in [0, 1, 1000, 2000, 4000] {
            let filling = " ".repeat((256 << 10) - before_the_edge - 1);
            let input = format!("{filling}\n{line}");
            let message_at = |chunk| in_process(input.as_bytes(), 1, chunk).unwrap_err();
            for said in [message_at(usize::MAX), message_at(4099)] {
                let place = format!("scores:2:{column}: ");
                assert!(said.starts_with(&place), "{name}: not at {place}\n{said}");
                assert!(said.contains(message), "{name}: not {message:?}\n{said}");
            }
        }
    }
}
