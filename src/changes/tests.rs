//! What a consumer is told of each layout, beside the operations themselves: how many at once, how far reading has come, what
//! is wrong and where.

pub(super) mod witness;

use crate::json::{Limits, Position};
use crate::limits;
use crate::operation::Span;

use super::reading::bounded;
use super::{BatchSize, ChangesFormat, Start, read, read_from};
use witness::Witness;

const LIMITS: Limits = Limits {
    hold: limits::of_operation(200),
    depth: 8,
};

pub(super) const ADD: &str = r#"{"type":"add_song_to_playlist","playlist_id":"1","song_id":"2"}"#;
const NEW: &str = r#"{"type":"add_playlist","user_id":"1","song_ids":["2"]}"#;

/// What a consumer that wants so many at once is told; the text must be right.
fn told(text: &str, size: Option<BatchSize>) -> Witness {
    let mut witness = Witness {
        size,
        ..Witness::default()
    };
    let amount = read("CHANGES", text.as_bytes(), None, LIMITS, &mut witness).unwrap();
    assert_eq!(amount.bytes, text.len() as u64);
    witness
}

fn array_and_lines(operations: &[&str]) -> [String; 2] {
    [
        format!("[{}]", operations.join(", ")),
        operations.join("\n"),
    ]
}

#[test]
fn operations_come_together_as_many_as_the_consumer_wants() {
    let size = |operations, bytes, elements| BatchSize {
        operations,
        bytes,
        elements,
    };
    for text in array_and_lines(&[ADD; 130]) {
        assert_eq!(told(&text, None).batches, [64, 64, 2]);
        let all = told(&text, Some(size(200, 1 << 20, 1)));
        assert_eq!(all.batches, [130]);
        assert_eq!(all.operations, vec![all.operations[0].clone(); 130]);
    }
    for text in array_and_lines(&[NEW; 7]) {
        assert_eq!(told(&text, Some(size(64, 1 << 20, 3))).batches, [3, 3, 1]);
    }
    // The one that passes the bytes is among them.
    let two = 2 * ADD.len() as u64 + 2;
    for text in array_and_lines(&[ADD; 7]) {
        let three = told(&text, Some(size(64, two, 64)));
        assert_eq!(three.batches, [3, 3, 1]);
        // Only who asks for it is told that reading waits.
        assert_eq!(three.waited, 0);
    }
}

#[test]
fn a_consumer_is_told_how_far_changes_is_dealt_with() {
    let one = BatchSize {
        operations: 1,
        ..BatchSize::SMALL
    };
    let (length, last) = (ADD.len() as u64, || ADD.to_owned());
    for text in array_and_lines(&[ADD, ADD]) {
        let between = text.find("}").unwrap() as u64 + 1;
        let end = text.rfind('}').unwrap() as u64 + 1;
        assert_eq!(told(&text, None).passed, [(2, end, last())]);
        let each = [(1, between, last()), (2, end, last())];
        assert_eq!(told(&text, Some(one)).passed, each);
    }
    // What is no JSON has no member that could say where it comes from.
    let broken = format!("{ADD}\nnul\n");
    let passed = told(&broken, None).passed;
    assert_eq!(passed, [(2, length + 4, String::new())]);

    let grouped = r#"{"deletions": {"playlists": ["1", "2"]}, "old": [3]}"#;
    let each: [(u64, u64, String); 3] = [
        (1, 32, String::new()),
        (2, 37, String::new()),
        (3, 50, String::new()),
    ];
    assert_eq!(told(grouped, None).passed, each);
    for behind in 0..=3 {
        let mut witness = Witness::default();
        let start = Start::Behind {
            format: ChangesFormat::Grouped,
            operations: behind as u64,
            position: Position::START,
        };
        let amount = read_from("CHANGES", grouped.as_bytes(), start, LIMITS, &mut witness);
        assert_eq!(amount.unwrap().operations, 3);
        assert_eq!(witness.passed, each[behind..]);
        assert_eq!(witness.operations.len(), 2usize.saturating_sub(behind));
        assert_eq!(witness.rejects.len(), usize::from(behind < 3));
    }
}

