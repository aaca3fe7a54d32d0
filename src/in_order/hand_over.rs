//! Threads that take pieces, and hand their results on in order.
//!
//! Every thread does the same: it takes the next piece, works on it, and lays the result down. Whoever lays down the one whose
//! turn it is takes that one, and those behind it that lie there. So nobody waits for a turn, and what is in memory is bounded
//! by the number of rooms.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::has_room_for;
use super::sync::{Condvar, Mutex, MutexGuard, PoisonError, thread};

/// Rooms for so many threads: one for each to work in, and two in which results lie.
pub(crate) fn rooms(threads: NonZeroUsize) -> usize {
    threads.get() + 2
}

/// Whether the next result is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Wanted,
    Unwanted,
}

/// Does `work` on all pieces that `next` gives, each in a room that serves one after the other, in so many threads, or as many of
/// them as the system gives; the calling one is one of them. `take` gets the results in the order of the pieces, one at a time,
/// and puts rooms back that are free; it may keep one. Returns the results behind the one after which no other was wanted, in
/// order.
///
/// # Panics
/// When one of these panics.
pub(crate) fn run<Room: Send, Piece, Done: Send>(
    threads: NonZeroUsize,
    rooms: Vec<Room>,
    next: impl FnMut(&mut Room) -> Option<Piece> + Send,
    work: impl Fn(Piece, Room) -> Done + Sync,
    take: impl FnMut(Done, &mut Vec<Room>) -> Next + Send,
) -> Vec<Done> {
    let shared = Shared {
        work,
        pieces: Mutex::new(Pieces { next, count: 0 }),
        results: Mutex::new(Results {
            lying: BTreeMap::new(),
            turn: 0,
            is_taken: false,
            rooms,
            is_over: false,
        }),
        moved_on: Condvar::new(),
        take: Mutex::new(take),
    };
    let threads = if has_room_for(threads) {
        threads.get()
    } else {
        1
    };
    thread::scope(|scope| {
        // Where the system gives no more threads, those that there are do all of it.
        let start = || thread::Builder::new().spawn_scoped(scope, || shared.work::<Piece>());
        let _workers: Vec<_> = (1..threads).map_while(|_| start().ok()).collect();
        shared.work::<Piece>();
    });
    let results = shared
        .results
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    results.lying.into_values().collect()
}

/// What the threads share.
struct Shared<Room, Done, N, W, T> {
    pieces: Mutex<Pieces<N>>,
    work: W,
    results: Mutex<Results<Room, Done>>,
    /// A room is free, or all is over.
    moved_on: Condvar,
    take: Mutex<T>,
}

struct Pieces<N> {
    next: N,
    count: u64,
}

struct Results<Room, Done> {
    /// Those that lie there, by the number of their piece.
    lying: BTreeMap<u64, Done>,
    /// The one whose turn it is.
    turn: u64,
    /// Somebody takes results.
    is_taken: bool,
    rooms: Vec<Room>,
    /// No further one is wanted.
    is_over: bool,
}

impl<Room, Done, N, W, T> Shared<Room, Done, N, W, T> {
    fn work<Piece>(&self)
    where
        N: FnMut(&mut Room) -> Option<Piece>,
        W: Fn(Piece, Room) -> Done,
        T: FnMut(Done, &mut Vec<Room>) -> Next,
    {
        let _guard = StopOnPanic(self);
        while let Some(mut room) = self.free_room() {
            let mut pieces = lock(&self.pieces);
            let Some(piece) = (pieces.next)(&mut room) else {
                drop(pieces);
                // Somebody may wait for one, only to learn the same.
                lock(&self.results).rooms.push(room);
                self.moved_on.notify_all();
                return;
            };
            let number = pieces.count;
            pieces.count += 1;
            drop(pieces);
            self.lay_down(number, (self.work)(piece, room));
        }
    }

    /// Waits for a room; none where all is over.
    fn free_room(&self) -> Option<Room> {
        let mut results = lock(&self.results);
        loop {
            if results.is_over {
                return None;
            }
            if let Some(room) = results.rooms.pop() {
                return Some(room);
            }
            results = self
                .moved_on
                .wait(results)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lays a result down, and takes those whose turn has come, unless another thread is at it.
    fn lay_down(&self, number: u64, done: Done)
    where
        T: FnMut(Done, &mut Vec<Room>) -> Next,
    {
        let mut results = lock(&self.results);
        results.lying.insert(number, done);
        if results.is_taken {
            return;
        }
        results.is_taken = true;
        let mut take = lock(&self.take);
        let mut rooms = Vec::new();
        while !results.is_over {
            let turn = results.turn;
            let Some(done) = results.lying.remove(&turn) else {
                break;
            };
            drop(results);
            let next = take(done, &mut rooms);
            results = lock(&self.results);
            results.turn += 1;
            results.rooms.append(&mut rooms);
            results.is_over |= next == Next::Unwanted;
            self.moved_on.notify_all();
        }
        results.is_taken = false;
    }
}

/// Lets the threads end that wait for one that has panicked, so that the panic is seen.
struct StopOnPanic<'a, Room, Done, N, W, T>(&'a Shared<Room, Done, N, W, T>);

impl<Room, Done, N, W, T> Drop for StopOnPanic<'_, Room, Done, N, W, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.results).is_over = true;
            self.0.moved_on.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
