//! Threads against one thread: the consumer must be told the same, word for word, whatever the input is, wherever it is cut.

mod failing;
mod limit;
mod lookups;
pub(super) mod uneven;

use std::io::{self, ErrorKind, Read};
use std::num::NonZeroUsize;

use proptest::prelude::*;

use super::read_in_threads;
use crate::changes::tests::witness::{Found, Witness, Words};
use crate::changes::{Amount, Consumer, ConsumerOfResolved, read};
use crate::error::Result;
use crate::in_order::Threads;
use crate::json::{Held, Limits};
use crate::limits;
use crate::operation::Operation;
use crate::rejects::{Reject, Verdict};

const LIMITS: Limits = Limits {
    hold: limits::of_operation(600),
    depth: 8,
};

/// Gives a few bytes at a time, and fails at its end if told so: who asks again is told something else.
struct Drops<'b> {
    bytes: &'b [u8],
    most: usize,
    fails: Option<ErrorKind>,
    failed: bool,
}

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let (true, Some(kind)) = (self.bytes.is_empty(), self.fails) {
            let text = match std::mem::replace(&mut self.failed, true) {
                false => "the tape is torn",
                true => "asked again",
            };
            return Err(io::Error::new(kind, text));
        }
        let most = buffer.len().min(self.most);
        self.bytes.read(&mut buffer[..most])
    }
}

/// What a run comes to: the result, the operations, and the rejects.
type Told = (
    std::result::Result<Amount, String>,
    Vec<String>,
    Vec<(String, String)>,
);

/// How much stands behind the place of an error is the source's: one that gives few bytes at a time has not given all that
/// could be shown (`shows_all`).
fn told(result: Result<Amount>, mut witness: Witness, shows_all: bool) -> Told {
    let result = if witness.stops_at == Some(witness.rejects.len()) {
        // How many operations are applied together is not the consumer's.
        witness.operations.clear();
        result.map_err(|error| format!("{error} {:?}", error.snippet()))
    } else {
        result.map_err(|error| match error.snippet() {
            Some(snippet) if !shows_all => {
                format!("{error} {:?}", &snippet.text[..snippet.place.start])
            }
            snippet => format!("{error} {snippet:?}"),
        })
    };
    (result, witness.operations, witness.rejects)
}

fn check(text: &[u8], fails: Option<ErrorKind>, stops_at: Option<usize>, piece: usize) {
    let witness = || Witness {
        stops_at,
        ..Witness::default()
    };
    let source = |most| Drops {
        bytes: text,
        most,
        fails,
        failed: false,
    };
    for (count, most) in [(2, usize::MAX), (3, 7), (8, 100)] {
        let threads = Threads {
            count: NonZeroUsize::new(count).unwrap(),
            piece,
        };
        let mut many = Witness {
            waits: count == 3,
            ..witness()
        };
        let result = read_in_threads(
            "CHANGES",
            source(most),
            None,
            LIMITS,
            threads,
            &Words::default(),
            &mut many,
        );
        let found = told(result, many, most == usize::MAX);
        let mut one = witness();
        let result = read("CHANGES", source(usize::MAX), None, LIMITS, &mut one);
        let expected = told(result, one, most == usize::MAX);
        assert_eq!(
            found,
            expected,
            "{count} threads, pieces of {piece}: {}",
            String::from_utf8_lossy(text)
        );
    }
}

/// Operations, right ones and others, with what looks like the end of one in them.
const ELEMENTS: &[&str] = &[
    r#"{"type":"add_song_to_playlist","playlist_id":"12","song_id":"345"}"#,
    r#"{"type": "add_song_to_playlist", "playlist_id": 12, "song_id": 345}"#,
    r#"{"type":"remove_playlist","playlist_id":"8"}"#,
    r#"{"type":"remove_playlist","playlist_id":"7"}"#,
    r#"{"type":"add_playlist","user_id":"1","song_ids":["1","2"],"tags":[{"a":1},{"b":2}, {"c":3}]}"#,
    r#"{"type":"add_playlist","user_id":"1","song_ids":["1"],"name":"\"}, {\"type\": },{"}"#,
    r#"{"type":"add_playlist","user_id":"é𝄞","song_ids":[1,2,3],"name":"},\n  {"}"#,
    r#"{"type":"no such type"}"#,
    r#"{"operation":{"type":"remove_playlist","playlist_id":"77"},"reason":"unknown_playlist"}"#,
    r#"{}"#,
    r#"[{"a":[{},{}]},{"b":[]}]"#,
    r#"7"#,
    r#"null"#,
    r#""},{""#,
];

