//! Any number of threads, and strides so short that every guess is tried: the scan is that of one thread, and so is what is said
//! to be wrong.

use std::fs;
use std::io::Read;

use proptest::prelude::*;

use super::super::index::Index;
use super::super::splice::splice;
use super::*;
use crate::io::Sink;
use crate::json::HoldLimit;

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
        array: Array,
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

/// A file for one document after the other.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Place(tempfile::tempdir().unwrap())
    }

    fn mixtape(&self, text: &[u8]) -> Rereadable {
        let path = self.0.path().join("mixtape.json");
        fs::write(&path, text).unwrap();
        Rereadable::open(&path, &Default::default()).unwrap()
    }

    /// Returns how many elements threads knew, at most.
    fn check(&self, text: &[u8], ways: &[(usize, u64)]) -> usize {
        let mixtape = self.mixtape(text);
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
}

const WAYS: [(usize, u64); 5] = [(2, 1), (3, 40), (8, 7), (2, 300), (3, 2000)];

/// How a document is spelled.
#[derive(Clone, Copy, Debug)]
struct Style {
    between: &'static str,
    colon: &'static str,
    inner: &'static str,
}

const STYLES: [Style; 4] = [
    Style {
        between: "",
        colon: ":",
        inner: "",
    },
    Style {
        between: " ",
        colon: ": ",
        inner: "",
    },
    Style {
        between: "\n    ",
        colon: ": ",
        inner: "\n        ",
    },
    Style {
        between: "\r\n\t",
        colon: " :\t",
        inner: " ",
    },
];

impl Style {
    fn object(&self, members: &[(String, String)]) -> String {
        let members = members.iter();
        let members =
            members.map(|(name, value)| format!("{}\"{name}\"{}{value}", self.inner, self.colon));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }

    fn array(&self, elements: &[String]) -> String {
        let elements = elements.iter();
        let elements = elements.map(|element| format!("{}{element}", self.between));
        format!("[{}]", elements.collect::<Vec<_>>().join(","))
    }
}

fn pick<T: Clone + std::fmt::Debug + 'static>(from: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(from.to_vec())
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..1_000_000u64).prop_map(|id| format!("\"{id}\"")),
        4 => any::<u64>().prop_map(|id| id.to_string()),
        2 => "\"[a-z]{0,20}\"",
        1 => pick(&["\"é\"", "\"\\u00e9\"", "-1", "\"},{\\\"id\\\":\"", "\"[{\"", "\"007\"", "1e5"]).prop_map(str::to_owned),
    ]
}

/// Values that mean nothing, many of them look-alikes of elements and of what stands between them.
fn other() -> impl Strategy<Value = String> {
    let texts = [
        "\"Weiß\"",
        "\"},{\\\"id\\\":\\\"7\\\"},{\\\"id\\\":\\\"8\\\"\"",
        "\"{\"",
        "[{\"id\":1},{\"id\":2}]",
        "[{\"id\": \"1\"}, {\"id\": \"2\"}, {\"id\": \"3\", \"x\": [{\"id\": 1}]}]",
        "{\"id\":\"1\",\"song_ids\":[\"1\"]}",
        "[{\"id\":\"1\",\"song_ids\":[]},{\"id\":\"2\",\"song_ids\":[]}]",
        "[{\"playlist\":{\"id\":\"1\",\"songs\":[]}}]",
        "{\"playlist\":{\"id\":\"1\",\"songs\":[]}}",
        "null",
        "[[[]]]",
    ];
    prop_oneof![
        8 => id(),
        4 => pick(&texts).prop_map(str::to_owned),
        1 => (0..2000usize).prop_map(|length| format!("\"{}\"", "long{\"".repeat(length / 5).replace('"', "\\\""))),
    ]
}

/// What is hardly ever there.
fn seldom<T: Clone + std::fmt::Debug>(
    one_of: u32,
    what: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![
        one_of => Just(None),
        1 => what.prop_map(Some),
    ]
}

prop_compose! {
    fn element(kind: &'static str, wrapped: bool, style: Style)(
        number in 0..1_000_000u64,
        odd_id in seldom(6, id()),
        owner in seldom(8, pick(&["owner_id", "user_id"])),
        songs in prop::collection::vec(id(), 0..6),
        [lead, trail] in [pick(&["", " ", "\n"]), pick(&["", "", "\n   "])],
        separator in pick(&[",", ", ", ",\n          ", ",\n          "]),
        further in seldom(4, other()),
        first in any::<bool>(),
        wrong in seldom(400, pick(&["\"id\"", "{}", "[]", "{\"id\":null}", "{\"id\":1,\"id\":2}", "7", "{\"id\":1,\"song_ids\":[1,}", "{\"id\":1e}", "{{", "nul"])),
    ) -> String {
        if let Some(wrong) = wrong {
            return wrong.to_owned();
        }
        let text = |text: &str| text.to_owned();
        let id = odd_id.unwrap_or_else(|| format!("\"{number}\""));
        let name = if kind == "users" && wrapped { "user_id" } else { "id" };
        let mut members = vec![(text(name), id)];
        let songs = format!("[{lead}{}{trail}]", songs.join(separator));
        match (kind, wrapped) {
            ("playlists", false) => {
                members.push((text(owner.unwrap_or("owner_id")), text("\"1\"")));
                members.push((text("song_ids"), songs));
            }
            ("playlists", true) => {
                members.push((text("name"), text("\"n\"")));
                members.push((text("user_id"), text("\"1\"")));
                members.push((text("songs"), songs));
            }
            _ => members.push((text("title"), format!("\"t{number}\""))),
        }
        if let Some(value) = further {
            let at = if first { 0 } else { members.len() };
            members.insert(at, (text("further"), value));
        }
        let object = style.object(&members);
        match kind == "playlists" && wrapped {
            true => style.object(&[(text("playlist"), object)]),
            false => object,
        }
    }
}

