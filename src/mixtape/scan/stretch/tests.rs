//! Stretches read range by range held against the elements of the array, by where they stand.

use std::io::Cursor;

use super::*;
use crate::json::{HoldLimit, Position};

const LIMIT: HoldLimit = HoldLimit {
    bytes: 100,
    what: "an id",
    flag: "--none",
};

fn window(text: &str) -> Window<Cursor<&[u8]>> {
    Window::starting_at(Cursor::new(text.as_bytes()), LIMIT, Position::START).without_lines()
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

#[test]
fn ranges_that_follow_each_other_have_every_element_once_whatever_the_window_cuts() {
    // Longer than the window, twice.
    let element = |number: usize| {
        format!(
            "{{\"id\": {number}, \"x\": \"{:1$}\"}}",
            "",
            number * 13 % 4000
        )
    };
    let elements: Vec<String> = (0..400).map(element).collect();
    let text = format!("[{}]", elements.join(", "));
    assert!(text.len() > 600_000, "{}", text.len());
    let wanted = songs();
    for stride in [5_000, 100_000, text.len() as u64] {
        let mut window = window(&text);
        let mut starts = Vec::new();
        let mut count = 0;
        for start in (0..text.len() as u64).step_by(stride as usize) {
            for stretch in wanted.read(&mut window, start..start + stride).unwrap() {
                assert!((start..start + stride).contains(&stretch.start));
                starts.push(stretch.start);
                count += stretch.count;
            }
        }
        assert_eq!(count, elements.len(), "{stride}");
        assert!(starts.is_sorted());
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
