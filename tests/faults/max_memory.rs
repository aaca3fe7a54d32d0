//! `--max-memory`: what goes beyond lies in temporary files, and nobody can tell from the result.
#![cfg(target_os = "linux")] // where a process tells how much memory is its own

use std::io::{Read, Write};
use std::num::NonZeroU64;
use std::process::Stdio;

use data_gen::{Changes, ChangesLayout, ChangesOptions, Mixtape, MixtapeOptions, Rate};
use mixtape::apply::ApplyOptions;
use mixtape::io::Memory;

use crate::process::limited;
use crate::run::{GOOD, MIXTAPE, Place};
use crate::support::{Folder, Run, mixtape, write_in_process};

const PLAYLISTS: u64 = 20_000;

fn text(mut generated: impl Read) -> String {
    let mut text = String::new();
    generated.read_to_string(&mut text).unwrap();
    text
}

fn document(playlists: u64) -> Mixtape {
    Mixtape::new(MixtapeOptions {
        playlists,
        users: NonZeroU64::new(playlists / 2),
        songs_per_playlist: 2,
        compact: true,
        ..MixtapeOptions::default()
    })
}

fn changes(operations: u64, playlists: u64, churn: bool) -> Changes {
    Changes::new(ChangesOptions {
        operations,
        playlists,
        users: NonZeroU64::new(playlists / 2),
        layout: ChangesLayout::Ndjson,
        reject: Rate::NEVER,
        churn,
        ..ChangesOptions::default()
    })
}

/// The ids made texts, so that every kind of memory that the index has is in use, and a hash table.
fn with_texts(document: &str) -> String {
    document.replace("\"id\":\"", "\"id\":\"a-longer-text-")
}

#[test]
fn the_same_bytes_come_out_whatever_lies_on_the_disk() {
    let numbers = text(document(PLAYLISTS));
    let texts = with_texts(&numbers);
    let operations =
        text(changes(60_000, PLAYLISTS, false)) + &text(changes(40_000, PLAYLISTS, true));
    for document in [numbers, texts] {
        let run = |memory: &Memory| {
            let options = ApplyOptions {
                memory: memory.clone(),
                ..ApplyOptions::default()
            };
            write_in_process(&document, operations.as_bytes(), 100_000, &options).unwrap()
        };
        let expected = run(&Memory::UNLIMITED);
        assert_eq!(expected.summary.temporary_bytes, None);
        for limit in [0, 200_000, 1 << 20, 1 << 30] {
            let written = run(&Memory::limited(limit));
            assert!(written.output == expected.output, "{limit}");
            assert!(written.reject_lines == expected.reject_lines, "{limit}");
            let on_disk = written.summary.temporary_bytes.unwrap();
            assert_eq!(on_disk > 0, limit < 1 << 30, "{limit}: {on_disk}");
        }
    }
}

#[test]
fn too_little_and_what_is_no_size_are_refused() {
    for (size, said) in [("1MiB", "at least 8.0 MiB"), ("little", "64MiB")] {
        let place = Place::new(MIXTAPE, GOOD);
        let run = place.apply(&["--max-memory", size]).assert_code(64);
        assert!(run.stderr.contains(said), "{run:?}");
        place.assert_holds("changes.json mixtape.json");
    }
}

#[test]
fn how_much_disk_it_may_take_is_said_beforehand() {
    let place = Place::new(MIXTAPE, "[oops");
    let run = place.apply(&["--max-memory", "8MiB"]).assert_code(2);
    let first = run.stderr.lines().next().unwrap();
    assert!(first.contains("temporary files"), "{run:?}");
    assert!(
        first.contains(std::env::temp_dir().to_str().unwrap()),
        "{run:?}"
    );
    let run = place.apply(&["--max-memory", "8MiB", "-q"]).assert_code(2);
    assert!(!run.stderr.contains("temporary files"), "{run:?}");
}

#[test]
fn a_folder_where_no_file_can_be_made_is_found_out_at_once() {
    let place = Place::new("[not even a mixtape", GOOD);
    let mut command = mixtape();
    command
        .args("apply mixtape.json changes.json output.json --max-memory 8MiB".split(' '))
        .current_dir(place.path(""))
        .env("TMPDIR", "/no/such/folder");
    let run = Run::of(command.output().unwrap());
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("/no/such/folder"), "{run:?}");
    assert!(run.stderr.contains("TMPDIR"), "{run:?}");
}

#[test]
fn a_disk_that_is_full_is_exit_1_with_nothing_left_behind() {
    let place = Place::new(text(document(PLAYLISTS)), GOOD);
    place.0.write("output.json", "old");
    std::fs::create_dir(place.path("tmp")).unwrap();
    let mut command = limited("trap '' XFSZ && ulimit -f 128");
    command
        .args("apply mixtape.json changes.json output.json --max-memory 8MiB".split(' '))
        .current_dir(place.path(""))
        .env("TMPDIR", place.path("tmp"));
    // Enough playlists for the index to pass what two MiB hold.
    place
        .0
        .write("mixtape.json", text(document(10 * PLAYLISTS)));
    let run = Run::of(command.output().unwrap());
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("--max-memory"), "{run:?}");
    assert!(run.stderr.contains("TMPDIR"), "{run:?}");
    assert_eq!(place.read("output.json"), "old");
    place.assert_holds("changes.json mixtape.json output.json tmp");
}

/// Bytes of memory that are nobody's but the process's own.
fn anonymous(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let kib = line.map_or(0, |line| {
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    });
    kib << 10
}

#[test]
fn memory_stays_below_what_was_allowed() {
    const MIB: u64 = 1 << 20;
    let folder = Folder::new();
    let path = folder.write("mixtape.json", text(document(20 * PLAYLISTS)));
    let run = |further: &[&str]| {
        let mut child = mixtape()
            .args(["apply", path.to_str().unwrap(), "-", "/dev/null", "-q"])
            .args(further)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut operations = changes(400_000, 20 * PLAYLISTS, false);
        let mut most = 0;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let count = operations.read(&mut piece).unwrap();
            if count == 0 {
                break;
            }
            input.write_all(&piece[..count]).unwrap();
            most = most.max(anonymous(child.id()));
        }
        drop(input);
        while child.try_wait().unwrap().is_none() {
            most = most.max(anonymous(child.id()));
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        assert!(child.wait().unwrap().success());
        most
    };
    let (wanted, allowed) = (run(&[]), run(&["--max-memory", "10MiB"]));
    assert!(wanted > 20 * MIB, "{wanted}: this test shows nothing");
    assert!(allowed <= 10 * MIB, "{allowed}");
}
