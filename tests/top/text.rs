//! Bytes that no JSON text may have.

use crate::routes::assert_refused;

#[test]
fn control_characters_in_strings_are_refused() {
    for byte in (0u8..0x20).filter(|&byte| byte != b'\n') {
        let name = format!("control character {byte}");
        for (place, record) in [
            ("in the id", format!("{{\"id\": \"a{}\"}}", byte as char)),
            (
                "passed over",
                format!("{{\"x\":{{\"a{}\": 1}}}}", byte as char),
            ),
        ] {
            let column = if place == "in the id" { 13 } else { 12 };
            let line = format!("1: {record}");
            let message = ["a NUL byte", "control character"][usize::from(byte > 0)];
            assert_refused(&format!("{name} {place}"), line, column, message);
        }
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    for (name, bytes) in [
        ("no such byte", &b"\xff"[..]),
        ("continuation without a start", b"\x80"),
        ("start without a continuation", b"\xc3"),
        ("overlong, two bytes", b"\xc0\xaf"),
        ("overlong, three bytes", b"\xe0\x80\xaf"),
        ("overlong, four bytes", b"\xf0\x80\x80\xaf"),
        ("a surrogate", b"\xed\xa0\x80"),
        ("beyond U+10FFFF", b"\xf4\x90\x80\x80"),
        ("cut short", b"\xf0\x9f\x8e"),
    ] {
        for (place, before, after) in [
            ("in the id", &b"1: {\"id\": \""[..], &b"\"}"[..]),
            ("in a name", b"1: {\"id\":1, \"", b"\": 1}"),
            (
                "in a value that is passed over",
                b"1: {\"id\":1, \"a\": [\"",
                b"\"]}",
            ),
            (
                "in a name that is passed over",
                b"1: {\"id\":1, \"a\": {\"",
                b"\": 1}}",
            ),
        ] {
            let line = [before, bytes, after].concat();
            let column = before.len() as u64 + 1;
            assert_refused(&format!("{name} {place}"), line, column, "UTF-8");
        }
    }
    let outside = b"1: {\"id\": 1, \xff}";
    assert_refused("outside of strings", outside, 14, "");
}
