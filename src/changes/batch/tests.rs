//! When a batch is full, what it takes at once, and which of its entries are no operations.

use std::io::Empty;
use std::sync::atomic::Ordering;

use super::*;
use crate::changes::gathered::Gathered;
use crate::changes::tests::ADD;
use crate::changes::tests::witness::{Witness, Words};
use crate::changes::{array, ndjson};
use crate::json::{self, Position, Window};
use crate::limits;

const SIZE: BatchSize = BatchSize {
    operations: 3,
    bytes: 500,
    elements: 2,
};

fn plain() -> Plain {
    Plain::find(ADD.as_bytes(), Blanks::All).unwrap()
}

/// A batch of plain operations that start there.
fn batch_of(starts: &[u64]) -> Batch {
    let mut batch = array::new_batch(SIZE);
    for start in starts {
        batch.add_plain(*start, plain());
    }
    batch
}

#[test]
fn a_batch_is_full_of_operations_of_bytes_or_of_elements_whichever_comes_first() {
    assert!(!batch_of(&[]).is_full());
    assert!(!batch_of(&[1000, 1100]).is_full());
    assert!(batch_of(&[1000, 1100, 1200]).is_full());
    let last = 1500 - ADD.len() as u64;
    assert!(!batch_of(&[1000, last]).is_full());
    assert!(batch_of(&[1000, last + 1]).is_full());

    let mut batch = array::new_batch(SIZE);
    // One that is longer than all together may be leaves room for others.
    let long = format!("\"{:600}\"", "");
    for (is_full, element) in [(false, &long[..]), (true, "{}")] {
        let mut window = window_on(element);
        let range = batch.read_element(&mut json::document_reader(&mut window));
        batch.add_element(range.unwrap());
        assert_eq!(batch.is_full(), is_full);
    }
    batch.clear();
    assert!(batch.is_empty() && !batch.is_full());
}

#[test]
fn room_is_made_in_a_full_batch_alone() {
    let mut gathered = Gathered::NOTHING;
    let mut batch = batch_of(&[0, 100]);
    gathered.make_room(&mut batch);
    assert!(gathered.is_whole && !batch.is_empty());
    batch.add_plain(200, plain());
    gathered.make_room(&mut batch);
    assert!(!gathered.is_whole && batch.is_empty());
}

#[test]
fn plain_operations_are_added_at_once_while_there_is_room_and_commas_follow() {
    let length = ADD.len();
    let other = r#"{"type":"add_song_to_playlist","playlist_id":"1","song_id":"22"}"#;
    let remove = r#"{"type":"remove_playlist","playlist_id":"1"}"#;
    let more = " ".repeat(100);
    for (operations, gap, longest, count) in [
        (&[ADD; 5][..], ", ", 1000, 3),
        (&[ADD, remove, "7", ADD], " ,\n", 1000, 2),
        (&[ADD, ADD], ",", 1000, 2),
        (&[ADD, ADD], " ", 1000, 1),
        (&[ADD, other, ADD], ",", length, 1),
        (&[ADD, ADD, other], ",", length + 1, 3),
        (&[ADD, ADD], ",", length - 1, 0),
        (&["7", ADD], ",", 1000, 0),
    ] {
        let text = format!("{}{more}", operations.join(gap));
        let mut batch = array::new_batch(SIZE);
        assert!(batch.find_plain(ADD.as_bytes()).is_some());
        let found = batch.add_plain_ones(text.as_bytes(), 1000, longest);
        let length = operations[..count].join(gap).len();
        assert_eq!(found, (count as u64, length), "{text}");
        let ends: Vec<u64> = batch.entries.iter().map(|entry| entry.end).collect();
        let expected = (1..=count).map(|count| 1000 + operations[..count].join(gap).len() as u64);
        assert_eq!(ends, expected.collect::<Vec<_>>(), "{text}");
    }
}

fn window_on(text: &str) -> Window<Empty> {
    let limit = limits::of_operation(1000);
    let unread = 0..text.len();
    let mut buffer = text.as_bytes().to_vec();
    buffer.resize(unread.end + Window::<Empty>::ROOM_BEHIND, 0);
    Window::on_bytes(buffer, unread, limit, Position::START)
}

/// Lines of which some are no operations, read into one batch.
fn gathered(lines: &[&str]) -> (Batch, Window<Empty>) {
    let mut window = window_on(&lines.join("\n"));
    let mut batch = ndjson::new_batch(BatchSize::FOR_A_PART);
    let gathered = ndjson::gather(&mut window, &mut batch).unwrap();
    assert_eq!(gathered.operations, lines.len() as u64);
    (batch, window)
}

#[test]
fn what_is_no_operation_is_known_by_its_place_however_many_are_looked_up() {
    for wrong in [vec![], vec![0], vec![5, 63, 64, 65, 128, 191], vec![199]] {
        let mut lines = vec![ADD; 200];
        for (number, &place) in wrong.iter().enumerate() {
            lines[place] = ["nul", "{}"][number % 2];
        }
        let (mut batch, window) = gathered(&lines);
        let (words, mut resolved) = (Words::default(), Default::default());
        batch.resolve(&window, &words, &mut resolved);
        assert_eq!(batch.no_operations, wrong);
        let understood = lines.len() - wrong.len();
        assert_eq!(words.0.load(Ordering::Relaxed), understood);

        let mut witness = Witness::default();
        let applied = batch.apply_resolved(&window, 200, &mut witness, &mut resolved);
        assert!(applied.is_ok());
        assert_eq!(witness.operations.len(), understood);
        let rejected = |(error, _): &(String, String)| {
            let (_, number) = error.split_once("operation ").unwrap();
            number.split_once(',').unwrap().0.parse::<usize>().unwrap() - 1
        };
        let rejects: Vec<usize> = witness.rejects.iter().map(rejected).collect();
        assert_eq!(rejects, wrong);
    }
}
