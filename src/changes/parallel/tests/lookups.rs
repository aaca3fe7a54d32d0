//! What threads look up ahead of its turn: all of it, once, unless a piece ends where no element does.

use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;

use super::{ELEMENTS, LIMITS};
use crate::changes::read_in_threads;
use crate::changes::tests::witness::{Witness, Words};
use crate::in_order::Threads;

/// Operations that were looked up, and those that were applied.
fn counts(text: &str, threads: usize, piece: usize) -> (usize, usize) {
    let threads = Threads {
        count: NonZeroUsize::new(threads).unwrap(),
        piece,
    };
    let (words, mut witness) = (Words::default(), Witness::default());
    let source = text.as_bytes();
    read_in_threads(
        "CHANGES",
        source,
        None,
        LIMITS,
        threads,
        &words,
        &mut witness,
    )
    .unwrap();
    (words.0.load(Ordering::Relaxed), witness.operations.len())
}

#[test]
fn threads_look_up_every_operation_once() {
    // Pieces have as many of them as are looked up together in tests, or fewer.
    let operations = [ELEMENTS[0]; 200];
    let further = operations[1..].join("\n ,  ");
    for text in [
        operations.join("\n"),
        format!("[{}]", operations.join(",")),
        format!("[\n  {}\n]", operations.join(",\n  ")),
        // What stands between the first two stands nowhere else.
        format!("[{},{further}]", operations[0]),
    ] {
        for piece in [100, 200, 250] {
            assert_eq!(counts(&text, 2, piece), (200, 200), "{piece}: {text}");
        }
        assert_eq!(counts(&text, 1, 200), (0, 200));
    }
}

/// An array with something in its middle that looks like so many ends of elements, and is none, and text behind those.
fn with_false_ends(count: usize, behind: usize) -> String {
    let name = format!("{}{:behind$}", "},{".repeat(count), "");
    let new =
        format!(r#"{{"type":"add_playlist","user_id":"1","song_ids":["1"],"name":"{name}"}}"#);
    let right = [ELEMENTS[0]; 100].join(",");
    format!("[{right},{new},{right}]")
}

#[test]
fn a_piece_that_ends_at_a_false_end_is_read_as_one_with_the_next() {
    let (looked_up, applied) = counts(&with_false_ends(2, 200), 2, 150);
    assert_eq!(applied, 201);
    assert!(looked_up >= applied, "{looked_up}");
}

#[test]
fn so_many_false_ends_that_joining_pieces_gets_dear_are_left_to_one_thread() {
    // Sixteen pieces are joined, and these would be more.
    let (looked_up, applied) = counts(&with_false_ends(150, 0), 2, 20);
    assert_eq!(applied, 201);
    assert!(looked_up < applied, "{looked_up}");
}
