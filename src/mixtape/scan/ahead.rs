//! Pass one on several threads: while one reader goes through the document, others read what it will come to.
//!
//! ```text
//! document ──reader──▶ scan          in front of an element at which a stretch starts: what that holds is put into the scan,
//!     │                 ▲            and the reader goes on behind it
//!     └─────threads──▶ stretches     each from a guessed beginning of an element on
//! ```
//! The reader decides all: what it arrives at is right, and what nobody knows (an element that begins in another way, the rest of
//! the document, whatever is wrong) it reads itself. So the scan, and whether there is one, is the same for any number of threads.

mod course;

use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, Scope};

use super::stretch::{Stretch, Wanted};
use crate::error::{ErrorKind, Result};
use crate::in_order::{self, Threads};
use crate::io::{Memory, Rereadable};
use crate::json::{self, Failure, Limits, SkippingReader};
use crate::mixtape::document::read_document;
use crate::mixtape::kind::Kind;
use crate::mixtape::room::List;
use crate::mixtape::scan::{self, Companion, Scan};
use course::{Course, Job};

/// Pieces that a thread looks at for one answer, and after which an array counts as a long one: short enough to cost little where
/// it was in vain, long enough for asking to cost nothing.
const STRIDE: usize = 16;

/// Answers for each thread that are asked for ahead. Bounds the memory.
const WAITING: usize = 2;

/// What a thread takes beside the scan, at most but for ids that are long themselves: its window, and what was found in
/// [`WAITING`] strides.
const ROOM: usize = 8 << 20;

/// Reads the whole document on so many threads, or as many of them as the system gives, and as there is room for in a quarter
/// of the memory where that is limited.
pub(in crate::mixtape) fn scan_document(
    mixtape: &Rereadable,
    limits: Limits,
    memory: &Memory,
    threads: Threads,
) -> Result<Scan> {
    let stride = (STRIDE * threads.piece) as u64;
    scan_in_strides(mixtape, limits, memory, threads.count, stride)
}

fn scan_in_strides(
    mixtape: &Rereadable,
    limits: Limits,
    memory: &Memory,
    threads: NonZeroUsize,
    stride: u64,
) -> Result<Scan> {
    let threads = if in_order::has_room_for(threads) {
        threads
    } else {
        NonZeroUsize::MIN
    };
    let (threads, room) = with_room(threads, memory);
    let scan = scan_on(threads, mixtape, limits, memory, stride);
    drop(room);
    match scan {
        // Which byte of an id that is too long is named depends on where the window ends: it is said as one thread says it.
        Err(error) if threads > 1 && error.kind() != ErrorKind::Io => {
            scan_on(1, mixtape, limits, memory, stride)
        }
        scan => scan,
    }
}

fn scan_on(
    threads: usize,
    mixtape: &Rereadable,
    limits: Limits,
    memory: &Memory,
    stride: u64,
) -> Result<Scan> {
    thread::scope(|scope| {
        read_document(mixtape, limits, |window| {
            scan::check_not_empty(window)?;
            let mut ahead = Ahead::new(scope, mixtape, limits, threads, stride);
            scan::scan(json::skipping_reader(window), memory, &mut ahead)
        })
    })
}

/// As many of the threads as there is room for, and the room: nothing lies in it, so it takes none, but nobody else has it.
fn with_room(threads: NonZeroUsize, memory: &Memory) -> (usize, List<u8>) {
    let mut room = List::new_in(memory.clone());
    let threads = memory.threads(threads, ROOM).get();
    if threads == 1 || memory.limit().is_none() {
        return (threads, room);
    }
    match room.try_reserve_exact(threads * ROOM) {
        Ok(()) => (threads, room),
        Err(_) => (1, room),
    }
}

/// The threads, and what they are at.
struct Ahead<'s, 'm> {
    scope: &'s Scope<'s, 'm>,
    mixtape: &'m Rereadable,
    limits: Limits,
    /// None are worth starting, or there are none, where it is one.
    threads: usize,
    stride: u64,
    /// The way to the threads once they are started. They end with it.
    jobs: Option<Sender<Job>>,
    /// The array that is read, and from which offset on it has been without an answer.
    array: Option<(Kind, u64)>,
    course: Option<Course>,
}

impl<J: SkippingReader> Companion<J> for Ahead<'_, '_> {
    fn before(
        &mut self,
        scan: &mut Scan,
        json: &mut J,
        kind: Kind,
    ) -> std::result::Result<usize, Failure> {
        if self.threads < 2 {
            return Ok(0);
        }
        let at = json.offset();
        let from = match self.array {
            Some((current, from)) if current == kind => from,
            _ => {
                self.leave();
                self.array = Some((kind, at));
                return Ok(0);
            }
        };
        if self.course.is_none() {
            if at - from < self.stride {
                return Ok(0);
            }
            self.array = Some((kind, at));
            let wanted = Wanted::like(json.ahead(0), kind, scan.layout);
            self.course = wanted.map(|wanted| Course::new(wanted, at));
        }
        let Some(stretch) = self.arrive(at).map_err(Failure::Io)? else {
            return Ok(0);
        };
        let known = scan.append(&stretch.scan).map_err(|none| none.at(at))?;
        if !known {
            return Ok(0);
        }
        json.skip_elements(stretch.end)?;
        Ok(stretch.count)
    }
}

impl<'s, 'm> Ahead<'s, 'm> {
    fn new(
        scope: &'s Scope<'s, 'm>,
        mixtape: &'m Rereadable,
        limits: Limits,
        threads: usize,
        stride: u64,
    ) -> Self {
        Ahead {
            scope,
            mixtape,
            limits,
            threads,
            stride,
            jobs: None,
            array: None,
            course: None,
        }
    }

    /// The stretch that starts at an offset, where there is one.
    fn arrive(&mut self, at: u64) -> io::Result<Option<Stretch>> {
        if self.jobs.is_none() {
            self.start();
        }
        let (Some(jobs), Some(course)) = (&self.jobs, &mut self.course) else {
            return Ok(None);
        };
        let most = WAITING * self.threads;
        course.arrive(at, most, self.mixtape.length(), self.stride, jobs)
    }

    /// Starts the threads, as far as the system gives them.
    fn start(&mut self) {
        let (jobs, queue) = channel();
        // The threads' alone: without them nobody waits for what they were asked.
        let queue = Arc::new(Mutex::new(queue));
        let (mixtape, limits) = (self.mixtape, self.limits);
        let start = || {
            let queue = Arc::clone(&queue);
            thread::Builder::new()
                .name("read-mixtape".to_owned())
                .spawn_scoped(self.scope, move || course::work(mixtape, limits, &queue))
        };
        self.threads = (0..self.threads).map_while(|_| start().ok()).count();
        if self.threads > 0 {
            self.jobs = Some(jobs);
        }
    }

    /// The array is read.
    fn leave(&mut self) {
        if let Some(course) = self.course.take() {
            course.end();
        }
    }
}

impl Drop for Ahead<'_, '_> {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests;
