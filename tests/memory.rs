//! Memory ceilings of the real program, fed through a pipe: flat in the length of its input, and an index of known size.
#![cfg(target_os = "linux")] // the test process reads its own peak from /proc

mod support;

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use data_gen::{
    Artists, CatalogueOptions, Changes, ChangesLayout, ChangesOptions, Events, ListeningOptions,
    MediaItems, Mixtape, MixtapeOptions, Rate, Recommendations, Scores, ScoresOptions, Tracks,
    Youtube, YoutubeOptions,
};
use support::{Folder, mixtape, skipped};
use wait4::Wait4;

const MIB: u64 = 1 << 20;

/// A child's peak includes that of the process that starts it, up to then. So this one stays below all that it looks for: it
/// streams, and measures one run at a time.
const OWN_PEAK: u64 = 5 * MIB;
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What a run read, and the most memory that it had resident.
struct Measured {
    input: u64,
    peak: u64,
}

/// Runs the program with `input` on its standard input.
fn measure<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    code: i32,
    input: impl Read,
) -> Measured {
    let (reader, writer) = io::pipe().expect("a pipe");
    measure_with(arguments, code, reader.into(), || pour(input, writer))
}

/// Runs the program with a standard input that `write` writes to; it returns how many bytes it has written.
fn measure_with<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    code: i32,
    stdin: Stdio,
    write: impl FnOnce() -> u64,
) -> Measured {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let own_peak = own_peak();
    assert!(
        own_peak < OWN_PEAK,
        "this process is too large to measure another one: {own_peak} bytes (a test that fails makes it so)"
    );
    let child = mixtape()
        .args(arguments)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let input = write();
    let ended = child.wait4().expect("the program ends");
    assert_eq!(ended.status.code(), Some(code));
    let peak = ended.rusage.maxrss;
    Measured { input, peak }
}

/// Copies in pieces of the size of a pipe; returns how many bytes.
fn pour(input: impl Read, output: impl Write) -> u64 {
    try_pour(input, output).expect("all is read")
}

/// The same where the reader may end early, as it does at a limit.
fn pour_some(input: impl Read, output: impl Write) -> u64 {
    try_pour(input, output).unwrap_or_else(|error| {
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        0
    })
}

fn try_pour(mut input: impl Read, mut output: impl Write) -> io::Result<u64> {
    let mut piece = vec![0; 64 << 10];
    let mut total = 0;
    loop {
        let count = input.read(&mut piece).expect("a generator never fails");
        if count == 0 {
            return Ok(total);
        }
        output.write_all(&piece[..count])?;
        total += count as u64;
    }
}

fn own_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    kib.parse::<u64>().unwrap() << 10
}

/// Bytes of memory per item of input, from a small and a large run.
fn slope(name: &str, small: (u64, Measured), large: (u64, Measured)) -> f64 {
    let ((few, small), (many, large)) = (small, large);
    assert!(
        small.peak > OWN_PEAK,
        "{name}: what was measured is this test"
    );
    (large.peak - small.peak) as f64 / (many - few) as f64
}

/// Of `top`, for plain input and for compressed. A program built without optimizing is two and a half MiB larger by itself.
const CEILING: u64 = 8 * MIB
    + if cfg!(debug_assertions) {
        5 * MIB / 2
    } else {
        0
    };

#[test]
fn top_stays_below_eight_mib_however_long_its_input_is() {
    for (name, dense, bytes_per_record, size) in [
        ("64 MB", false, 350, 64_000_000),
        ("512 MB", false, 350, 512_000_000),
        ("64 MB of dense records", true, 160, 64_000_000),
        ("512 MB of dense records", true, 160, 512_000_000),
    ] {
        let records = Scores::new(ScoresOptions {
            records: size / bytes_per_record,
            dense,
            ..ScoresOptions::default()
        });
        let run = measure(["top", "-", "5"], 0, records);
        assert!(run.input >= size, "{name}: only {} bytes", run.input);
        assert!(run.peak <= CEILING, "{name}: peak of {} bytes", run.peak);
    }
}

