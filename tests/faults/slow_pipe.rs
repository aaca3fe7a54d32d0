//! Input that comes in bursts, or not for a while: the same bytes, and no work while there is none.

use std::fs;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use data_gen::{Scores, ScoresOptions};
use wait4::Wait4;

use crate::process::Random;
use crate::run::Place;
use crate::support::generated::{all, changes_of, mixtape_of};
use crate::support::{Run, mixtape};

fn scores() -> Vec<u8> {
    let options = ScoresOptions {
        records: 600,
        ..ScoresOptions::default()
    };
    all(Scores::new(options))
}

fn apply_inputs() -> (Vec<u8>, Vec<u8>) {
    (mixtape_of(300), changes_of(300, 1_500, 100_000))
}

/// Writes in pieces of a random size, with random pauses, and stops the program now and then.
fn burst(bytes: &[u8], seed: u64, child: &Child, mut input: impl Write) {
    let mut random = Random(seed);
    let mut rest = bytes;
    while !rest.is_empty() {
        let count = random.below(8_000).min(rest.len() as u64) as usize;
        input.write_all(&rest[..count]).expect("all is read");
        rest = &rest[count..];
        match random.below(8) {
            0 => pause_program(child),
            1..=4 => thread::sleep(Duration::from_micros(random.below(3_000))),
            _ => {}
        }
    }
}

/// A stopped program finds its system calls interrupted when it goes on.
fn pause_program(child: &Child) {
    for signal in ["-STOP", "-CONT"] {
        let mut kill = Command::new("kill");
        assert!(
            kill.args([signal, &child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
    }
}

fn run_in_bursts(place: &Place, arguments: &[&str], bytes: &[u8], seed: u64) -> Run {
    let mut child = place.0.start(arguments);
    let input = child.stdin.take().unwrap();
    burst(bytes, seed, &child, input);
    Run::of_child(child)
}

#[test]
fn top_finds_the_same_in_bursts() {
    let place = Place::new("", "");
    let path = place.0.write("scores", scores());
    let expected = place
        .0
        .run(["top".as_ref(), path.as_os_str(), "50".as_ref()]);
    assert!(expected.stdout.len() > 1_000);
    for (seed, threads) in ["1", "2"].into_iter().enumerate() {
        let arguments = ["top", "-", "50", "--threads", threads];
        let run = run_in_bursts(&place, &arguments, &scores(), seed as u64);
        assert_eq!(
            (run.code, &run.stdout),
            (Some(0), &expected.stdout),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn apply_makes_the_same_of_changes_or_a_mixtape_in_bursts() {
    let (mixtape, changes) = apply_inputs();
    let place = Place::new(&mixtape, &changes);
    place.apply(&["--rejects", "rejects"]).assert_code(0);
    let expected = ["output.json", "rejects"].map(|name| fs::read(place.path(name)).unwrap());
    assert!(expected[0] != mixtape && !expected[1].is_empty());
    for (seed, paths, bytes) in [
        (3, ["mixtape.json", "-", "output.json"], &changes),
        (4, ["-", "changes.json", "output.json"], &mixtape),
    ] {
        fs::remove_file(place.path("output.json")).unwrap();
        let arguments = [&["apply"][..], &paths, &["--rejects", "rejects"]].concat();
        run_in_bursts(&place, &arguments, bytes, seed).assert_code(0);
        let found = ["output.json", "rejects"].map(|name| fs::read(place.path(name)).unwrap());
        assert!(found == expected, "{paths:?}");
    }
}

#[test]
fn waiting_for_a_pipe_is_no_work() {
    let (mixtape_bytes, changes) = apply_inputs();
    let place = Place::new(&mixtape_bytes, &changes);
    let rows: [(&[&str], &[u8]); 4] = [
        (&["top", "-", "5", "--threads", "1"], &scores()),
        (&["top", "-", "5", "--threads", "2"], &scores()),
        (
            &[
                "apply",
                "mixtape.json",
                "-",
                "/dev/null",
                "--rejects",
                "/dev/null",
            ],
            &changes,
        ),
        (
            &[
                "apply",
                "-",
                "changes.json",
                "/dev/null",
                "--rejects",
                "/dev/null",
            ],
            &mixtape_bytes,
        ),
    ];
    // All at once: they only wait.
    thread::scope(|scope| {
        for (arguments, bytes) in rows {
            let folder = place.path("");
            scope.spawn(move || {
                let mut child = mixtape()
                    .args(arguments)
                    .current_dir(folder)
                    .stdin(Stdio::piped())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .unwrap();
                let mut input = child.stdin.take().unwrap();
                for part in bytes.chunks(bytes.len() / 3) {
                    input.write_all(part).unwrap();
                    thread::sleep(Duration::from_millis(600));
                }
                drop(input);
                let ended = child.wait4().unwrap();
                assert_eq!(ended.status.code(), Some(0), "{arguments:?}");
                let worked = ended.rusage.utime + ended.rusage.stime;
                // Nearly two seconds of waiting; the work itself takes some milliseconds.
                assert!(
                    worked < Duration::from_millis(900),
                    "{arguments:?}: {worked:?}"
                );
            });
        }
    });
}

/// All of them are rejected, so what is read and what is written are of a size.
#[test]
fn a_reader_of_the_rejects_that_stops_stops_the_reading_of_changes() {
    const LINE: &str = "{\"type\": \"remove_playlist\", \"playlist_id\": \"none of them\"}\n";
    const MOST: usize = 16 << 20;
    for threads in ["1", "2", "8"] {
        let place = Place::new(apply_inputs().0, "");
        let arguments =
            format!("apply mixtape.json - output.json --quiet --rejects - --threads {threads}");
        let mut child = place.0.start(arguments.split(' '));
        let mut input = child.stdin.take().unwrap();
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&taken);
        // Ends with an error once the program is gone.
        let feeding = thread::spawn(move || {
            let lines = LINE.repeat(1_000);
            while counter.load(Ordering::Relaxed) < 2 * MOST
                && input.write_all(lines.as_bytes()).is_ok()
            {
                counter.fetch_add(lines.len(), Ordering::Relaxed);
            }
        });
        // Nobody reads the rejects: after a while nothing more is taken.
        let mut before = usize::MAX;
        while before != taken.load(Ordering::Relaxed) {
            before = taken.load(Ordering::Relaxed);
            thread::sleep(Duration::from_millis(500));
        }
        assert!(
            (1..MOST).contains(&before),
            "{threads} threads took {before} bytes"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        feeding.join().unwrap();
    }
}
