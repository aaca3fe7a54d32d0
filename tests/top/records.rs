//! The record: an object with an id, validated in full.

use crate::routes::{assert_found, assert_refused};

#[test]
fn the_id_is_printed_as_it_stands() {
    for (name, record, id) in [
        ("string", r#"{"id": "a b"}"#, r#""a b""#),
        ("empty string", r#"{"id": ""}"#, r#""""#),
        (
            "escapes",
            r#"{"id": "\u0041\/\n\"\\\ud83c\udfb5"}"#,
            r#""\u0041\/\n\"\\\ud83c\udfb5""#,
        ),
        ("an escaped NUL", r#"{"id": "\u0000"}"#, r#""\u0000""#),
        (
            "beyond ASCII",
            "{\"id\": \"日本 🎧\u{7f}\u{2028}\"}",
            "\"日本 🎧\u{7f}\u{2028}\"",
        ),
        ("number", r#"{"id": 7}"#, "7"),
        ("exponent", r#"{"id": 1e5}"#, "1e5"),
        ("exponent in capitals", r#"{"id": 1E+05}"#, "1E+05"),
        ("beyond any float", r#"{"id": 1e999999999}"#, "1e999999999"),
        ("minus zero", r#"{"id": -0}"#, "-0"),
        ("fraction", r#"{"id": 1.50}"#, "1.50"),
        (
            "2^64",
            r#"{"id": 18446744073709551616}"#,
            "18446744073709551616",
        ),
        ("true", r#"{"id": true}"#, "true"),
        ("false", r#"{"id": false}"#, "false"),
        ("null", r#"{"id": null}"#, "null"),
        ("no blanks", r#"{"id":1}"#, "1"),
        ("many blanks", "{ \t\"id\" \t:\t 1 \t}", "1"),
        (
            "id in the middle",
            r#"{"a": [1], "id": 1, "b": {"c": null}}"#,
            "1",
        ),
        ("id at the end", r#"{"a": "\"id\": 2", "id": 1}"#, "1"),
        ("nested id in front", r#"{"a": {"id": 2}, "id": 1}"#, "1"),
        (
            "nested id behind",
            r#"{"id": 1, "a": {"id": 2}, "b": [{"id": 3}]}"#,
            "1",
        ),
        ("twice", r#"{"id": 1, "id": 2}"#, "2"),
        (
            "three times, of other types",
            r#"{"id": 1, "id": null, "a": 0, "id": "x"}"#,
            r#""x""#,
        ),
        ("spelled by an escape", r#"{"\u0069d": 1}"#, "1"),
        ("spelled by two escapes", r#"{"\u0069\u0064": 1}"#, "1"),
        (
            "twice, once by an escape",
            r#"{"id": 1, "i\u0064": 2}"#,
            "2",
        ),
        (
            "other names like it",
            r#"{"ID": 2, "id ": 3, "i\\u0064": 4, "": 5, "idx": 6, "id": 1, "i": 7}"#,
            "1",
        ),
    ] {
        assert_found(name, format!("3: {record}\n"), 1, &[("3", id)]);
    }
}

#[test]
fn a_record_without_a_usable_id_is_refused() {
    const WRONG_TYPE: &str = "the id must be a string, a number, true, false or null";
    for (name, record, column, message) in [
        ("empty", "{}", 4, "no member \"id\""),
        ("none", r#"{"a": 1}"#, 4, "no member \"id\""),
        ("nested only", r#"{"a": {"id": 1}}"#, 4, "no member \"id\""),
        ("as a value only", r#"{"a": "id"}"#, 4, "no member \"id\""),
        ("other case", r#"{"Id": 1}"#, 4, "no member \"id\""),
        ("an object", r#"{"id": {}}"#, 11, WRONG_TYPE),
        ("an array", r#"{"id": [1]}"#, 11, WRONG_TYPE),
        (
            "an object, the last one",
            r#"{"id": 1, "id": {}}"#,
            20,
            WRONG_TYPE,
        ),
    ] {
        assert_refused(name, format!("1: {record}"), column, message);
    }
}

#[test]
fn a_record_that_is_no_object_is_refused() {
    for (name, record, message) in [
        ("array", "[1]", "the record must be an object, found array"),
        (
            "string",
            "\"id\"",
            "the record must be an object, found string",
        ),
        ("number", "1", "the record must be an object, found number"),
        ("null", "null", "the record must be an object, found null"),
        (
            "true",
            "true",
            "the record must be an object, found boolean",
        ),
        ("nothing", "", "the text ends before the JSON value does"),
        ("word", "id", "expected a JSON value"),
        ("comma", ",", "expected a value, found ','"),
        ("colon", ": {\"id\": 1}", "expected a value, found ':'"),
        ("closing brace", "}", "closing bracket where a value"),
    ] {
        assert_refused(name, format!("1: {record}"), 4, message);
    }
}

#[test]
fn json_that_is_not_well_formed_is_refused_wherever_it_stands() {
    for (name, record, column, message) in [
        ("text behind", r#"{"id": 1} x"#, 14, "unexpected text"),
        (
            "a second record",
            r#"{"id": 1}{"id": 2}"#,
            13,
            "unexpected text",
        ),
        ("a comma behind", r#"{"id": 1},"#, 13, "unexpected text"),
        ("a brace behind", r#"{"id": 1}}"#, 13, "unexpected text"),
        ("a NUL behind", "{\"id\": 1}\0", 13, "a NUL byte"),
        ("not closed", r#"{"id": 1"#, 12, "ends before"),
        ("string not closed", r#"{"id": "1"#, 13, "ends before"),
        ("trailing comma", r#"{"id": 1,}"#, 12, "trailing comma"),
        (
            "two commas",
            r#"{"id": 1,,"a": 2}"#,
            13,
            "expected a member name",
        ),
        ("no comma", r#"{"id": 1 "a": 2}"#, 13, "expected ','"),
        ("no colon", r#"{"id" 1}"#, 10, "expected ':'"),
        ("no value", r#"{"id": }"#, 11, "closing bracket"),
        (
            "name without quotes",
            "{id: 1}",
            5,
            "expected a member name",
        ),
        ("single quotes", "{'id': 1}", 5, "expected a member name"),
        ("wrong bracket", r#"{"id": 1]"#, 12, "'}'"),
        (
            "comment",
            r#"{"id": 1 /* c */}"#,
            13,
            "comments are not JSON",
        ),
        ("word", r#"{"id": nul}"#, 11, "expected true, false or null"),
        (
            "word in capitals",
            r#"{"id": True}"#,
            11,
            "expected a JSON value",
        ),
        ("NaN", r#"{"id": NaN}"#, 11, "expected a JSON value"),
        ("leading zero", r#"{"id": 01}"#, 11, "malformed number"),
        ("plus", r#"{"id": +1}"#, 11, "expected a JSON value"),
        ("dot alone", r#"{"id": 1.}"#, 11, "malformed number"),
        (
            "no digits before the dot",
            r#"{"id": .5}"#,
            11,
            "expected a JSON value",
        ),
        (
            "no digits in the exponent",
            r#"{"id": 1e}"#,
            11,
            "malformed number",
        ),
        ("minus alone", r#"{"id": -}"#, 11, "malformed number"),
        ("unknown escape", r#"{"id": "\x41"}"#, 12, "escape"),
        ("short escape", r#"{"id": "\u00"}"#, 12, "escape"),
        (
            "lone high surrogate",
            r#"{"id": "\ud83c"}"#,
            12,
            "surrogate",
        ),
        ("lone low surrogate", r#"{"id": "\udfb5"}"#, 12, "surrogate"),
        (
            "surrogates in reverse",
            r#"{"id": "\udfb5\ud83c"}"#,
            12,
            "surrogate",
        ),
        (
            "in a value that is passed over",
            r#"{"id": 1, "a": [{"b": 01}]}"#,
            26,
            "malformed number",
        ),
        (
            "lone surrogate, passed over",
            r#"{"id": 1, "a": ["\ud83c"]}"#,
            21,
            "surrogate",
        ),
        (
            "lone surrogate in a name",
            r#"{"id": 1, "\ud83c": 1}"#,
            15,
            "surrogate",
        ),
        (
            "lone surrogate in a nested name",
            r#"{"id": 1, "a": {"\ud83c": 1}}"#,
            21,
            "surrogate",
        ),
        (
            "unknown escape, passed over",
            r#"{"a": "\q", "id": 1}"#,
            11,
            "escape",
        ),
        (
            "nested and not closed",
            r#"{"id": 1, "a": [[]}"#,
            22,
            "closing bracket",
        ),
    ] {
        assert_refused(name, format!("1: {record}"), column, message);
    }
}

fn nested(depth: usize) -> String {
    // The record itself is the first level.
    let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
    format!("1: {{\"id\": 1, \"a\": {open}{close}}}")
}

#[test]
fn records_nest_128_levels_deep_and_no_deeper() {
    assert_found("128 levels", nested(128), 1, &[("1", "1")]);
    assert_refused(
        "129 levels",
        nested(129),
        19 + 127,
        "nested more than 128 levels deep; --max-depth sets this limit",
    );
    assert_refused("a million levels", nested(1_000_000), 19 + 127, "128");
    let objects = format!("1: {}", "{\"a\":".repeat(10_000));
    assert_refused("objects", objects, 4 + 128 * 5, "128");
}
