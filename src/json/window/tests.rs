//! What a window keeps, and what it refuses.

use super::*;
use crate::json::HoldLimit;

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "the test",
    flag: "--max-test",
};

#[test]
fn held_bytes_survive_refills_and_keep_their_positions() {
    let text: Vec<u8> = (0..2_000_000u32)
        .map(|i| if i % 100 == 99 { b'\n' } else { b'x' })
        .collect();
    let mut window = Window::new(&text[..], LIMIT).unwrap();
    while window.offset() < 300_000 {
        let count = window.available().unwrap().len().min(7_000);
        window.consume(count);
    }
    let held = window.offset();
    window.hold(held);
    while window.offset() < held + 700_000 {
        let count = window.available().unwrap().len();
        window.consume(count);
    }
    let (from, to) = (held as usize, held as usize + 650_000);
    assert_eq!(window.raw(held..to as u64), &text[from..to]);
    let position = window.position(held + 5);
    assert_eq!(position.line, (held + 5) / 100 + 1);
    assert_eq!(position.column, (held + 5) % 100 + 1);
}

#[test]
fn holding_more_than_the_limit_names_the_flag() {
    let mut window = Window::new(io::repeat(b'x'), LIMIT).unwrap();
    window.hold(0);
    let error = loop {
        match window.available() {
            Ok(bytes) => {
                let count = bytes.len();
                window.consume(count);
            }
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("--max-test"), "{error}");
    assert!(window.buffer.capacity() <= LIMIT.bytes + 2 * CAPACITY + SLACK);
}

#[test]
fn released_windows_do_not_grow() {
    let mut window = Window::new(io::repeat(b'x').take(10 << 20), LIMIT).unwrap();
    loop {
        let count = window.available().unwrap().len();
        if count == 0 {
            break;
        }
        window.consume(count);
    }
    assert_eq!(window.capacity(), CAPACITY);
    assert_eq!(window.offset(), 10 << 20);
}
