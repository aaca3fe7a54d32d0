//! Pieces on their way from the stream to the consumer.

use std::io::Read;
use std::num::NonZeroUsize;

use super::framing::{End, Framing};
use super::job::Job;
use super::piece::{Piece, Room};
use super::unread::Unread;
use crate::changes::{Amount, ChangesFormat, ConsumerOfResolved};
use crate::error::{Error, Result};
use crate::in_order::{self, Next};

/// So many pieces that end at a wrong place are tried together with the next one, one behind the other.
const MOST_JOINED: u32 = 16;

/// Reads all pieces; what is left unread is to be read by one thread.
pub(super) fn run<R: Read + Send, C: ConsumerOfResolved + Send>(
    job: &Job<'_, C>,
    threads: NonZeroUsize,
    mut framing: Framing<R>,
    consumer: &mut C,
) -> Result<(Amount, Option<Unread<R>>)> {
    // One more than usual: a piece that is wrong waits for the next one.
    let rooms = (0..=in_order::rooms(threads)).map(|_| Room::new(job.format));
    let mut turn = Turn {
        consumer,
        amount: Amount {
            operations: 0,
            bytes: 0,
        },
        joined: None,
        joins: 0,
        stopped: None,
    };
    let next = |room: &mut Room<C>| framing.next(room.take_buffer());
    let take = |piece, rooms: &mut Vec<Room<C>>| turn.apply(piece, job, rooms);
    let read = |frame, room| Piece::read(frame, room, job);
    let left = in_order::run(threads, rooms.collect(), next, read, take);
    match turn.stopped {
        None => Ok((turn.amount, None)),
        Some(Stopped::Failed(error)) => Err(error),
        Some(Stopped::Wrong(piece)) => {
            let pieces = std::iter::once(*piece).chain(left);
            let unread = Unread::new(pieces.map(Piece::into_frame), framing);
            Ok((turn.amount, Some(unread)))
        }
    }
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

impl<C: ConsumerOfResolved> Turn<'_, C> {
    /// Applies the next piece.
    fn apply(&mut self, piece: Piece<C>, job: &Job<'_, C>, rooms: &mut Vec<Room<C>>) -> Next {
        let mut piece = match self.joined.take() {
            None => piece,
            Some(wrong) => {
                let (joined, left) = wrong.join(piece, job);
                rooms.push(left);
                joined
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
                return Next::Wanted;
            }
            self.stopped = Some(Stopped::Wrong(Box::new(piece)));
            return Next::Unwanted;
        }
        self.joins = 0;
        match piece.apply(job, self.amount.operations, self.consumer) {
            Ok(operations) => {
                let bytes = piece.end_offset();
                self.amount = Amount { operations, bytes };
                rooms.push(piece.into_room());
                Next::Wanted
            }
            Err(error) => {
                self.stopped = Some(Stopped::Failed(error));
                Next::Unwanted
            }
        }
    }
}
