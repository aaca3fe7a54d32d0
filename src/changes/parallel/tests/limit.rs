//! What is longer than the limit is said in the same words, wherever reading began.

use super::{ELEMENTS, LIMITS, check};
use crate::changes::read;
use crate::changes::tests::witness::Witness;

#[test]
fn an_operation_longer_than_the_limit_is_named_by_its_start_wherever_reading_began() {
    // The last two are wrong as well, behind what is too long of them.
    let ways = [
        ("{\"type\":\"add_playlist\",\"name\":\"", "},{", "\"}"),
        (
            "{\"type\":\"remove_playlist\",\"playlist_id\":\"",
            "7",
            "\"}",
        ),
        ("{\"type\":\"add_playlist\",\"song_ids\":[7", ",7", "]}"),
        ("[0", ", [{\"a\":1}, {\"b\":2}]", "]"),
        ("{\"x\":[0", ", 1", "]]"),
        ("{\"x\":[0", ", 1", ",[[[[[[[[[[]]]]]]]]]]]}"),
    ];
    // All on one line, where messages show what stands in front; or each on its own.
    for ((open, filling, close), gap) in ways.into_iter().zip([",", ",\n"].into_iter().cycle()) {
        // Held in one window, and more than one holds, whatever else is held beside.
        for length in [700, 600_000] {
            let long = format!("{open}{}{close}", filling.repeat(length / filling.len()));
            for before in [0, 65, 4000] {
                let front = format!("[{}", format!("{}{gap}", ELEMENTS[0]).repeat(before));
                let text = format!("{front}{long}{gap}{}", ELEMENTS[0]);
                let (start, number) = (front.len(), before + 1);
                let line = 1 + front.matches('\n').count();
                let column = 1 + start - front.rfind('\n').map_or(0, |end| end + 1);
                let result = read(
                    "CHANGES",
                    text.as_bytes(),
                    None,
                    LIMITS,
                    &mut Witness::default(),
                );
                assert_eq!(
                    result.unwrap_err().to_string(),
                    format!(
                        "CHANGES:{line}:{column}: operation {number}, $[{before}]: one operation is longer than 600 bytes; \
                         --max-operation sets this limit (byte {start})"
                    ),
                    "{open}{filling} of {length} behind {before}"
                );
                for piece in [399, 64 * 1024] {
                    check(text.as_bytes(), None, None, piece);
                }
            }
        }
    }
}
