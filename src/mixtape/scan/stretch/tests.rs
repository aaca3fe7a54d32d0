//! Stretches read range by range held against the elements of the array, by where they stand.

use std::io::Cursor;

use super::*;
use crate::io::Drops;
use crate::json::{HoldLimit, Position};

const LIMIT: HoldLimit = HoldLimit {
    bytes: 100,
    what: "an id",
    flag: "--none",
};

fn slow_window(text: &str, at_once: usize) -> Window<Drops<Cursor<&[u8]>>> {
    let source = Drops(Cursor::new(text.as_bytes()), at_once);
    Window::starting_at(source, LIMIT, Position::START).without_lines()
}

fn window(text: &str) -> Window<Drops<Cursor<&[u8]>>> {
    slow_window(text, usize::MAX)
}

fn songs() -> Wanted {
    Wanted::like(b"{\"id\": 0}", Kind::Songs, None).unwrap()
}

/// Where stretches start and end, and of how many elements they are.
fn shown(stretches: &[Stretch]) -> Vec<(u64, u64, usize)> {
    let shown = stretches.iter().map(|stretch| {
        assert_eq!(stretch.scan.songs.len(), stretch.count);
        (stretch.start, stretch.end, stretch.count)
    });
    shown.collect()
}

/// An array of so many songs, up to `longest` bytes and a few more each.
fn array(count: usize, longest: usize) -> String {
    let song = |number: usize| {
        let blanks = " ".repeat(number * 13 % longest);
        format!("{{\"id\": {number}, \"x\": \"{blanks}\"}}")
    };
    let songs: Vec<String> = (0..count).map(song).collect();
    format!("[{}]", songs.join(", "))
}

/// How many elements are found in ranges of a length, one behind the other.
fn count_in_ranges(text: &str, at_once: usize, length: usize) -> usize {
    let (wanted, mut window) = (songs(), slow_window(text, at_once));
    let mut count = 0;
    for start in (0..text.len() as u64).step_by(length) {
        let range = start..start + length as u64;
        for stretch in wanted.read(&mut window, range.clone()).unwrap() {
            assert!(range.contains(&stretch.start));
            count += stretch.count;
        }
    }
    count
}

#[test]
fn ranges_that_follow_each_other_have_every_element_once() {
    // Longer than the window, twice.
    let text = array(400, 4000);
    assert!(text.len() > 600_000, "{}", text.len());
    for length in [5_000, 100_000, text.len()] {
        assert_eq!(count_in_ranges(&text, usize::MAX, length), 400, "{length}");
    }
}

#[test]
fn elements_are_found_wherever_what_is_read_at_once_ends() {
    let text = array(100, 60);
    for at_once in [1, 2, 5, 6, 7, 11] {
        for length in [10, 100, text.len()] {
            let found = count_in_ranges(&text, at_once, length);
            assert_eq!(found, 100, "{at_once} at once, {length}");
        }
    }
}

#[test]
fn elements_are_found_behind_any_number_of_beginnings_of_none() {
    let wrong = "{\"id\": x ".repeat(50);
    let text = format!("{wrong}{{\"id\": 1}}, {{\"id\": 2}}] {wrong}[{{\"id\": 3}}");
    let start = wrong.len() as u64;
    let behind = start + 22 + start + 1;
    let found = songs()
        .read(&mut window(&text), 0..text.len() as u64)
        .unwrap();
    assert_eq!(
        shown(&found),
        [(start, start + 20, 2), (behind, behind + 9, 1)]
    );
}

#[test]
fn of_an_array_that_is_an_odd_one_no_more_is_kept_than_a_few_stretches() {
    let text = "{\"id\": 1} ".repeat(100);
    let found = songs().read(&mut window(&text), 0..1000).unwrap();
    let expected: Vec<_> = (0..MOST_STRETCHES as u64)
        .map(|at| (at * 10, at * 10 + 9, 1))
        .collect();
    assert_eq!(shown(&found), expected);
}

#[test]
fn what_nobody_will_ask_for_is_not_read() {
    let text = "{\"id\": 1},".repeat(100);
    let wanted = songs();
    assert_eq!(
        shown(&wanted.read(&mut window(&text), 0..45).unwrap()),
        [(0, 49, 5)]
    );
    wanted.end();
    assert_eq!(shown(&wanted.read(&mut window(&text), 0..45).unwrap()), []);
}