#[test]
fn a_reject_is_named_by_its_number_and_its_path() {
    for (text, expected) in [
        (
            r#"[{"type":"remove_playlist","playlist_id":"1"}, {"type": 7}, 7]"#,
            vec!["1:48: operation 2, $[1]", "1:61: operation 3, $[2]"],
        ),
        (
            "{}\n7\n",
            vec!["1:1: operation 1, $", "2:1: operation 2, $"],
        ),
        (
            r#"{"additions": {"existing_playlists_to_update": [{"id": "1", "songs": ["2", null]}]}}"#,
            vec!["1:76: operation 2, $.additions.existing_playlists_to_update[0].songs[1]"],
        ),
        (
            r#"{"deletions": {"songs": [1]}, "old": [{}, {}]}"#,
            vec![
                "1:26: operation 1, $.deletions.songs[0]",
                "1:39: operation 2, $.old[0]",
                "1:43: operation 3, $.old[1]",
            ],
        ),
    ] {
        let rejects = told(text, None).rejects;
        assert_eq!(rejects.len(), expected.len(), "{text}");
        for ((error, _), place) in rejects.iter().zip(expected) {
            assert!(error.starts_with(&format!("CHANGES:{place}: ")), "{error}");
        }
    }
}

#[test]
fn only_nul_bytes_up_to_the_end_are_what_a_broken_copy_leaves() {
    for (text, expected) in [
        ("{}\n\0\0\n{}", "a NUL byte, which JSON cannot have"),
        (
            "{}\n\0\0",
            "from here on there are only NUL bytes, as a copy or a disk write that was broken off leaves them; \
             cut them off, or get the file again",
        ),
    ] {
        let rejects = told(text, None).rejects;
        assert!(rejects[1].0.contains(expected), "{}", rejects[1].0);
    }
}

#[test]
fn what_ends_reading_is_named_by_its_operation_and_its_place() {
    let long = format!("{{\"x\": \"{}\"}}", "a".repeat(200));
    for (text, expected) in [
        (
            "[1, nul]",
            "1:5: operation 2, $[1]: expected true, false or null (byte 4)",
        ),
        (
            "[1, 2",
            "1:6: $: the text ends before the JSON value does (byte 5)",
        ),
        (
            "{}\n\n{}\nLONG",
            "4:1: operation 3, $: one operation is longer than 200 bytes; --max-operation sets this limit (byte 7)",
        ),
        (
            r#"{"additions": {"new_playlists": [{}, {"id": tru}]}}"#,
            "1:45: operation 2, $.additions.new_playlists[1].id: expected true, false or null (byte 44)",
        ),
        (
            r#"{"deletions": {"playlists": ["1"] 7}}"#,
            "1:35: $.deletions: expected a member name in double quotes or '}' (byte 34)",
        ),
        (
            r#"{"deletions": {}, "old": [1, {"a": tru}]}"#,
            "1:36: operation 2, $.old[1].a: expected true, false or null (byte 35)",
        ),
        (
            r#"{"deletions": {}, "old": {"a": [1], "b": {"c": tru}}}"#,
            "1:48: $.old.b: expected true, false or null (byte 47)",
        ),
    ] {
        let text = text.replace("LONG", &long);
        let error = read(
            "CHANGES",
            text.as_bytes(),
            None,
            LIMITS,
            &mut Witness::default(),
        );
        let error = error.unwrap_err().to_string();
        assert_eq!(error, format!("CHANGES:{expected}"), "{text}");
    }
}

#[test]
fn no_limit_lets_operations_grow_beyond_what_places_in_them_can_say() {
    let hold = limits::of_operation(usize::MAX);
    assert_eq!(bounded(hold).hold.bytes, Span::MAX_LENGTH);
    assert_eq!(bounded(LIMITS).hold.bytes, 200);
}