/// Runs the program behind `compressor`, a program too: compressing in this process would make it large. None, with a word
/// about it, where that is not installed.
fn measure_compressed(
    arguments: &[&OsStr],
    code: i32,
    compressor: &str,
    input: impl Read,
) -> Option<Measured> {
    let compressor = Command::new(compressor)
        .args(["-1", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null()) // it may be told that nobody reads on
        .spawn();
    let Ok(mut compressor) = compressor else {
        skipped(&format!(
            "{COMPRESSORS:?} must be installed to measure memory with compressed input"
        ));
        return None;
    };
    let compressed = compressor.stdout.take().unwrap();
    let measured = measure_with(arguments, code, compressed.into(), || {
        pour_some(input, compressor.stdin.take().unwrap())
    });
    compressor.wait().expect("the compressor ends");
    Some(measured)
}

const COMPRESSORS: [&str; 2] = ["gzip", "zstd"];

#[test]
fn compressed_input_costs_no_more_memory_than_the_ceiling_of_plain_input() {
    let folder = Folder::new();
    let path = write_mixtape(&folder, 10_000, 5_001, 5_001);
    let apply: [&OsStr; 4] = [
        "apply".as_ref(),
        path.as_ref(),
        "-".as_ref(),
        "/dev/null".as_ref(),
    ];
    let top: [&OsStr; 3] = ["top".as_ref(), "-".as_ref(), "5".as_ref()];
    for compressor in COMPRESSORS {
        for dense in [false, true] {
            let records = Scores::new(ScoresOptions {
                records: 200_000,
                dense,
                ..ScoresOptions::default()
            });
            let Some(run) = measure_compressed(&top, 0, compressor, records) else {
                return;
            };
            assert!(run.input > 30_000_000, "{compressor}");
            assert!(
                run.peak <= CEILING,
                "{compressor}: peak of {} bytes",
                run.peak
            );
        }
        let run = |operations| {
            let changes = Changes::new(ChangesOptions {
                playlists: 10_000,
                operations,
                churn: true,
                ..ChangesOptions::default()
            });
            measure_compressed(&apply, 0, compressor, changes).unwrap()
        };
        let (short, long) = (run(30_000), run(300_000));
        let more = long.peak.saturating_sub(short.peak);
        assert!(more <= 4 * MIB, "{compressor}: {more} bytes more");
    }
}

/// So many bytes of blanks, or one record with a string of so many, compressed to next to nothing.
#[test]
fn a_compressed_bomb_streams_through() {
    let size = 64 * MIB;
    for compressor in COMPRESSORS {
        let top: [&OsStr; 3] = ["top".as_ref(), "-".as_ref(), "5".as_ref()];
        let blanks = (&b"1: {\"id\": 1}\n"[..]).chain(io::repeat(b' ').take(size));
        let Some(run) = measure_compressed(&top, 0, compressor, blanks) else {
            return;
        };
        assert!(
            run.peak <= CEILING,
            "{compressor}: peak of {} bytes",
            run.peak
        );
        let record = (&b"1: {\"id\": 1, \"data\": \""[..])
            .chain(io::repeat(b'x').take(size))
            .chain(&b"\"}\n"[..]);
        let run = measure_compressed(&top, 0, compressor, record).unwrap();
        assert!(
            run.peak <= CEILING,
            "{compressor}: peak of {} bytes",
            run.peak
        );
        // An operation is held as a whole, so it ends at its limit.
        let folder = Folder::new();
        let path = write_mixtape(&folder, 9, 9, 9);
        let apply: [&OsStr; 6] = [
            "apply".as_ref(),
            path.as_ref(),
            "-".as_ref(),
            "/dev/null".as_ref(),
            "--max-operation".as_ref(),
            "1MiB".as_ref(),
        ];
        let operation = (&b"[{\"type\": \""[..]).chain(io::repeat(b'x').take(2 * MIB));
        let run = measure_compressed(&apply, 2, compressor, operation).unwrap();
        assert!(
            run.peak <= 16 * MIB,
            "{compressor}: peak of {} bytes",
            run.peak
        );
    }
}

#[test]
fn top_streams_a_long_string_through() {
    let record = |length| {
        (&b"1: {\"id\": 1, \"data\": \""[..])
            .chain(io::repeat(b'x').take(length))
            .chain(&b"\"}\n"[..])
    };
    let run = measure(["top", "-", "5"], 0, record(64 * MIB));
    assert!(run.peak <= CEILING, "peak of {} bytes", run.peak);
}

/// A mixtape of these sizes in a file: a piped one would be spooled and mapped, and its pages counted.
fn write_mixtape(folder: &Folder, playlists: u64, users: u64, songs: u64) -> PathBuf {
    let path = folder.path(&format!("{playlists}-{users}-{songs}.json"));
    let document = Mixtape::new(MixtapeOptions {
        playlists,
        users: NonZeroU64::new(users),
        songs: NonZeroU64::new(songs),
        songs_per_playlist: 0,
        compact: true,
        ..MixtapeOptions::default()
    });
    pour(document, std::fs::File::create(&path).unwrap());
    path
}

fn apply(mixtape: PathBuf, code: i32, changes: impl Read) -> Measured {
    let arguments: [&OsStr; 4] = [
        "apply".as_ref(),
        mixtape.as_ref(),
        "-".as_ref(),
        "/dev/null".as_ref(),
    ];
    measure(arguments, code, changes)
}

#[test]
fn operations_that_leave_the_state_the_same_size_cost_no_memory() {
    const PLAYLISTS: u64 = 10_000;
    let folder = Folder::new();
    let options = ChangesOptions {
        playlists: PLAYLISTS,
        ..ChangesOptions::default()
    };
    let rejects = ChangesOptions {
        reject: Rate::ALWAYS,
        ..options
    };
    let churn = ChangesOptions {
        churn: true,
        ..options
    };
    let ndjson = |options| ChangesOptions {
        layout: ChangesLayout::Ndjson,
        ..options
    };
    for (name, code, options) in [
        ("rejects in an array", 3, rejects),
        ("rejects in lines", 3, ndjson(rejects)),
        ("playlists added and removed, in an array", 0, churn),
        ("playlists added and removed, in lines", 0, ndjson(churn)),
    ] {
        let run = |operations| {
            let changes = Changes::new(ChangesOptions {
                operations,
                ..options
            });
            let path = write_mixtape(&folder, PLAYLISTS, PLAYLISTS / 2 + 1, PLAYLISTS / 2 + 1);
            apply(path, code, changes)
        };
        let (short, long) = (run(50_000), run(500_000));
        assert!(
            long.input > 9 * short.input,
            "{name}: the long one is short"
        );
        let more = long.peak.saturating_sub(short.peak);
        assert!(more <= 4 * MIB, "{name}: {more} bytes more");
    }
}

/// Pieces of CHANGES are full of them: two bytes each.
#[test]
fn operations_that_are_next_to_nothing_cost_threads_no_memory() {
    let folder = Folder::new();
    let path = write_mixtape(&folder, 10, 10, 10);
    let arguments = |threads| -> [&OsStr; 8] {
        [
            "apply".as_ref(),
            path.as_ref(),
            "-".as_ref(),
            "/dev/null".as_ref(),
            "--rejects".as_ref(),
            "/dev/null".as_ref(),
            "--threads".as_ref(),
            threads,
        ]
    };
    let element = r#"{"type":"remove_playlist","playlist_id":"none"}"#;
    let changes = format!("[{element},{element},{}0]", "0,".repeat(400_000));
    let [one, eight] = ["1", "8"].map(|threads: &str| {
        let arguments = arguments(threads.as_ref());
        measure(arguments, 0, changes.as_bytes()).peak
    });
    let more = eight.saturating_sub(one);
    assert!(more <= 40 * MIB, "{more} bytes more");
}

#[test]
fn the_index_has_the_size_that_the_readme_says() {
    const FEW: u64 = 200_000;
    const MANY: u64 = 1_200_000;
    let folder = Folder::new();
    let index = |playlists, users, songs| {
        let path = write_mixtape(&folder, playlists, users, songs);
        apply(path, 0, io::empty())
    };
    for (name, most, few, many) in [
        ("playlist", 40.0, index(FEW, 9, 9), index(MANY, 9, 9)),
        ("user", 20.0, index(9, FEW, 9), index(9, MANY, 9)),
        ("song", 20.0, index(9, 9, FEW), index(9, 9, MANY)),
    ] {
        let each = slope(name, (FEW, few), (MANY, many));
        assert!(each <= most, "{each} bytes a {name}");
    }
}

/// The same operations over and over.
struct Additions {
    left: u64,
    line: io::Cursor<String>,
}

impl Additions {
    const PLAYLISTS: u64 = 900;

    fn new(operations: u64) -> Self {
        Additions {
            left: operations,
            line: io::Cursor::default(),
        }
    }
}

impl Read for Additions {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.line.position() == self.line.get_ref().len() as u64 && self.left > 0 {
            self.left -= 1;
            let playlist = 1 + self.left % Self::PLAYLISTS;
            self.line = io::Cursor::new(format!(
                "{{\"type\":\"add_song_to_playlist\",\"playlist_id\":\"{playlist}\",\"song_id\":\"7\"}}\n"
            ));
        }
        self.line.read(buffer)
    }
}

