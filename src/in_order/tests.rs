use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;

use super::{Next, rooms, run};

fn square(number: u64, (): ()) -> u64 {
    if number.is_multiple_of(7) {
        thread::sleep(Duration::from_micros(number * 13 % 400));
    }
    number * number
}

fn squares(threads: usize, stop_at: u64) -> (Vec<u64>, Vec<u64>) {
    let threads = NonZeroUsize::new(threads).unwrap();
    let (mut pieces, mut taken) = (0..500u64, Vec::new());
    let left = run(
        threads,
        vec![(); rooms(threads)],
        |()| pieces.next(),
        square,
        |square, rooms| {
            taken.push(square);
            rooms.push(());
            if square < stop_at {
                Next::Wanted
            } else {
                Next::Unwanted
            }
        },
    );
    (taken, left)
}

#[test]
fn results_come_in_the_order_of_their_pieces() {
    for threads in [1, 2, 3, 8] {
        let (taken, left) = squares(threads, u64::MAX);
        assert_eq!(taken, (0..500).map(|n| n * n).collect::<Vec<u64>>());
        assert!(left.is_empty());
    }
}

#[test]
fn what_is_unwanted_comes_back_without_a_gap() {
    for threads in [1, 2, 3, 8] {
        let (taken, left) = squares(threads, 100 * 100);
        assert_eq!(taken, (0..=100).map(|n| n * n).collect::<Vec<u64>>());
        let following = (101..).map(|n| n * n).take(left.len());
        assert_eq!(left, following.collect::<Vec<u64>>());
        assert!(left.len() <= rooms(NonZeroUsize::new(threads).unwrap()));
    }
}

#[test]
fn a_panic_of_the_taker_is_seen() {
    let threads = NonZeroUsize::new(4).unwrap();
    let run = || {
        let mut pieces = 0..500u64;
        let next = |_: &mut ()| pieces.next();
        run(threads, vec![(); 9], next, square, |_, _| {
            panic!("on purpose")
        })
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
}
