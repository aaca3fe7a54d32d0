//! A source that cannot be read to its end is told of in its own words, by any number of threads.

use std::io::ErrorKind;

use super::{Drops, ELEMENTS, LIMITS, check};
use crate::changes::read;
use crate::changes::tests::witness::Witness;

#[test]
fn a_source_that_fails_is_not_asked_again_and_its_words_are_told() {
    for kind in [ErrorKind::Other, ErrorKind::InvalidData] {
        for end in ["", "\n", "\n{\"type\":\"remove_pl", "\nnul"] {
            for gap in ["\n", ","] {
                let open = if gap == "," { "[" } else { "" };
                let text = format!("{open}{}{end}", [ELEMENTS[0]; 9].join(gap));
                let source = Drops {
                    bytes: text.as_bytes(),
                    most: usize::MAX,
                    fails: Some(kind),
                    failed: false,
                };
                let error = read("CHANGES", source, None, LIMITS, &mut Witness::default());
                let error = error.unwrap_err().to_string();
                assert!(error.contains("the tape is torn"), "{text}: {error}");
                for piece in [1, 50, 399, 64 * 1024] {
                    check(text.as_bytes(), Some(kind), None, piece);
                }
            }
        }
    }
}

#[test]
fn a_failure_behind_blank_lines_has_one_place_wherever_the_stream_is_cut() {
    // Long enough for the layout to be known before.
    let text = format!("{}\n  \n\n  \n  ", [ELEMENTS[0]; 20].join("\n"));
    for piece in 60..400 {
        check(text.as_bytes(), Some(ErrorKind::InvalidData), None, piece);
    }
}
