//! The score: its grammar, its value, its spelling.

use crate::routes::{assert_found, assert_refused};

const NOT_A_SCORE: &str = "expected `<score>: <record>`, the score an integer";
const NOT_WHOLE: &str = "the score must be an integer, found a fraction";
const NO_COLON: &str = "expected ':' after the score";

#[test]
fn integers_by_the_grammar_of_json_are_printed_as_they_were_written() {
    let digits = "7".repeat(4096);
    let negative = format!("-{digits}");
    for (name, score) in [
        ("zero", "0"),
        ("minus zero", "-0"),
        ("one digit", "7"),
        ("negative", "-7"),
        ("zeros behind", "100"),
        ("beyond 2^53", "9007199254740993"),
        ("2^63", "9223372036854775808"),
        ("-2^63", "-9223372036854775808"),
        ("2^64", "18446744073709551616"),
        ("2^128", "340282366920938463463374607431768211456"),
        ("4096 digits", &digits),
        ("4096 digits, negative", &negative),
    ] {
        assert_found(
            name,
            format!("{score}: {{\"id\": 1}}\n"),
            1,
            &[(score, "1")],
        );
    }
}

#[test]
fn anything_else_is_refused_at_its_place() {
    for (name, score, column, message) in [
        ("leading zero", "01", 1, NOT_A_SCORE),
        ("leading zeros", "000", 1, NOT_A_SCORE),
        ("leading zero, negative", "-01", 1, NOT_A_SCORE),
        ("plus", "+1", 1, NOT_A_SCORE),
        ("sign alone", "-", 1, NOT_A_SCORE),
        ("two signs", "--1", 1, NOT_A_SCORE),
        ("sign behind", "1-", 1, NOT_A_SCORE),
        ("sign apart", "- 1", 1, NOT_A_SCORE),
        ("nothing", "", 1, NOT_A_SCORE),
        ("blanks alone", "  ", 3, NOT_A_SCORE),
        ("a fraction", "1.5", 2, NOT_WHOLE),
        ("a fraction that is whole", "2.0", 2, NOT_WHOLE),
        ("an exponent", "1e3", 2, NOT_WHOLE),
        ("a hexadecimal number", "0x1", 2, NO_COLON),
        ("a group of digits", "1_000", 2, NO_COLON),
        ("two scores", "1 2", 3, NO_COLON),
        ("a string", "\"1\"", 1, NOT_A_SCORE),
        ("a word", "null", 1, NOT_A_SCORE),
        ("no number", "NaN", 1, NOT_A_SCORE),
        ("digits of another script", "١", 1, NOT_A_SCORE),
        ("a space that is no blank", "1\u{a0}", 2, NO_COLON),
        (
            "a byte order mark on a later line",
            "\u{feff}1",
            1,
            NOT_A_SCORE,
        ),
    ] {
        assert_refused(name, format!("{score}: {{\"id\": 1}}"), column, message);
    }
    let not_text = b"\xff1: {\"id\": 1}";
    assert_refused("bytes that are not UTF-8", not_text, 1, NOT_A_SCORE);
    assert_refused("NUL in front", b"\x001: {\"id\": 1}", 1, "a NUL byte");
    assert_refused("NUL behind", b"1\x00: {\"id\": 1}", 2, "a NUL byte");
    assert_refused("a score alone", "12", 3, NO_COLON);
    assert_refused("a score and blanks", "12  ", 3, NO_COLON);
    assert_refused("a record alone", "{\"id\": 1}", 1, NOT_A_SCORE);
}

#[test]
fn one_digit_above_the_limit_is_refused_with_the_flag_that_lifts_it() {
    for digits in [4097, 5000, 100_000] {
        for sign in ["", "-"] {
            let score = format!("{sign}{}", "7".repeat(digits));
            let name = format!("{sign}{digits} digits");
            let line = format!("{score}: {{\"id\": 1}}");
            assert_refused(&name, line, 1, "--max-score-digits");
        }
    }
}

#[test]
fn scores_are_compared_exactly() {
    let nines = "9".repeat(4096);
    let near = format!("{}8", &nines[1..]);
    let shorter = &nines[1..];
    for (name, higher, lower) in [
        ("small", "10", "9"),
        ("signs", "1", "-1"),
        ("zero and a negative", "0", "-1"),
        ("minus zero and a negative", "-0", "-1"),
        ("negative", "-9", "-10"),
        ("beyond 2^53", "9007199254740993", "9007199254740992"),
        (
            "18 and 19 digits",
            "1000000000000000000",
            "999999999999999999",
        ),
        (
            "i64::MAX and one more",
            "9223372036854775808",
            "9223372036854775807",
        ),
        (
            "i64::MIN and one less",
            "-9223372036854775808",
            "-9223372036854775809",
        ),
        (
            "beyond 2^64",
            "18446744073709551617",
            "18446744073709551616",
        ),
        (
            "beyond 2^64, negative",
            "-18446744073709551616",
            "-18446744073709551617",
        ),
        ("small and huge", "99999999999999999999", "7"),
        ("small and huge negative", "7", "-99999999999999999999"),
        ("4096 digits, one differs", &nines, &near),
        ("4096 and 4095 digits", &nines, shorter),
    ] {
        let first = format!("{higher}: {{\"id\": \"high\"}}\n");
        let second = format!("{lower}: {{\"id\": \"low\"}}\n");
        let winners = [(higher, "\"high\""), (lower, "\"low\"")];
        for lines in [first.clone() + &second, second + &first] {
            assert_found(name, &lines, 1, &winners[..1]);
            assert_found(name, &lines, 2, &winners);
        }
    }
}

#[test]
fn among_equal_scores_the_earlier_line_wins() {
    let lines = "5: {\"id\": \"a\"}\n0: {\"id\": \"b\"}\n5: {\"id\": \"c\"}\n-0: {\"id\": \"d\"}\n\
                 5: {\"id\": \"e\"}\n0: {\"id\": \"f\"}\n";
    let winners = [
        ("5", "\"a\""),
        ("5", "\"c\""),
        ("5", "\"e\""),
        ("0", "\"b\""),
        ("-0", "\"d\""),
        ("0", "\"f\""),
    ];
    for n in 0..=6 {
        assert_found("ties", lines, n, &winners[..n as usize]);
    }
    let huge = "9".repeat(40);
    let lines: String = (0..9)
        .map(|id| format!("{huge}: {{\"id\": {id}}}\n"))
        .collect();
    let winners = [(huge.as_str(), "0"), (&huge, "1"), (&huge, "2")];
    assert_found("ties of long scores", lines, 3, &winners);
}
