//! The hand-over under a scheduler that decides after every step which thread goes on: thousands of orders of events, among them
//! those that a quiet machine never shows. A deadlock is found too: the scheduler sees that nobody can go on.

use std::num::NonZeroUsize;

use super::has_room_for;
use crate::long::few_or;

#[allow(clippy::duplicate_mod)] // the same code, on other locks and threads
#[path = "hand_over.rs"]
mod hand_over;

mod sync {
    pub(super) use shuttle::sync::{Condvar, Mutex, MutexGuard};
    pub(super) use std::sync::PoisonError;

    /// The scheduler's threads, by the names of the system's.
    pub(super) mod thread {
        use shuttle::thread::{Scope, ScopedJoinHandle};
        pub(crate) use shuttle::thread::{panicking, scope};
        use std::io;

        pub(crate) struct Builder;

        impl Builder {
            pub(crate) fn new() -> Self {
                Builder
            }

            pub(crate) fn spawn_scoped<'scope, T: Send + 'scope>(
                self,
                scope: &'scope Scope<'scope, '_>,
                work: impl FnOnce() -> T + Send + 'scope,
            ) -> io::Result<ScopedJoinHandle<'scope, T>> {
                Ok(scope.spawn(work))
            }
        }
    }
}

use hand_over::{Next, rooms, run};

/// Orders that are tried; `MIXTAPE_TEST_LONG` tries ten times as many.
fn orders() -> usize {
    few_or(2_000, 20_000)
}

/// What becomes of so many pieces where the result of `last` is the last one that is wanted.
fn hand_over(pieces: u32, threads: usize, room_count: usize, last: u32) {
    let mut given = 0..pieces;
    let mut taken = Vec::new();
    let left = run(
        NonZeroUsize::new(threads).unwrap(),
        (0..room_count).collect(),
        |_: &mut usize| given.next(),
        |piece, room| (piece, room),
        |(piece, room), rooms| {
            taken.push(piece);
            rooms.push(room);
            if piece == last {
                Next::Unwanted
            } else {
                Next::Wanted
            }
        },
    );
    let wanted = pieces.min(last.saturating_add(1));
    assert_eq!(taken, (0..wanted).collect::<Vec<_>>());
    let left: Vec<u32> = left.into_iter().map(|(piece, _)| piece).collect();
    assert_eq!(left, (wanted..).take(left.len()).collect::<Vec<_>>());
    assert_eq!(
        wanted + left.len() as u32,
        given.next().unwrap_or(pieces),
        "no piece that was given is lost"
    );
}

#[test]
fn in_whatever_order_threads_go_on_results_come_in_theirs() {
    for threads in [2, 3] {
        let room_count = rooms(NonZeroUsize::new(threads).unwrap());
        shuttle::check_random(
            move || hand_over(7, threads, room_count, u32::MAX),
            orders(),
        );
        shuttle::check_pct(
            move || hand_over(7, threads, room_count, u32::MAX),
            orders(),
            3,
        );
    }
}

#[test]
fn whenever_no_further_result_is_wanted_all_threads_end_and_nothing_is_lost() {
    for last in [0, 3] {
        shuttle::check_random(move || hand_over(7, 3, 5, last), orders());
        shuttle::check_pct(move || hand_over(7, 3, 5, last), orders(), 3);
    }
}

#[test]
fn fewer_rooms_than_threads_are_waited_for_and_handed_round() {
    for room_count in [1, 2] {
        shuttle::check_random(move || hand_over(6, 3, room_count, u32::MAX), orders());
    }
}

#[test]
fn a_taker_that_keeps_rooms_for_a_while_stops_nobody_for_good() {
    shuttle::check_random(
        || {
            let (mut pieces, mut kept, mut taken) = (0..9u32, Vec::new(), Vec::new());
            let left = run(
                NonZeroUsize::new(3).unwrap(),
                vec![0, 1, 2],
                |_: &mut i32| pieces.next(),
                |piece, room| (piece, room),
                |(piece, room), rooms| {
                    taken.push(piece);
                    kept.push(room);
                    // One stays with the taker for one turn.
                    if kept.len() > 1 {
                        rooms.push(kept.remove(0));
                    }
                    Next::Wanted
                },
            );
            assert!(left.is_empty());
            assert_eq!(taken, (0..9).collect::<Vec<_>>());
        },
        orders(),
    );
}