#[test]
fn an_appended_song_costs_eight_bytes() {
    const FEW: u64 = 1_000_000;
    const MANY: u64 = 3_000_000;
    let folder = Folder::new();
    let run = |operations| {
        let path = write_mixtape(&folder, Additions::PLAYLISTS, 9, 9);
        let additions = io::BufReader::with_capacity(64 << 10, Additions::new(operations));
        apply(path, 0, additions)
    };
    let each = slope("song", (FEW, run(FEW)), (MANY, run(MANY)));
    // Eight, and what a run's buffers and threads differ by: on another machine that was 0.14 of two million songs.
    assert!(each <= 8.5, "{each} bytes an appended song");
}

fn ingest(folder: &Folder, to: [&str; 2], rows: impl Read) -> Measured {
    let place = folder.path(to[1]);
    let arguments: [&OsStr; 4] = [
        "ingest".as_ref(),
        "-".as_ref(),
        to[0].as_ref(),
        place.as_ref(),
    ];
    measure(arguments, 0, rows)
}

#[test]
fn a_dump_of_176_mb_takes_less_than_128_mib() {
    let folder = Folder::new();
    let rows = Youtube::new(YoutubeOptions {
        rows: 266_000,
        ..YoutubeOptions::default()
    });
    let run = ingest(&folder, ["--out", "tables"], rows);
    assert!(run.input >= 176_000_000, "only {} bytes", run.input);
    assert!(run.peak <= 128 * MIB, "peak of {} bytes", run.peak);
}

