//! Every width against the rule itself, a byte at a time.
#![allow(unsafe_code)] // the widths are called directly

use super::*;

/// The rule itself, a byte at a time.
fn expected(bytes: &[u8]) -> Stop {
    let at = bytes
        .iter()
        .position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20)
        .unwrap_or(bytes.len());
    Stop {
        at,
        ascii: bytes[..at].is_ascii(),
    }
}

type Scan = unsafe fn(&[u8], usize, usize) -> Stop;

fn widths() -> Vec<(&'static str, Scan)> {
    let mut widths: Vec<(&'static str, Scan)> =
        vec![("chosen", string_as_called), ("portable", portable::string)];
    #[cfg(target_arch = "x86_64")]
    {
        widths.push(("sse2", widest::string_sse2));
        if is_x86_feature_detected!("avx2") {
            widths.push(("avx2", |b, f, e| unsafe { widest::string_avx2(b, f, e) }));
        }
        if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512f") {
            widths.push(("avx512", |b, f, e| unsafe {
                widest::string_avx512(b, f, e)
            }));
        }
    }
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    {
        widths.push(("neon", widest::string));
        widths.push(("neon, long", widest::string_long));
    }
    widths
}

unsafe fn string_as_called(buffer: &[u8], from: usize, end: usize) -> Stop {
    string(buffer, from, end)
}

#[test]
fn every_width_stops_where_the_rule_says_at_every_alignment_and_length() {
    for (name, scan) in widths() {
        for length in 0..=200usize {
            for align in [0, 1, 7, 15, 31, 33, 63] {
                for (place, byte) in [
                    (length, b'x'),
                    (length / 2, b'"'),
                    (length.saturating_sub(1), b'\\'),
                    (0, 0x1F),
                    (length / 3, 0x00),
                    (length / 2, 0x20),
                    (length / 3, 0x80),
                    (length.saturating_sub(1), 0xFF),
                    (length + 1, b'"'),
                ] {
                    // Exactly the slack, so that a sanitizer sees a load that goes too far.
                    let mut buffer = vec![b'a'; align + length + SLACK];
                    buffer[align + place] = byte;
                    let end = align + length;
                    // SAFETY: the buffer has its slack.
                    let stop = unsafe { scan(&buffer, align, end) };
                    let mut rule = expected(&buffer[align..end]);
                    rule.at += align;
                    assert_eq!(stop, rule, "{name} {length} {align} {place} {byte}");
                }
            }
        }
    }
}

#[test]
fn every_byte_is_classified_by_every_width() {
    for (name, scan) in widths() {
        for byte in 0..=255u8 {
            for place in [0, 5, 20, 40, 100] {
                let mut buffer = vec![b'a'; 128 + SLACK];
                buffer[place] = byte;
                // SAFETY: the buffer has its slack.
                let stop = unsafe { scan(&buffer, 0, 128) };
                assert_eq!(stop, expected(&buffer[..128]), "{name} {byte} {place}");
            }
        }
    }
}

#[test]
fn a_short_string_ends_at_its_quote_unless_something_else_comes_first() {
    for place in 0..56 {
        for other in 0..=place {
            for byte in 0..=255u8 {
                // Exactly the slack, so that a sanitizer sees a load that goes too far.
                let align = place % 16;
                let mut buffer = vec![b'a'; align + SLACK];
                buffer[align + place] = b'"';
                buffer[align + other] = byte;
                let found = short_string(&buffer, align);
                // SAFETY: the buffer has its slack.
                assert_eq!(found, unsafe { portable::short_string(&buffer, align) });
                let found = found.map(|at| at - align).map_err(|at| at - align);
                let buffer = &buffer[align..];
                let stop = expected(&buffer[..48]);
                let plain = stop.ascii && stop.at < 48 && buffer[stop.at] == b'"';
                assert_eq!(
                    found.ok(),
                    plain.then_some(stop.at),
                    "{place} {other} {byte}"
                );
                let passed = &buffer[..found.unwrap_or_else(|at| at)];
                assert_eq!(
                    expected(passed),
                    Stop {
                        at: passed.len(),
                        ascii: true
                    }
                );
            }
        }
    }
}

#[test]
fn blanks_end_where_the_first_other_byte_stands() {
    for (length, align) in (0..=100).flat_map(|length| [0, 1, 15].map(|align| (length, align))) {
        for place in 0..length + SLACK {
            for byte in [
                b'x', 0, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, b'!', 0x80, 0x8D, 0xA0,
            ] {
                // What stands in front of the first does not count.
                let mut buffer = vec![b'x'; align];
                buffer.extend(b" \t\r\n".iter().cycle().take(length + SLACK));
                buffer[align + place] = byte;
                let (end, expected) = (align + length, align + place.min(length));
                assert_eq!(blanks(&buffer, align, end), expected, "{byte}");
                // SAFETY: the buffer has its slack.
                let other = unsafe { portable::blanks(&buffer, align, end) };
                assert_eq!(other, expected);
            }
        }
    }
}
