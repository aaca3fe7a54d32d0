//! Input that ends too early.

use crate::routes::in_process;

const INPUT: &str = "12: {\"id\": \"a\\u00e9\", \"x\": [1, {\"y\": null}]}\n\n-3 :{\"n\": 1.5e3, \"id\": -7}\r\n\
                     12: {\"id\": \"é\", \"data\": \"🎧\"}\n 99999999999999999999 : {\"id\": true}";

/// Where a cut cannot be seen: between lines, and behind a whole record. Gives what stands before it.
fn invisible(at: usize) -> Option<&'static [u8]> {
    let text = &INPUT.as_bytes()[..at];
    let line_start = text
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |end| end + 1);
    let last_line = text[line_start..].trim_ascii();
    let whole_line = INPUT.as_bytes()[line_start..]
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap();
    (last_line.is_empty() || last_line == whole_line.trim_ascii()).then_some(text)
}

#[test]
fn a_cut_anywhere_gives_an_error_or_the_complete_lines() {
    let mut errors = 0;
    for at in 0..=INPUT.len() {
        for chunk in [usize::MAX, 1] {
            let found = in_process(&INPUT.as_bytes()[..at], 2, chunk);
            match invisible(at) {
                Some(complete) => {
                    let mut lines = complete.to_vec();
                    lines.push(b'\n');
                    assert_eq!(found, in_process(&lines, 2, usize::MAX), "cut at {at}");
                    assert!(found.is_ok(), "cut at {at}: {found:?}");
                }
                None => {
                    let message = found.expect_err("a line is cut");
                    assert!(message.starts_with("scores:"), "cut at {at}: {message}");
                    errors += 1;
                }
            }
        }
    }
    assert!(errors > INPUT.len(), "{errors}");
}

#[test]
fn any_byte_changed_is_accepted_or_a_clean_error() {
    for at in 0..INPUT.len() {
        for byte in [0, b'\n', b'"', b'{', b'}', b':', b'0', b'\\', 0x80, 0xff] {
            let mut input = INPUT.as_bytes().to_vec();
            input[at] = byte;
            let whole = in_process(&input, 3, usize::MAX);
            assert_eq!(whole, in_process(&input, 3, 1), "byte {at} is {byte}");
        }
    }
}
