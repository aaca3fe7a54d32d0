//! The program writes what the library makes, and ends as a program in a pipe should.

mod common;

use data_gen::{Changes, ChangesLayout, ChangesOptions, Mixtape, MixtapeLayout, MixtapeOptions};
use data_gen::{Scores, ScoresOptions, Youtube, YoutubeLayout, YoutubeOptions};
use std::io::Read;
use std::num::NonZeroU64;
use std::process::{Command, Output, Stdio};

fn program(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_data-gen"));
    command.args(arguments.split(' '));
    command
}

fn run(arguments: &str) -> Output {
    program(arguments).output().unwrap()
}

/// Checks that these arguments write the same as this generator.
fn assert_writes(arguments: &str, generator: impl Read) {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments}");
    assert!(output.stdout == common::bytes(generator), "{arguments}");
    assert!(output.stderr.is_empty());
}

#[test]
fn it_writes_what_the_library_makes() {
    assert_writes(
        "scores --records 2000",
        Scores::new(ScoresOptions {
            records: 2000,
            ..Default::default()
        }),
    );
    let invalid = "0.25".parse().unwrap();
    assert_writes(
        "youtube --rows 300 --playlists 2 --days 9 --layout ndjson --invalid 0.25 --seed 4",
        Youtube::new(YoutubeOptions {
            rows: 300,
            playlists: NonZeroU64::new(2),
            days: NonZeroU64::new(9).unwrap(),
            layout: YoutubeLayout::Ndjson,
            invalid,
            seed: 4,
        }),
    );
    assert_writes(
        "scores --records 99 --invalid 0.25 --dense --seed 4",
        Scores::new(ScoresOptions {
            records: 99,
            invalid,
            dense: true,
            seed: 4,
        }),
    );
    assert_writes(
        "mixtape --playlists 9",
        Mixtape::new(MixtapeOptions {
            playlists: 9,
            ..Default::default()
        }),
    );
    assert_writes(
        "mixtape --playlists 9 --users 3 --songs 20 --songs-per-playlist 6 --layout wrapped \
         --compact --seed 4",
        Mixtape::new(MixtapeOptions {
            playlists: 9,
            users: NonZeroU64::new(3),
            songs: NonZeroU64::new(20),
            songs_per_playlist: 6,
            layout: MixtapeLayout::Wrapped,
            compact: true,
            seed: 4,
        }),
    );
    let changes = ChangesOptions {
        operations: 50,
        playlists: 9,
        ..Default::default()
    };
    assert_writes(
        "changes --operations 50 --playlists 9",
        Changes::new(changes),
    );
    assert_writes(
        "changes --operations 50 --playlists 9 --users 3 --songs 20 --layout grouped \
         --reject-rate 0.5 --seed 4",
        Changes::new(ChangesOptions {
            users: NonZeroU64::new(3),
            songs: NonZeroU64::new(20),
            layout: ChangesLayout::Grouped,
            reject: "0.5".parse().unwrap(),
            seed: 4,
            ..changes
        }),
    );
    assert_writes(
        "changes --operations 50 --playlists 9 --layout ndjson --churn",
        Changes::new(ChangesOptions {
            layout: ChangesLayout::Ndjson,
            churn: true,
            ..changes
        }),
    );
}

#[test]
fn wrong_usage_is_explained() {
    for (arguments, reason) in [
        ("scores", "--records <N>"),
        ("scores --records 1 --invalid 1.5", "a fraction from 0 to 1"),
        ("mixtape --playlists 1 --users 0", "--users <U>"),
        ("mixtape --playlists 1 --layout flat", "plain, wrapped"),
        (
            "changes --playlists 1 --operations 2 --churn --layout grouped",
            "grouped layout",
        ),
        (
            "changes --playlists 1 --operations 3 --churn",
            "even number",
        ),
    ] {
        let output = run(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(
            message.starts_with("error: ") && message.contains(reason),
            "{message}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_help_has_examples() {
    for arguments in [
        "--help",
        "scores --help",
        "mixtape --help",
        "changes --help",
    ] {
        let help = String::from_utf8(run(arguments).stdout).unwrap();
        assert!(
            help.contains("Example") && help.contains("  data-gen "),
            "{arguments}"
        );
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = program("scores --records 1000000000000")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap(); // and closes it
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = program("scores --records 1").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.starts_with(b"error: "));
}

#[test]
fn every_help_fits_a_screen_and_ends_with_an_example() {
    let help = |words: &str| String::from_utf8(run(words).stdout).unwrap();
    let all = help("-h");
    let (_, commands) = all.split_once("Commands:\n").unwrap();
    let commands = commands.lines().take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands
        .map(|line| line.split_whitespace().next().unwrap())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.contains(&"listening"), "{all}");
    for (name, text) in names
        .iter()
        .map(|name| (*name, help(&format!("{name} -h"))))
    {
        assert_eq!(text, help(&format!("{name} --help")));
        let rows = text.lines().map(|line| 1 + line.chars().count() / 80);
        assert!(rows.sum::<usize>() <= 36, "{text}");
        let example = text.lines().last().unwrap();
        assert!(example.trim_start().starts_with("data-gen "), "{text}");
        assert!(text.contains(&format!("  data-gen {name} ")), "{text}");
    }
}