/// Rows of one playlist, video and day, each with texts and a time that no other has.
fn changing_rows(rows: u64) -> impl Read {
    let row = |number: u64| {
        let (minute, microsecond) = (number / 60_000_000 % 60, number % 1_000_000);
        let mut text = format!(
            "{{\"playlist_id\": \"P\", \"video_id\": \"V\", \"timestp\": \"2022-05-20T12:{minute:02}:10.{microsecond:06}\""
        );
        for member in [
            "playlist_name",
            "artwork_url",
            "title",
            "track_title",
            "image_url",
        ] {
            text += &format!(", \"{member}\": \"one that was never there before: {number}\"");
        }
        io::Cursor::new(text + ", \"views\": 7, \"position\": 1}\n")
    };
    let mut numbers = 0..rows;
    let mut current = io::Cursor::new(String::new());
    io::BufReader::with_capacity(
        64 << 10,
        from_fn(move |buffer| {
            loop {
                let count = current.read(buffer)?;
                if count > 0 {
                    return Ok(count);
                }
                match numbers.next() {
                    Some(number) => current = row(number),
                    None => return Ok(0),
                }
            }
        }),
    )
}

/// A reader that is a function.
fn from_fn(read: impl FnMut(&mut [u8]) -> io::Result<usize>) -> impl Read {
    struct FromFn<F>(F);
    impl<F: FnMut(&mut [u8]) -> io::Result<usize>> Read for FromFn<F> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            (self.0)(buffer)
        }
    }
    FromFn(read)
}

#[test]
fn rows_of_known_keys_and_intervals_cost_ingest_no_memory() {
    let folder = Folder::new();
    let run = |rows| ingest(&folder, ["--out", "tables"], changing_rows(rows));
    let (short, long) = (run(100_000), run(800_000));
    assert!(long.input > 7 * short.input);
    let more = long.peak.saturating_sub(short.peak);
    assert!(more <= 4 * MIB, "{more} bytes more");
}

