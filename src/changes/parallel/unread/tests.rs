//! What is left of a stream against the stream, read with buffers of any size.

use proptest::prelude::*;

use super::*;
use crate::changes::parallel::tests::uneven::Uneven;

proptest! {
    #[test]
    fn what_was_read_already_and_the_stream_behind_it_are_one(
        kept in prop::collection::vec(("[a-z]{0,12}", "[ -~]{0,5}", "[ -~]{0,5}"), 0..6),
        stream in "[A-Z]{0,80}",
        counts in prop::collection::vec(0usize..8, 0..4),
        sizes in prop::collection::vec(1usize..50, 1..4),
    ) {
        let text: String = kept.iter().map(|(piece, ..)| &piece[..]).chain([&stream[..]]).collect();
        let kept = kept.iter().map(|(piece, before, behind)| {
            let bytes = [&before[..], piece, behind].concat().into_bytes();
            (bytes, before.len()..before.len() + piece.len())
        });
        let stream = Uneven { bytes: stream.as_bytes(), counts: [&[5][..], &counts].concat(), turn: 0 };
        let mut rest = Rest { kept: kept.collect(), stream, failed: None };
        let (mut found, mut turn) = (Vec::new(), 0);
        loop {
            let mut buffer = vec![0; sizes[turn % sizes.len()]];
            turn += 1;
            match rest.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => found.extend_from_slice(&buffer[..count]),
                Err(error) => prop_assert_eq!(error.kind(), ErrorKind::Interrupted),
            }
        }
        prop_assert_eq!(String::from_utf8(found).unwrap(), text);
    }
}

#[test]
fn what_was_read_already_comes_with_as_much_of_the_stream_as_messages_show() {
    let shown = Window::<&[u8]>::ROOM_BEHIND;
    let stream = vec![b's'; 10 * shown];
    // One byte at a time, and interrupted in between.
    let stream = Uneven {
        bytes: &stream,
        counts: vec![1, 0],
        turn: 0,
    };
    let piece = |bytes: &[u8]| (bytes.to_vec(), 0..bytes.len());
    let kept = [piece(b"abc"), piece(b""), piece(b"de")];
    let mut rest = Rest {
        kept: kept.into(),
        stream,
        failed: None,
    };
    let mut buffer = vec![0; 8 * shown];
    assert_eq!(rest.read(&mut buffer).unwrap(), 5 + shown);
    assert_eq!(buffer[..7], *b"abcdess");
}
