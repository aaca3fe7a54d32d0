//! Who reads what the program writes may be slow, or stop: the program waits then, with no more in memory than it had.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::process::Child;
use std::thread;
use std::time::Duration;

use crate::process::Random;
use crate::run::{BAD, Place};
use crate::support::Run;
use crate::support::generated::{changes_of, mixtape_of};

const MIB: u64 = 1 << 20;

/// The most memory that the program had resident so far.
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    kib.parse::<u64>().unwrap() << 10
}

/// How long the program has worked, in the system's ticks.
fn ticks(child: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let (_, behind_name) = stat.rsplit_once(')').unwrap();
    let fields = behind_name.split_whitespace().skip(11).take(2);
    fields.map(|field| field.parse::<u64>().unwrap()).sum()
}

/// Waits until the program does nothing any more, though it has not ended, and returns the most memory that it had.
fn peak_once_it_waits(child: &mut Child) -> u64 {
    let mut before = u64::MAX;
    while before != ticks(child) {
        before = ticks(child);
        thread::sleep(Duration::from_millis(500));
    }
    assert!(child.try_wait().unwrap().is_none(), "it has ended");
    peak(child)
}

/// Three users, a song, and playlists that are long, so that what is known of them is little beside them.
fn write_long_mixtape(place: &Place, playlists: u64) -> u64 {
    let path = place.path("mixtape.json");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let (name, mut gap) = ("x".repeat(64 << 10), "");
    write!(
        file,
        "{{\"users\": [{{\"id\": \"1\"}}], \"songs\": [{{\"id\": \"1\"}}], \"playlists\": ["
    )
    .unwrap();
    for id in 0..playlists {
        let playlist = format!(
            "{{\"id\": \"{id}\", \"owner_id\": \"1\", \"name\": \"{name}\", \"song_ids\": []}}"
        );
        write!(file, "{gap}{playlist}").unwrap();
        gap = ",\n";
    }
    write!(file, "]}}").unwrap();
    file.flush().unwrap();
    fs::metadata(path).unwrap().len()
}

#[test]
fn a_reader_of_output_that_stops_stops_the_program_and_memory_does_not_grow() {
    const PLAYLISTS: u64 = 2_048;
    const MOST: u64 = 64 * MIB;
    let add = |id| {
        format!(
            "{{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"{id}\", \"song_id\": \"1\"}}\n"
        )
    };
    let place = Place::new("", (0..PLAYLISTS).map(add).collect::<String>());
    let length = write_long_mixtape(&place, PLAYLISTS);
    assert!(length > 2 * MOST);
    for threads in ["1", "2", "8"] {
        let arguments = format!("apply mixtape.json changes.json - --quiet --threads {threads}");
        let mut child = place.0.start(arguments.split(' '));
        drop(child.stdin.take());
        let peak = peak_once_it_waits(&mut child);
        assert!(peak < MOST, "{threads} threads: {peak} bytes of {length}");
        // It goes on when its reader does.
        let mut piece = vec![0; 1 << 20];
        child
            .stdout
            .as_mut()
            .unwrap()
            .read_exact(&mut piece)
            .unwrap();
        let peak = peak_once_it_waits(&mut child);
        assert!(peak < MOST, "{threads} threads: {peak} bytes of {length}");
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
fn a_reader_of_the_rejects_that_stops_stops_the_program_and_memory_does_not_grow() {
    const MOST: u64 = 64 * MIB;
    let place = Place::new(crate::run::MIXTAPE, "");
    let lines = format!("{BAD}\n").repeat(10_000);
    let mut changes = BufWriter::new(File::create(place.path("changes.json")).unwrap());
    for _ in 0..2 * MOST / lines.len() as u64 {
        changes.write_all(lines.as_bytes()).unwrap();
    }
    changes.flush().unwrap();
    for threads in ["1", "2", "8"] {
        let arguments = format!(
            "apply mixtape.json changes.json output.json --quiet --rejects - --threads {threads}"
        );
        let mut child = place.0.start(arguments.split(' '));
        drop(child.stdin.take());
        let peak = peak_once_it_waits(&mut child);
        assert!(peak < MOST, "{threads} threads: {peak} bytes");
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// Reads in pieces of a random size, with random pauses.
fn read_in_bursts(mut stream: impl Read, seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let mut read = Vec::new();
    loop {
        let most = 1 + random.below(100_000);
        if stream.by_ref().take(most).read_to_end(&mut read).unwrap() == 0 {
            return read;
        }
        if random.below(3) == 0 {
            thread::sleep(Duration::from_micros(random.below(3_000)));
        }
    }
}

/// Writes in pieces of a random size, with random pauses.
fn write_in_bursts(mut stream: impl Write, bytes: &[u8], seed: u64) {
    let mut random = Random(seed);
    let mut rest = bytes;
    while !rest.is_empty() {
        let count = (1 + random.below(100_000)).min(rest.len() as u64) as usize;
        stream.write_all(&rest[..count]).expect("all is read");
        rest = &rest[count..];
        if random.below(3) == 0 {
            thread::sleep(Duration::from_micros(random.below(3_000)));
        }
    }
}

#[test]
fn a_mixtape_given_and_output_taken_at_random_moments_are_the_same_with_any_number_of_threads() {
    let (mixtape, changes) = (mixtape_of(10_000), changes_of(10_000, 20_000, 20_000));
    let place = Place::new(&mixtape, &changes);
    place
        .apply(&["--rejects", "rejects", "--threads", "1"])
        .assert_code(0);
    let expected = ["output.json", "rejects"].map(|name| fs::read(place.path(name)).unwrap());
    for (seed, threads) in (0..).zip(["1", "2", "3", "8"]) {
        for (paths, input) in [
            ("- changes.json -", &mixtape),
            ("mixtape.json - -", &changes),
        ] {
            let arguments = format!("apply {paths} --rejects rejects --quiet --threads {threads}");
            let mut child = place.0.start(arguments.split(' '));
            let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
            let output = thread::scope(|scope| {
                scope.spawn(|| write_in_bursts(stdin, input, seed));
                read_in_bursts(stdout, 100 + seed)
            });
            Run::of_child(child).assert_code(0);
            let rejects = fs::read(place.path("rejects")).unwrap();
            assert!([output, rejects] == expected, "{arguments}, seed {seed}");
        }
    }
}