#[test]
fn a_database_costs_ingest_little_memory() {
    let folder = Folder::new();
    let rows = Youtube::new(YoutubeOptions {
        rows: 100_000,
        ..YoutubeOptions::default()
    });
    let run = ingest(&folder, ["--db", "test.db"], rows);
    assert!(run.peak <= 64 * MIB, "peak of {} bytes", run.peak);
}

#[test]
fn isrc_holds_the_smaller_side_and_streams_the_other() {
    let folder = Folder::new();
    let options = |tracks| CatalogueOptions {
        tracks,
        media_items: 2_000,
        seed: 1,
    };
    let write = |name: &str, rows: &mut dyn Read| {
        pour(rows, std::fs::File::create(folder.path(name)).unwrap());
    };
    let media_items = &mut MediaItems::new(options(20_000));
    write("media_item_metadata_log.csv", media_items);
    write("artists.csv", &mut Artists::new(options(20_000)));
    let tables = folder.path("");
    let tables = tables.to_str().unwrap();
    let run = |tracks| {
        let arguments = ["isrc", "-", "--in", tables, "--out", tables, "--quiet"];
        measure(arguments, 0, Tracks::new(options(tracks)))
    };
    let (small, large) = (run(10_000), run(80_000));
    assert!(large.input > 7 * small.input);
    assert!(
        large.peak < small.peak + MIB,
        "{} and {} bytes",
        small.peak,
        large.peak
    );
    assert!(large.peak < 16 * MIB, "{} bytes", large.peak);
}

/// Streams of a pipe, put together with the playlists of a file.
fn consolidate(folder: &Folder, options: ListeningOptions, more: &[&str]) -> Measured {
    let playlists = folder.path("playlists");
    let file = std::fs::File::create(&playlists).unwrap();
    pour(Recommendations::new(options), file);
    let table = folder.path("table");
    let begin: [&OsStr; 5] = [
        "consolidate".as_ref(),
        playlists.as_ref(),
        "-".as_ref(),
        "--out".as_ref(),
        table.as_ref(),
    ];
    let arguments = begin.into_iter().chain(more.iter().map(OsStr::new));
    measure(arguments, 0, Events::new(options))
}

/// What tells two files apart, without reading one into this process.
fn length_and_sum(path: &std::path::Path) -> (u64, u64) {
    let mut reader = io::BufReader::new(std::fs::File::open(path).unwrap());
    let (mut length, mut sum) = (0, 0xcbf2_9ce4_8422_2325_u64);
    loop {
        let bytes = io::BufRead::fill_buf(&mut reader).unwrap();
        if bytes.is_empty() {
            return (length, sum);
        }
        for &byte in bytes {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let count = bytes.len();
        length += count as u64;
        io::BufRead::consume(&mut reader, count);
    }
}

fn listening(users: u64, events: u64) -> ListeningOptions {
    ListeningOptions {
        users: NonZeroU64::new(users).unwrap(),
        tracks: NonZeroU64::new(2_000).unwrap(),
        events,
        ..ListeningOptions::default()
    }
}

#[test]
fn streams_cost_consolidate_no_memory_and_recommendations_what_the_readme_says() {
    let folder = Folder::new();
    // So few users and tracks that all of them are heard by all soon.
    let run = |events| consolidate(&folder, listening(2, events), &[]);
    let (short, long) = (run(100_000), run(800_000));
    assert!(long.input > 7 * short.input);
    let more = long.peak.saturating_sub(short.peak);
    assert!(more <= 4 * MIB, "{more} bytes more");

    let run = |users| consolidate(&folder, listening(users, 0), &[]);
    let (few, many) = (run(5_000), run(20_000));
    let bytes = slope("a recommendation", (5_000 * 60, few), (20_000 * 60, many));
    assert!(
        (24.0..40.0).contains(&bytes),
        "{bytes} bytes a recommendation"
    );
}

#[test]
fn a_table_that_does_not_fit_stays_below_what_is_allowed_and_is_the_same() {
    let folder = Folder::new();
    let options = listening(20_000, 300_000);
    let free = consolidate(&folder, options, &[]);
    let expected = length_and_sum(&folder.path("table"));
    for (size, most) in [("32MiB", 32 * MIB), ("40MiB", 40 * MIB)] {
        let run = consolidate(&folder, options, &["--max-memory", size]);
        assert!(free.peak > most, "it would fit: {} bytes", free.peak);
        assert!(run.peak <= most, "{size}: {} bytes", run.peak);
        assert_eq!(length_and_sum(&folder.path("table")), expected, "{size}");
    }
}

/// What cannot be read twice is copied to a mapped file, whose pages must not count.
#[test]
fn more_users_cost_a_report_no_memory() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).into_os_string();
    let run = |users| {
        let options = ListeningOptions {
            users: NonZeroU64::new(users).unwrap(),
            tracks: NonZeroU64::new(2_000).unwrap(),
            events: 10 * users,
            invalid: Rate::default(),
            seed: 1,
        };
        let playlists = std::fs::File::create(folder.path("playlists")).unwrap();
        pour(Recommendations::new(options), playlists);
        let database = path(&format!("{users}.db"));
        let arguments = [
            "consolidate".into(),
            path("playlists"),
            "-".into(),
            "--db".into(),
            database.clone(),
            "-q".into(),
        ];
        measure(arguments, 0, Events::new(options));
        let arguments = [
            "report".into(),
            "--db".into(),
            database,
            "--html".into(),
            "-".into(),
        ];
        measure(arguments, 0, io::empty())
    };
    // The smaller one already fills the caches that the database sorts with.
    let (small, large) = (run(8_000).peak, run(24_000).peak);
    assert!(large < small + 2 * MIB, "{small} and {large} bytes");
    assert!(large < 20 * MIB, "{large} bytes");
}

