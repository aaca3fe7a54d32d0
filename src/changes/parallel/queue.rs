//! Pieces on their way from the stream to the consumer, in their order.
//!
//! Every thread does the same: it takes the next piece of the stream, reads it, and lays it down. Whoever lays down the piece
//! whose turn it is applies that one, and those behind it that lie there. So nobody waits for a turn, and what is in memory is
//! bounded by the number of rooms.

use std::collections::BTreeMap;
use std::io::Read;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::framing::{End, Framing};
use super::piece::{Piece, Room};
use super::unread::Unread;
use crate::changes::{Amount, ChangesFormat, ConsumerOfResolved};
use crate::error::{Error, Result};
use crate::json::Limits;

/// What is read, and how.
pub(super) struct Job<'j, C: ConsumerOfResolved> {
    pub(super) name: &'j str,
    pub(super) format: ChangesFormat,
    pub(super) limits: Limits,
    pub(super) resolver: &'j C::Resolver,
}

/// So many pieces that end at a wrong place are tried together with the next one, one behind the other.
const MOST_JOINED: u32 = 16;

/// Reads all pieces; what is left unread is to be read by one thread.
pub(super) fn run<R: Read + Send, C: ConsumerOfResolved + Send>(
    job: &Job<'_, C>,
    threads: NonZeroUsize,
    framing: Framing<R>,
    consumer: &mut C,
) -> Result<(Amount, Option<Unread<R>>)> {
    let threads = threads.get();
    let queue = Queue {
        job,
        framing: Mutex::new(framing),
        line: Mutex::new(Line {
            waiting: BTreeMap::new(),
            next: 0,
            is_applying: false,
            // One for each thread to work on, one to lie there for each, and one that is being joined with the next.
            rooms: (0..=2 * threads).map(|_| Room::new(job.format)).collect(),
            is_over: false,
        }),
        moved_on: Condvar::new(),
        turn: Mutex::new(Turn {
            consumer,
            amount: Amount {
                operations: 0,
                bytes: 0,
            },
            joined: None,
            joins: 0,
            stopped: None,
        }),
    };
    thread::scope(|scope| {
        // Where the system gives no more threads, those that there are do all of it.
        let start = || thread::Builder::new().spawn_scoped(scope, || queue.work());
        let _workers: Vec<_> = (1..threads).map_while(|_| start().ok()).collect();
        queue.work();
    });
    let turn = into_inner(queue.turn);
    let waiting = into_inner(queue.line).waiting.into_values();
    match turn.stopped {
        None => Ok((turn.amount, None)),
        Some(Stopped::Failed(error)) => Err(error),
        Some(Stopped::Wrong(piece)) => {
            let frames = std::iter::once(*piece)
                .chain(waiting)
                .map(Piece::into_frame);
            let unread = Unread::new(frames, into_inner(queue.framing));
            Ok((turn.amount, Some(unread)))
        }
    }
}

/// What the threads share.
struct Queue<'q, R, C: ConsumerOfResolved> {
    job: &'q Job<'q, C>,
    framing: Mutex<Framing<R>>,
    line: Mutex<Line<C>>,
    /// A room is free, or all is over.
    moved_on: Condvar,
    /// Of the thread that applies.
    turn: Mutex<Turn<'q, C>>,
}

/// The pieces that lie there.
struct Line<C: ConsumerOfResolved> {
    waiting: BTreeMap<u64, Piece<C>>,
    /// The piece whose turn it is.
    next: u64,
    /// Somebody applies pieces.
    is_applying: bool,
    rooms: Vec<Room<C>>,
    /// No further piece is wanted.
    is_over: bool,
}

/// What changes in the pieces' order.
struct Turn<'q, C: ConsumerOfResolved> {
    consumer: &'q mut C,
    amount: Amount,
    /// A piece that was wrong, to be read as one with the next.
    joined: Option<Piece<C>>,
    joins: u32,
    stopped: Option<Stopped<C>>,
}

/// Why no further piece is applied.
enum Stopped<C: ConsumerOfResolved> {
    /// The consumer wants no more.
    Failed(Error),
    /// This piece, and what follows it, is to be read by one thread.
    Wrong(Box<Piece<C>>),
}

impl<R: Read, C: ConsumerOfResolved> Queue<'_, R, C> {
    fn work(&self) {
        let _guard = StopOnPanic(self);
        while let Some(mut room) = self.take_room() {
            let frame = lock(&self.framing).next(room.take_buffer());
            let Some(frame) = frame else { return };
            self.lay_down(Piece::read(frame, room, self.job));
        }
    }

    /// Waits for a room; none where all is over.
    fn take_room(&self) -> Option<Room<C>> {
        let mut line = lock(&self.line);
        loop {
            if line.is_over {
                return None;
            }
            if let Some(room) = line.rooms.pop() {
                return Some(room);
            }
            line = self
                .moved_on
                .wait(line)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lays a piece down, and applies those whose turn has come, unless another thread is at it.
    fn lay_down(&self, piece: Piece<C>) {
        let mut line = lock(&self.line);
        line.waiting.insert(piece.number, piece);
        if line.is_applying {
            return;
        }
        line.is_applying = true;
        let mut turn = lock(&self.turn);
        while !line.is_over
            && let Some(piece) = line.take_next()
        {
            drop(line);
            let rooms = turn.apply(piece, self.job);
            line = lock(&self.line);
            line.next += 1;
            line.rooms.extend(rooms.into_iter().flatten());
            line.is_over = turn.stopped.is_some();
            self.moved_on.notify_all();
        }
        line.is_applying = false;
    }

    fn stop(&self) {
        lock(&self.line).is_over = true;
        self.moved_on.notify_all();
    }
}

impl<C: ConsumerOfResolved> Line<C> {
    fn take_next(&mut self) -> Option<Piece<C>> {
        self.waiting.remove(&self.next)
    }
}

impl<C: ConsumerOfResolved> Turn<'_, C> {
    /// Applies the next piece and gives back the rooms that are free then.
    fn apply(&mut self, piece: Piece<C>, job: &Job<'_, C>) -> [Option<Room<C>>; 2] {
        let (mut piece, left) = match self.joined.take() {
            None => (piece, None),
            Some(wrong) => {
                let (joined, left) = wrong.join(piece, job);
                (joined, Some(left))
            }
        };
        if !piece.is_right() {
            // The end of a line is no guess.
            let may_join = job.format == ChangesFormat::Array
                && piece.end == End::Cut
                && self.joins < MOST_JOINED;
            if may_join {
                self.joins += 1;
                self.joined = Some(piece);
            } else {
                self.stopped = Some(Stopped::Wrong(Box::new(piece)));
            }
            return [left, None];
        }
        self.joins = 0;
        match piece.apply(job.name, self.amount.operations, self.consumer) {
            Ok(operations) => {
                self.amount = Amount {
                    operations,
                    bytes: piece.end_offset(),
                };
            }
            Err(error) => self.stopped = Some(Stopped::Failed(error)),
        }
        [left, Some(piece.into_room())]
    }
}

/// Lets the threads end that wait for one that has panicked, so that the panic is seen.
struct StopOnPanic<'a, 'q, R: Read, C: ConsumerOfResolved>(&'a Queue<'q, R, C>);

impl<R: Read, C: ConsumerOfResolved> Drop for StopOnPanic<'_, '_, R, C> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}
