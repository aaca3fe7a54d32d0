//! Pieces against what they are pieces of: nothing is lost, and each ends where it should.

use proptest::prelude::*;

use super::*;
use crate::changes::parallel::tests::uneven::Uneven;

const ROOM_BEHIND: usize = Window::<&[u8]>::ROOM_BEHIND;

/// Where pieces of `text` behind its `front` end, and how: each has what was read, up to the last cut in it. `size` bytes are read,
/// and twice as many while there is no cut, up to `most`.
fn ends(text: &[u8], front: usize, cut: &Cut, size: usize, most: usize) -> Vec<(usize, End)> {
    let (mut start, mut read, mut ends) = (front, front, Vec::new());
    loop {
        let mut wanted = size.max(read - start);
        let end = loop {
            read = text.len().min(start + wanted);
            if read < start + wanted {
                break (read, End::Stream);
            }
            if let Some(length) = cut.last(&text[start..read]) {
                break (start + length, End::Cut);
            }
            if wanted >= most {
                break (read, End::Unknown);
            }
            wanted *= 2;
        };
        ends.push(end);
        start = end.0;
        if end.1 != End::Cut {
            return ends;
        }
    }
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let parts = vec![
        "\n",
        "}",
        "{",
        ",",
        "},{",
        "} , {",
        " ",
        "a",
        "é",
        "\n\n",
        "abcdefghijklmnopqrstuvwxyz",
    ];
    let long = "abcdefghij".repeat(20);
    let part = prop_oneof![
        30 => prop::sample::select(parts).prop_map(str::to_owned),
        1 => Just(long),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat().into_bytes())
}

proptest! {
    #[test]
    fn pieces_are_the_stream_and_end_at_the_last_cut_that_was_read(
        text in text(),
        gap in prop::option::of(prop::sample::select(&[",", " , "][..])),
        front in 0usize..30,
        size in 1usize..40,
        longest in 1usize..200,
        counts in prop::collection::vec(0usize..20, 1..5),
    ) {
        let cut = match gap {
            None => Cut::BehindLine,
            Some(gap) => Cut::BehindElement { gap: gap.into() },
        };
        let front = front.min(text.len());
        let source = Uneven { bytes: &text[front..], counts: [&[3][..], &counts].concat(), turn: 0 };
        let most = size.max(longest).min(MOST_SIZES * size);
        let expected = ends(&text, front, &cut, size, most);
        let mut framing =
            Framing::new(source, text[..front].to_vec(), Position::START, cut, size, longest);
        let (mut found, mut last) = (Vec::new(), front);
        while let Some(frame) = framing.next(Vec::new()) {
            let first = frame.first.byte as usize;
            let piece = first + frame.bytes.start..first + frame.bytes.end;
            prop_assert_eq!(frame.number, found.len() as u64);
            prop_assert_eq!(piece.start, last);
            prop_assert_eq!(&frame.buffer[..frame.bytes.end], &text[first..piece.end]);
            prop_assert!(frame.buffer.len() >= frame.bytes.end + ROOM_BEHIND);
            let mut position = Position::START;
            position.advance(&text[..first]);
            prop_assert_eq!(frame.first, position);
            let shown_from = if frame.number == 0 { 0 } else { front_of(&text[..piece.start]) };
            prop_assert_eq!(first, shown_from);
            last = piece.end;
            found.push((last, frame.end));
        }
        prop_assert_eq!(found, expected);
        let (carry, mut stream) = framing.into_rest();
        let mut rest = carry;
        stream.read_to_end(&mut rest).unwrap();
        prop_assert_eq!(&rest[..], &text[last..]);
    }
}

#[test]
fn messages_show_the_last_line_or_its_end_in_whole_characters() {
    let long = "é".repeat(SHOWN_BEFORE);
    for (bytes, front) in [
        (&b""[..], 0),
        (b"abc", 0),
        (b"ab\ncd", 3),
        (b"ab\n", 3),
        (b"\n\nab", 2),
        (&[b'a'; 3 * SHOWN_BEFORE], 2 * SHOWN_BEFORE),
        (long.as_bytes(), SHOWN_BEFORE + SHOWN_BEFORE % 2),
        (
            format!("a{long}").as_bytes(),
            SHOWN_BEFORE + 1 + (SHOWN_BEFORE % 2),
        ),
        (&[0xC0; 2 * SHOWN_BEFORE], SHOWN_BEFORE),
        (&[0x80; 2 * SHOWN_BEFORE], 2 * SHOWN_BEFORE),
    ] {
        assert_eq!(front_of(bytes), front, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_buffer_has_room_for_a_piece_and_does_not_stay_long() {
    let length = 100 + ROOM_BEHIND;
    for (before, after) in [
        (0, length),
        (length - 1, length),
        (length, length),
        (2 * length, 2 * length),
        (2 * length + 1, length),
        (5 * length, length),
    ] {
        let mut buffer = vec![7; before];
        make_room(&mut buffer, 100);
        assert_eq!(buffer.len(), after, "{before}");
    }
}

#[test]
fn a_cut_lies_between_two_objects_whatever_stands_there() {
    for (text, gap, length) in [
        ("[{},{},{", ",", Some(6)),
        ("[{}, {} ,{", ",", Some(7)),
        ("[{}, {} ,{", ", ", Some(3)),
        ("{} \n,\t{7", ",", Some(2)),
        ("{} {", ",", None),
        ("7,{", ",", None),
        (",{", ",", None),
        ("", ",", None),
    ] {
        let cut = Cut::BehindElement { gap: gap.into() };
        assert_eq!(cut.last(text.as_bytes()), length, "{text}");
    }
    assert_eq!(Cut::BehindLine.last(b"a\nb\nc"), Some(4));
    assert_eq!(Cut::BehindLine.last(b"abc"), None);
}