/// Lines that are no JSON, and what comes with copying.
const BROKEN: &[&str] = &[
    "{", "}", "{\"a\":}", "nul", "\"", "\\", "]", "[", "\0\0", "{},", "  ",
];

fn elements() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(ELEMENTS), 0..40)
}

fn array() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(&[",", ", ", ",\n  ", "\n,", " , "][..]);
    let around = prop::sample::select(&[("[", "]"), ("[\n  ", "\n]\n"), ("\u{FEFF}[ ", "] ")][..]);
    (elements(), gap, around)
        .prop_map(|(elements, gap, (open, close))| format!("{open}{}{close}", elements.join(gap)))
}

fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        8 => prop::sample::select(ELEMENTS),
        1 => prop::sample::select(BROKEN),
    ];
    let end = prop::sample::select(&["\n", "\r\n", "\n\n"][..]);
    (prop::collection::vec(line, 0..40), end).prop_map(|(lines, end)| {
        // The layout is told from the first line.
        format!("{}{end}{}", ELEMENTS[0], lines.join(end))
    })
}

/// Of bytes that cannot be got, and of those that cannot be decompressed.
fn kind_of_failure() -> impl Strategy<Value = ErrorKind> {
    prop::sample::select(&[ErrorKind::Other, ErrorKind::InvalidData][..])
}

proptest! {
    #[test]
    fn threads_tell_a_consumer_what_one_thread_does(
        text in prop_oneof![array(), lines()],
        piece in 1usize..400,
        stops_at in prop::option::weighted(0.2, 1usize..5),
        fails in prop::option::weighted(0.1, kind_of_failure()),
    ) {
        check(text.as_bytes(), fails, stops_at, piece);
    }

    #[test]
    fn threads_find_what_is_wrong_where_one_thread_does(
        text in prop_oneof![array(), lines()],
        piece in 1usize..400,
        at in any::<prop::sample::Index>(),
        byte in prop_oneof![Just(None), any::<u8>().prop_map(Some)],
    ) {
        let mut text = text.into_bytes();
        let at = at.index(text.len());
        match byte {
            None => text.truncate(at),
            Some(byte) => text[at] = byte,
        }
        check(&text, None, None, piece);
    }
}

#[test]
fn an_operation_longer_than_any_piece_is_read() {
    let long = format!(
        r#"{{"type":"add_playlist","user_id":"1","song_ids":["1"],"name":"{}"}}"#,
        "},{".repeat(100)
    );
    for text in [
        format!("[{}]", [&long[..]; 5].join(",")),
        format!("[{}]", [ELEMENTS[0], &long, ELEMENTS[1], &long].join(",")),
        [ELEMENTS[0], &long, ELEMENTS[1], &long].join("\n"),
    ] {
        check(text.as_bytes(), None, None, 3);
    }
}

#[test]
fn a_consumer_that_panics_ends_the_run() {
    struct Panics;
    impl Consumer for Panics {
        fn apply<'a>(
            &mut self,
            _: &[Operation<'a>],
            _: impl FnMut(usize, Verdict<'a>),
        ) -> Result<()> {
            panic!("on purpose")
        }
        fn reject(&mut self, _: &Reject<'_>, _: &dyn Held) -> Result<()> {
            Ok(())
        }
    }
    impl ConsumerOfResolved for Panics {
        type Resolver = Words;
        fn apply_known(&mut self, _: usize, _: &mut Found) -> Result<usize> {
            Ok(0)
        }
        fn apply_resolved<'a>(
            &mut self,
            operations: &[Operation<'a>],
            _: &mut Found,
            verdict: impl FnMut(usize, Verdict<'a>),
        ) -> Result<()> {
            self.apply(operations, verdict)
        }
    }
    let text = [ELEMENTS[0]; 1000].join("\n");
    let threads = Threads {
        count: NonZeroUsize::new(4).unwrap(),
        piece: 100,
    };
    let run = || {
        read_in_threads(
            "CHANGES",
            text.as_bytes(),
            None,
            LIMITS,
            threads,
            &Words::default(),
            &mut Panics,
        )
    };
    assert!(std::panic::catch_unwind(run).is_err());
}
