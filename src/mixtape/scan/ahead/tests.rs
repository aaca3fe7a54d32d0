//! Any number of threads, and strides so short that every guess is tried: the scan is that of one thread, and so is what is said
//! to be wrong.

mod documents;
mod strides;

use std::fs;
use std::io::Read;

use proptest::prelude::*;

use super::*;
use crate::io::Sink;
use crate::json::HoldLimit;
use crate::long::few_or;
use crate::mixtape::generated::opened;
use crate::mixtape::index::Index;
use crate::mixtape::splice::splice;
use documents::{STYLES, document, ordinary};

const LIMITS: Limits = Limits {
    hold: HoldLimit {
        bytes: 60,
        what: "an id",
        flag: "--none",
    },
    depth: 6,
};

/// Counts what the companion knew.
struct Counting<C> {
    companion: C,
    known: usize,
}

impl<J, C: Companion<J>> Companion<J> for Counting<C> {
    fn before(
        &mut self,
        scan: &mut Scan,
        json: &mut J,
        array: Kind,
    ) -> std::result::Result<usize, Failure> {
        let known = self.companion.before(scan, json, array)?;
        self.known += known;
        Ok(known)
    }
}

/// All that is found in a document, or what is wrong with it; and how many elements the threads knew.
fn outline(mixtape: &Rereadable, threads: usize, stride: u64) -> (String, usize) {
    let mut known = 0;
    let scan = thread::scope(|scope| {
        read_document(mixtape, LIMITS, |window| {
            scan::check_not_empty(window)?;
            let mut counting = Counting {
                companion: Ahead::new(scope, mixtape, LIMITS, threads, stride),
                known: 0,
            };
            let json = json::skipping_reader(window);
            let scan = scan::scan(json, &Memory::UNLIMITED, &mut counting);
            known = counting.known;
            scan
        })
    });
    // As everybody else reads it.
    let scan = scan
        .or_else(|_| {
            let threads = NonZeroUsize::new(threads).unwrap();
            scan_in_strides(mixtape, LIMITS, &Memory::UNLIMITED, threads, stride)
        })
        .map(|scan| scan.outline());
    let shown = scan.unwrap_or_else(|error| format!("{error} {:?}", error.snippet()));
    (shown, known)
}

/// Returns how many elements threads knew, at most.
fn check(text: &[u8], ways: &[(usize, u64)]) -> usize {
    let (_file, mixtape) = opened(text);
    let (expected, none) = outline(&mixtape, 1, 1);
    assert_eq!(none, 0);
    let ways = ways.iter().map(|&(threads, stride)| {
        let (found, known) = outline(&mixtape, threads, stride);
        let shown = String::from_utf8_lossy(text);
        assert_eq!(
            found, expected,
            "{threads} threads, {stride} bytes: {shown}"
        );
        known
    });
    ways.max().unwrap_or(0)
}

const WAYS: [(usize, u64); 5] = [(2, 1), (3, 40), (8, 7), (2, 300), (3, 2000)];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn threads_find_what_one_thread_finds(text in document()) {
        check(text.as_bytes(), &WAYS);
    }

    #[test]
    fn threads_find_wrong_what_one_thread_finds_wrong(
        text in document(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..4),
    ) {
        let mut text = text.into_bytes();
        for (at, byte, how) in changes {
            let at = at.index(text.len());
            match how {
                0 => text[at] = byte,
                1 => text[at] = *pick_byte(byte),
                _ => drop(text.remove(at)),
            }
            text.push(b' ');
        }
        check(&text, &WAYS);
    }
}

/// One that means something to JSON.
fn pick_byte(byte: u8) -> &'static u8 {
    let bytes = b"{}[],:\"\\0 n\n";
    &bytes[usize::from(byte) % bytes.len()]
}

#[test]
fn of_an_ordinary_document_threads_know_nearly_all() {
    for style in STYLES {
        for wrapped in [false, true] {
            let text = ordinary(style, wrapped);
            for threads in [2, 3, 8] {
                let known = check(text.as_bytes(), &[(threads, 500)]);
                assert!(known > 350, "{known} of 447, {threads} threads: {style:?}");
            }
        }
    }
}

