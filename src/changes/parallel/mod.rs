//! CHANGES read by several threads, with the same outcome as by one.
//!
//! ```text
//! source ──cut──▶ pieces ──each thread: read, look up──▶ in file order: apply ──▶ consumer
//! ```
//!
//! Lines are cut at line ends. Where an element of an array ends is guessed, and proven: a piece counts only if reading all
//! pieces before it has ended exactly where it begins, between two elements. What cannot be read so, for whatever reason, is
//! read once more by one thread from there on, which is what says what is wrong with it.

mod framing;
mod job;
mod piece;
#[cfg(test)]
mod tests;
mod turns;
mod unread;

use std::io::Read;
use std::num::NonZeroUsize;

use super::array::{self, Part};
use super::reading::{self, Amount, read};
use super::{ChangesFormat, ConsumerOfResolved};
use crate::error::Result;
use crate::in_order::Threads;
use crate::json::{self, Limits, Position, Window};
use framing::{Cut, Framing};
use job::Job;
use unread::Unread;

/// As [`read`](super::read()), by several threads, or as many of them as the system gives: the consumer is told the same, one
/// call after the other and in file order, but from any of the threads.
///
/// Where the consumer returns an error while a pipe gives little, that error is seen once the pipe has given a piece more, or ends.
/// An operation that is longer than sixteen pieces, and all behind it, is read by one thread.
///
/// # Errors
/// As [`read`](super::read()).
pub fn read_in_threads<C: ConsumerOfResolved + Send>(
    name: &str,
    source: impl Read + Send,
    format: Option<ChangesFormat>,
    limits: impl Into<Limits>,
    threads: Threads,
    resolver: &C::Resolver,
    consumer: &mut C,
) -> Result<Amount> {
    let limits = reading::bounded(limits);
    if threads.count == NonZeroUsize::MIN {
        return read(name, source, format, limits, consumer);
    }
    let mut window = reading::open(name, source, limits)?;
    let Some(format) = reading::begin(name, &mut window, format)? else {
        return Ok(Amount::of_nothing(&window));
    };
    consumer.begins(format)?;
    let Some(cut) = cut_of(format, &mut window) else {
        return reading::read_window(name, &mut window, format, Part::WHOLE, 0, consumer);
    };
    let (front, first, rest) = window.into_rest();
    let framing = Framing::new(rest, front, first, cut, threads.piece, limits.hold.bytes);
    let job = Job {
        name,
        format,
        limits,
        resolver,
    };
    let (amount, unread) = turns::run(&job, threads.count, framing, consumer)?;
    match unread {
        None => Ok(amount),
        Some(unread) => go_on(name, format, limits, amount.operations, unread, consumer),
    }
}

/// Where a layout is cut; none where it cannot be.
fn cut_of<R: Read>(format: ChangesFormat, window: &mut Window<R>) -> Option<Cut> {
    match format {
        ChangesFormat::Ndjson => Some(Cut::BehindLine),
        ChangesFormat::Array => {
            // What stands between the first two elements stands between all of them, in most documents.
            let head = window.available().ok()?;
            let unread = 0..head.len();
            let mut head = head.to_vec();
            head.resize(unread.end + Window::<&[u8]>::ROOM_BEHIND, 0);
            let mut head = Window::on_bytes(head, unread, window.limits(), Position::START);
            let gap = array::first_gap(json::document_reader(&mut head)).ok()?;
            Some(Cut::BehindElement { gap })
        }
        ChangesFormat::Grouped => None,
    }
}

/// Reads what the threads have left unread, behind `before` operations.
fn go_on<R: Read>(
    name: &str,
    format: ChangesFormat,
    limits: Limits,
    before: u64,
    unread: Unread<R>,
    consumer: &mut impl ConsumerOfResolved,
) -> Result<Amount> {
    let (is_all, first, front) = (unread.is_all(), unread.first(), unread.front().to_vec());
    let mut window = Window::behind(&front, unread.into_bytes(), limits, first);
    let part = if is_all { Part::WHOLE } else { Part::REST };
    reading::read_window(name, &mut window, format, part, before, consumer)
}