#[test]
fn a_piped_or_compressed_mixtape_costs_no_more_memory_than_a_file() {
    let folder = Folder::new();
    let changes = folder.write("changes", "");
    let mixtape = || {
        (&b"{\"users\": [], \"songs\": [], \"playlists\": [], \"x\": \""[..])
            .chain(io::repeat(b'x').take(64 * MIB))
            .chain(&b"\"}\n"[..])
    };
    let arguments: [&OsStr; 4] = [
        "apply".as_ref(),
        "-".as_ref(),
        changes.as_ref(),
        "/dev/null".as_ref(),
    ];
    let run = measure(arguments, 0, mixtape());
    assert!(run.peak <= 16 * MIB, "piped: {} bytes", run.peak);
    for compressor in COMPRESSORS {
        let Some(run) = measure_compressed(&arguments, 0, compressor, mixtape()) else {
            return;
        };
        assert!(run.peak <= 16 * MIB, "{compressor}: {} bytes", run.peak);
    }
}

#[test]
fn a_store_stays_below_64_mib_however_long_mixtape_and_changes_are() {
    let folder = Folder::new();
    let mut peaks = Vec::new();
    for (playlists, operations) in [(10_000, 30_000), (150_000, 300_000)] {
        let mixtape = write_mixtape(&folder, playlists, playlists, playlists);
        let database = folder.path(&format!("{playlists}.db"));
        let run = |arguments: &[&OsStr], input: &mut dyn Read| {
            let database = ["--db".as_ref(), database.as_os_str()];
            measure([arguments, &database].concat(), 0, input).peak
        };
        let changes = &mut Changes::new(ChangesOptions {
            playlists,
            users: NonZeroU64::new(playlists),
            songs: NonZeroU64::new(playlists),
            operations,
            ..ChangesOptions::default()
        });
        for (what, peak) in [
            (
                "import",
                run(&["import".as_ref(), mixtape.as_ref()], &mut io::empty()),
            ),
            ("apply", run(&["apply".as_ref(), "-".as_ref()], changes)),
            (
                "export",
                run(&["export".as_ref(), "-".as_ref()], &mut io::empty()),
            ),
        ] {
            assert!(peak < 64 * MIB, "{what} of {playlists} playlists: {peak}");
            peaks.push((what, peak));
        }
    }
    // Import and export keep nothing at all of the mixtape.
    for (small, large) in [(0, 3), (2, 5)] {
        let ((what, small), (_, large)) = (peaks[small], peaks[large]);
        assert!(large < small + 8 * MIB, "{what}: {small}, then {large}");
    }
}
