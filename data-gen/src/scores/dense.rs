//! Short records that hold every kind of JSON value.

use super::hex;
use crate::random::Random;

/// How many members a record has besides its id.
const MEMBERS: u64 = 6;

/// Appends an object with an id at any place among members of different kinds.
pub(super) fn append_record(random: &mut Random, out: &mut Vec<u8>) {
    let first_kind = random.below(KINDS);
    let id_at = random.below(MEMBERS + 1);
    for place in 0..=MEMBERS {
        out.push(if place == 0 { b'{' } else { b',' });
        if place == id_at {
            append_id(random, out);
        } else {
            // Kinds in a row from a ring, so that no key occurs twice in an object.
            append_member((first_kind + place) % KINDS, random, out);
        }
    }
    out.push(b'}');
}

fn append_id(random: &mut Random, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\"id\":\"");
    out.extend_from_slice(random.bits().to_be_bytes().map(hex).as_flattened());
    out.push(b'"');
}

/// How many kinds of members there are; more than a record has, or the ring would repeat.
const KINDS: u64 = 12;

fn append_member(kind: u64, random: &mut Random, out: &mut Vec<u8>) {
    match kind {
        0 => append(
            out,
            &[
                "\"at\":{\"x\":",
                random.pick(&NUMBERS),
                ",\"y\":[",
                random.pick(&NUMBERS),
                "]}",
            ],
        ),
        1 => append(out, &["\"tags\":[\"", random.pick(&STRINGS), "\",null]"]),
        2 => append(out, &["\"ok\":", random.pick(&["true", "false"])]),
        3 => append(
            out,
            &[
                "\"n\":-",
                itoa::Buffer::new().format(1 + random.below(1_000_000)),
            ],
        ),
        4 => append(out, &["\"ratio\":", random.pick(&NUMBERS)]),
        5 => append(out, &["\"note\":\"", random.pick(&STRINGS), "\""]),
        6 => append(out, &["\"grid\":[[1,", random.pick(&NUMBERS), "],[],{}]"]),
        // An id that is not the record's own, for parsers that look only at the key.
        7 => append(
            out,
            &[
                "\"parent\":{\"id\":",
                itoa::Buffer::new().format(random.below(1000)),
                "}",
            ],
        ),
        8 => append(out, &["\"gone\":null"]),
        9 => append(out, &["\"raw\" : [ ", random.pick(&NUMBERS), " , false ]"]),
        10 => append(
            out,
            &[
                "\"n\\u00famero\":",
                itoa::Buffer::new().format(random.below(100_000)),
            ],
        ),
        _ => append(out, &["\"größe\":\"", random.pick(&STRINGS), "\""]),
    }
}

fn append(out: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}

const NUMBERS: [&str; 16] = [
    "0",
    "-0",
    "7",
    "42",
    "-1",
    "3.14",
    "-0.25",
    "1e9",
    "2.5E-3",
    "-6.02e+23",
    "0.1",
    "1e-7",
    "1000000",
    "9007199254740993",
    "123456789012345678901234567890",
    "-17.0",
];

/// Texts between quotes, with escapes and characters of one to four bytes.
const STRINGS: [&str; 16] = [
    "",
    "red",
    "blue",
    "plain text",
    "café",
    "na\\u00efve",
    "say \\\"hi\\\"",
    "a\\\\b",
    "line\\nbreak",
    "\\ttab",
    "\\ud83c\\udfb5",
    "日本語",
    "🎧 on",
    "a\\/b",
    "nul \\u0000",
    "{\\\"id\\\": 1}",
];
