//! Allocations counted: in the steady state an operation makes none, in any layout, and neither does a line of `top`.
#![allow(unsafe_code)] // a global allocator is unsafe by its trait; this one counts and passes on

mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::Write as _;

use data_gen::{Mixtape, MixtapeOptions, Scores, ScoresOptions};
use mixtape::changes::{self, ChangesFormat, Consumer};
use mixtape::io::{Rereadable, Sink};
use mixtape::json::HoldLimit;
use mixtape::mixtape::Index;
use mixtape::operation::Operation;
use mixtape::rejects::{Reject, Rejects, Verdict};
use mixtape::top::{Keep, TopOptions, top};
use support::Folder;

struct Counting;

thread_local! {
    /// A count for each thread: the test harness and other tests allocate too.
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

fn count_one() {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
}

// SAFETY: every call is the system allocator's own, arguments and result untouched; the counter does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count_one();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count_one();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count_one();
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How many allocations `run` makes on this thread.
fn allocations(run: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

/// What `apply` does with operations, without reading and writing the document.
struct Applied {
    index: Index,
    rejects: Rejects,
    applied: u64,
}

impl Consumer for Applied {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> mixtape::Result<()> {
        self.index.apply_batch(operations, |number, outcome| {
            self.applied += u64::from(outcome.is_ok());
            verdict(number, outcome);
        });
        Ok(())
    }

    fn reject(&mut self, reject: &Reject<'_>, _: &dyn mixtape::json::Held) -> mixtape::Result<()> {
        self.rejects.add("test", reject)
    }
}

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "the test",
    flag: "--none",
};

/// More playlists than operations, so that each operation can have its own.
const PLAYLISTS: u64 = 110_000;

fn index(folder: &Folder) -> Index {
    let mut document = Mixtape::new(MixtapeOptions {
        playlists: PLAYLISTS,
        songs_per_playlist: 0,
        ..MixtapeOptions::default()
    });
    let path = folder.path("mixtape.json");
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::copy(&mut document, &mut file).unwrap();
    Index::read(
        &Rereadable::open(&path, &Default::default()).unwrap(),
        LIMIT,
    )
    .unwrap()
}

/// Operations in a layout. Grouped ones are parts of the list that `group` opens.
fn document(
    layout: ChangesFormat,
    group: &str,
    count: u64,
    part: impl Fn(u64) -> String,
) -> String {
    let (open, comma, close) = match layout {
        ChangesFormat::Array => ("[", ",\n", "]"),
        ChangesFormat::Ndjson => ("", "\n", "\n"),
        ChangesFormat::Grouped => (group, ",\n", "]}}"),
    };
    let mut text = open.to_owned();
    for number in 1..=count {
        let behind = if number < count { comma } else { close };
        write!(text, "{}{behind}", part(number)).unwrap();
    }
    text
}

/// Allocations of applying so many parts, which are as many operations.
fn of_applying(layout: ChangesFormat, text: &str, folder: &Folder, outcome: [u64; 2]) -> u64 {
    let mut consumer = Applied {
        index: index(folder),
        rejects: Rejects::new(Some(Sink::create("/dev/null".as_ref()).unwrap())),
        applied: 0,
    };
    let allocations = allocations(|| {
        changes::read("test", text.as_bytes(), Some(layout), LIMIT, &mut consumer).unwrap();
    });
    assert_eq!([consumer.applied, consumer.rejects.total()], outcome);
    allocations
}

#[test]
fn a_part_of_a_group_allocates_nothing() {
    let folder = Folder::new();
    let deletion = |n: u64| format!("\"{n:06}\"");
    let update = |n: u64| format!("{{\"songs\": [\"{}\"], \"id\": \"{n}\"}}", 1 + n % 50_000);
    /// A part by its number.
    type Part<'p> = &'p dyn Fn(u64) -> String;
    let deletions = "{\"deletions\": {\"playlists\": [";
    let updates = "{\"additions\": {\"existing_playlists_to_update\": [";
    let rows: [(&str, &str, Part<'_>, u64, [u64; 2]); 3] = [
        ("deletions", deletions, &|n| format!("\"{n}\""), 0, [1, 0]),
        ("unknown deletions", deletions, &deletion, 0, [0, 1]),
        ("updates", updates, &update, 4, [1, 0]),
    ];
    for (name, group, part, growth, [applied, rejected]) in rows {
        let run = |count| {
            let text = document(ChangesFormat::Grouped, group, count, part);
            let outcome = [applied * count, rejected * count];
            of_applying(ChangesFormat::Grouped, &text, &folder, outcome)
        };
        // The first hundred thousand ids have numbers of other lengths: buffers reach their size in the short run.
        let (short, long) = (run(20_000), run(99_000));
        assert!(long <= short + growth, "{name}: {short} and {long}");
    }
}

#[test]
fn an_operation_of_an_array_or_a_line_allocates_nothing() {
    let add_song = |playlist: u64| {
        format!(
            "{{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"{playlist}\", \"song_id\": \"{}\"}}",
            1 + playlist % 50_000
        )
    };
    let remove = |playlist: u64| {
        format!("{{\"type\": \"remove_playlist\", \"playlist_id\": \"{playlist}\"}}")
    };
    /// An operation by its number.
    type Operations<'o> = &'o dyn Fn(u64) -> String;
    // The arena of appended songs doubles three or four times from the short run to the long one.
    let rows: [(&str, Operations<'_>, u64, [u64; 2]); 7] = [
        ("songs, each to a playlist of its own", &add_song, 4, [1, 0]),
        ("songs to one playlist", &|_| add_song(7), 4, [1, 0]),
        ("playlists removed", &remove, 0, [1, 0]),
        ("playlists unknown", &|n| remove(PLAYLISTS + n), 0, [0, 1]),
        (
            "songs unknown",
            &|n| {
                format!(
                    "{{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"7\", \"song_id\": \"x{n:06}\"}}"
                )
            },
            0,
            [0, 1],
        ),
        (
            "type unknown",
            &|n| format!("{{\"type\": \"t{n:06}\", \"further\": [{n}, null]}}"),
            0,
            [0, 1],
        ),
        ("no operation at all", &|n| n.to_string(), 0, [0, 1]),
    ];
    let folder = Folder::new();
    for (name, operation, growth, [applied, rejected]) in rows {
        for layout in [ChangesFormat::Array, ChangesFormat::Ndjson] {
            let run = |count| {
                let text = document(layout, "", count, operation);
                of_applying(layout, &text, &folder, [applied * count, rejected * count])
            };
            let (short, long) = (run(10_000), run(100_000));
            let named = format!("{layout:?}");
            assert!(
                long <= short + growth,
                "{name}, {named}: {short} and {long}"
            );
        }
    }
}

#[test]
fn a_losing_line_allocates_nothing() {
    for (name, dense, keep) in [
        ("long records", false, Keep::Ids),
        ("long records, lines kept", false, Keep::Lines),
        ("dense records", true, Keep::Ids),
    ] {
        let run = |records| {
            let options = TopOptions {
                count: 1,
                keep,
                ..TopOptions::default()
            };
            let scores = Scores::new(ScoresOptions {
                records,
                dense,
                ..ScoresOptions::default()
            });
            // One line above them all, so that every other one loses.
            let input = std::io::Read::chain(&b"9007199254740993: {\"id\": 0}\n"[..], scores);
            allocations(|| assert_eq!(top("test", input, &options).unwrap().len(), 1))
        };
        let (short, long) = (run(10_000), run(20_000));
        assert_eq!(long, short, "{name}");
    }
}