#[test]
fn what_only_some_elements_show_is_found_by_threads_too() {
    let user = |i: u32| match i {
        100..120 => format!("{{\"user_id\": {i}}}"),
        120..130 => format!("{{\"id\": {i}}}"),
        _ => format!("{{\"id\": {i}, \"user_id\": {i}}}"),
    };
    let playlist = |i: u32| match i {
        ..100 => format!("{{\"id\": {i}, \"song_ids\": []}}"),
        100..120 => format!("{{\"id\": {i}, \"user_id\": 7, \"song_ids\": [ 1,  2   ]}}"),
        _ => format!("{{\"id\": {i}, \"owner_id\": 7, \"song_ids\": []}}"),
    };
    let style = STYLES[1];
    let array =
        |element: &dyn Fn(u32) -> String| style.array(&(0..200).map(element).collect::<Vec<_>>());
    let text = format!(
        "{{\"users\":{}, \"songs\": [], \"playlists\": {}}}",
        array(&user),
        array(&playlist)
    );
    let known = check(text.as_bytes(), &[(2, 300), (3, 700)]);
    assert!(known > 200, "{known}");
}

#[test]
fn a_document_cut_at_any_byte_is_wrong_at_the_same_place() {
    let text = ordinary(STYLES[2], false);
    let text = text.as_bytes();
    for length in (0..text.len()).step_by(few_or(19, 3)) {
        check(&text[..length], &[(2 + length % 2, 400)]);
    }
}

#[test]
fn more_separators_than_are_remembered_are_forgotten_alike() {
    let playlist = |number: usize| {
        let blanks = " ".repeat(number * number % 97 + number % 7 * 60);
        format!("{{\"id\": {number}, \"song_ids\": [{blanks}1,{blanks}2{blanks}]}}")
    };
    let few = |number: usize| playlist(number % 3);
    let playlists: Vec<String> = (0..300).map(few).chain((300..900).map(playlist)).collect();
    let text = format!(
        "{{\"users\": [], \"songs\": [], \"playlists\": [{}]}}",
        playlists.join(", ")
    );
    for stride in [100, 1000, 10_000, 30_000] {
        assert!(check(text.as_bytes(), &[(2, stride), (3, stride)]) > 0);
    }
}

#[test]
fn a_long_document_gives_the_same_output_on_any_number_of_threads() {
    let options = data_gen::MixtapeOptions {
        playlists: 30_000,
        ..Default::default()
    };
    let mut text = Vec::new();
    data_gen::Mixtape::new(options)
        .read_to_end(&mut text)
        .unwrap();
    assert!(text.len() > 6 * STRIDE * Threads::ONE.piece);
    let (_file, mixtape) = opened(&text);
    let folder = tempfile::tempdir().unwrap();
    for threads in [1, 2, 3, 8].map(|count| Threads::new(NonZeroUsize::new(count).unwrap())) {
        let index = Index::read_into(&Memory::UNLIMITED, &mixtape, LIMITS, threads).unwrap();
        let path = folder.path().join("output.json");
        let mut output = Sink::create(&path).unwrap();
        splice(&mixtape, &index, threads, &mut output).unwrap();
        output.finish().unwrap();
        assert!(fs::read(&path).unwrap() == text, "{threads:?}");
    }
}

const EIGHT: NonZeroUsize = NonZeroUsize::new(8).unwrap();

#[test]
fn what_a_spool_holds_is_read_by_threads_too() {
    let text = ordinary(STYLES[0], false);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixtape.json.gz");
    let mut sink = Sink::create(&path).unwrap();
    std::io::Write::write_all(&mut sink, text.as_bytes()).unwrap();
    sink.finish().unwrap();
    let spooled = Rereadable::open(&path, &Default::default()).unwrap();
    let (_file, plain) = opened(&text);
    let (expected, _) = outline(&plain, 1, 1);
    let (found, known) = outline(&spooled, 3, 300);
    assert_eq!(found, expected);
    assert!(known > 300);
}

#[test]
fn memory_that_is_limited_has_room_for_the_threads_that_it_allows() {
    for (limit, expected) in [
        (0, 1),
        (2 << 20, 1),
        (31 << 20, 1),
        (250 << 20, 7),
        (1 << 30, 8),
    ] {
        let memory = Memory::limited(limit);
        let (threads, room) = with_room(EIGHT, &memory);
        assert_eq!(threads, expected, "{limit}");
        assert!(threads == 1 || room.capacity() >= threads * ROOM);
        assert!(room.capacity() <= limit / 4);
        assert!(!memory.is_spilling());
    }
    assert_eq!(with_room(EIGHT, &Memory::UNLIMITED).0, 8);
}