prop_compose! {
    fn document()(style in pick(&STYLES), wrapped in any::<bool>())(
        users in prop::collection::vec(element("users", wrapped, style), 0..30),
        playlists in prop::collection::vec(element("playlists", wrapped, style), 0..60),
        songs in prop::collection::vec(element("songs", wrapped, style), 0..40),
        order in pick(&[[0, 1, 2], [2, 1, 0], [1, 2, 0]]),
        further in seldom(2, other()),
        mark in seldom(20, Just("\u{feff}")),
        style in Just(style),
    ) -> String {
        let text = |text: &str| text.to_owned();
        let arrays = [
            (text("users"), style.array(&users)),
            (text("playlists"), style.array(&playlists)),
            (text("songs"), style.array(&songs)),
        ];
        let mut members = order.map(|at| arrays[at].clone()).to_vec();
        if let Some(value) = further {
            members.insert(1, (text("further"), value));
        }
        format!("{}{}\n", mark.unwrap_or_default(), style.object(&members))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn threads_find_what_one_thread_finds(text in document()) {
        Place::new().check(text.as_bytes(), &WAYS);
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
        Place::new().check(&text, &WAYS);
    }
}

/// One that means something to JSON.
fn pick_byte(byte: u8) -> &'static u8 {
    let bytes = b"{}[],:\"\\0 n\n";
    &bytes[usize::from(byte) % bytes.len()]
}

/// A document of a hundred and more elements in each array.
fn ordinary(style: Style, wrapped: bool) -> String {
    let text = |text: &str| text.to_owned();
    let numbered = |name: &str, number: u32| (text(name), format!("\"{number}\""));
    let user_id = if wrapped { "user_id" } else { "id" };
    let users = (1..150).map(|i| style.object(&[numbered(user_id, i), numbered("name", i)]));
    let songs = (1..150).map(|i| style.object(&[numbered("id", i), numbered("title", i)]));
    let playlists = (1..150).map(|i| {
        let songs = (
            text(if wrapped { "songs" } else { "song_ids" }),
            text("[\"1\", \"2\"]"),
        );
        let object = style.object(&[numbered("id", i), numbered("user_id", i), songs]);
        match wrapped {
            true => style.object(&[(text("playlist"), object)]),
            false => object,
        }
    });
    style.object(&[
        (text("users"), style.array(&users.collect::<Vec<_>>())),
        (
            text("playlists"),
            style.array(&playlists.collect::<Vec<_>>()),
        ),
        (text("songs"), style.array(&songs.collect::<Vec<_>>())),
    ])
}

#[test]
fn of_an_ordinary_document_threads_know_nearly_all() {
    let place = Place::new();
    for style in STYLES {
        for wrapped in [false, true] {
            let text = ordinary(style, wrapped);
            for threads in [2, 3, 8] {
                let known = place.check(text.as_bytes(), &[(threads, 500)]);
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
    let known = Place::new().check(text.as_bytes(), &[(2, 300), (3, 700)]);
    assert!(known > 200, "{known}");
}

#[test]
fn a_document_cut_at_any_byte_is_wrong_at_the_same_place() {
    let place = Place::new();
    let text = ordinary(STYLES[2], false);
    let text = text.as_bytes();
    let step = if std::env::var_os("MIXTAPE_TEST_LONG").is_some() {
        3
    } else {
        19
    };
    for length in (0..text.len()).step_by(step) {
        place.check(&text[..length], &[(2 + length % 2, 400)]);
    }
}

#[test]
fn more_separators_than_are_remembered_are_forgotten_alike() {
    let place = Place::new();
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
        assert!(place.check(text.as_bytes(), &[(2, stride), (3, stride)]) > 0);
    }
}

#[test]
fn a_long_document_gives_the_same_output_on_any_number_of_threads() {
    let place = Place::new();
    let options = data_gen::MixtapeOptions {
        playlists: 30_000,
        ..Default::default()
    };
    let mut text = Vec::new();
    data_gen::Mixtape::new(options)
        .read_to_end(&mut text)
        .unwrap();
    assert!(text.len() > 6 * STRIDE * Threads::ONE.piece);
    let mixtape = place.mixtape(&text);
    for threads in [1, 2, 3, 8].map(|count| Threads::new(NonZeroUsize::new(count).unwrap())) {
        let index = Index::read_into(&Memory::UNLIMITED, &mixtape, LIMITS, threads).unwrap();
        let path = place.0.path().join("output.json");
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
    let place = Place::new();
    let path = place.0.path().join("mixtape.json.gz");
    let mut sink = Sink::create(&path).unwrap();
    std::io::Write::write_all(&mut sink, text.as_bytes()).unwrap();
    sink.finish().unwrap();
    let spooled = Rereadable::open(&path, &Default::default()).unwrap();
    let (expected, _) = outline(&place.mixtape(text.as_bytes()), 1, 1);
    let (found, known) = outline(&spooled, 3, 300);
    assert_eq!(found, expected);
    assert!(known > 300);
}

#[test]
fn nobody_waits_for_threads_that_are_gone() {
    let (jobs, queue) = channel();
    drop(queue);
    let wanted = Wanted::like(b"{\"id\": 1}", Array::Songs, None).unwrap();
    let mut course = Course::new(wanted, 10);
    course.ask(100, &jobs);
    assert!(course.asked[0].stretch(10).unwrap().is_none());
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
