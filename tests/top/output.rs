//! What is printed: how much, and in which shape.

use crate::routes::{Printed, assert_found, everywhere};

const LINES: &str =
    "3: {\"id\": \"c\", \"name\": \"C\"}\r\n 10 : {\"id\":10}  \n\n7: {\"id\": null}";

#[test]
fn the_three_formats_look_like_this() {
    let json = "[\n  {\n    \"score\": 10,\n    \"id\": 10\n  },\n  {\n    \"score\": 7,\n    \"id\": null\n  }\n]\n";
    let expected = Printed {
        json: json.to_owned(),
        ndjson: "{\"score\": 10, \"id\": 10}\n{\"score\": 7, \"id\": null}\n".to_owned(),
        lines: " 10 : {\"id\":10}  \n7: {\"id\": null}\n".to_owned(),
    };
    assert_eq!(everywhere("two", LINES.as_bytes(), 2), Ok(expected));
    let expected = Printed {
        json: "[]\n".to_owned(),
        ..Printed::default()
    };
    assert_eq!(everywhere("none", LINES.as_bytes(), 0), Ok(expected));
}

#[test]
fn a_line_is_printed_without_its_line_end_only() {
    let found = everywhere("three", LINES.as_bytes(), 3).unwrap();
    let expected = " 10 : {\"id\":10}  \n7: {\"id\": null}\n3: {\"id\": \"c\", \"name\": \"C\"}\n";
    assert_eq!(found.lines, expected);
}

#[test]
fn n_bounds_what_is_printed_and_nothing_else() {
    let winners = [("10", "10"), ("7", "null"), ("3", "\"c\"")];
    for (n, count) in [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (1_000_000_000_000, 3),
        (u64::MAX, 3),
    ] {
        assert_found(&n.to_string(), LINES, n, &winners[..count]);
    }
}

#[test]
fn every_record_is_validated_even_where_none_is_asked_for() {
    let message = everywhere("N = 0", b"1: {\"id\": 1}\n2: {\"id\": }\n", 0).unwrap_err();
    assert!(message.starts_with("scores:2:11: "), "{message}");
}
