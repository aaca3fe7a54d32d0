//! Several sources read at once, and taken in the order in which they were named.

use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::IngestOptions;
use super::gathered::Gathered;
use super::read::{Amount, Consumer, read};
use super::row::Row;
use crate::database::{Fingerprint, Fingerprinted, TextLimits};
use crate::error::{Error, Result};
use crate::io::{Source, SourceOptions};
use crate::json::HoldLimit;
use crate::rejects::{Reject, RejectBatch, RejectLimit, Rejects};

/// Bytes of rejects that a source gathers before it waits for its turn to write them.
const REJECTS_WAITING: usize = 256 * 1024;

/// A dump that can be opened.
pub struct Input {
    path: PathBuf,
    name: String,
    /// Of a pipe nothing can be opened again. Regular files are closed meanwhile: there may be thousands of them.
    opened: Option<Source>,
    /// Bytes of the file beneath; none of a pipe.
    length: Option<u64>,
}

impl Input {
    /// Makes sure that `path` can be opened; `-` is standard input.
    ///
    /// # Errors
    /// When it cannot.
    pub fn open(path: &Path, options: &SourceOptions) -> Result<Self> {
        let source = Source::open(path, options)?;
        Ok(Input {
            path: path.to_owned(),
            name: source.name().to_owned(),
            length: source.length(),
            opened: (!source.can_be_opened_again()).then_some(source),
        })
    }
}

impl Input {
    /// Bytes of the file beneath, compressed ones where it is compressed; none of a pipe.
    pub fn length(&self) -> Option<u64> {
        self.length
    }
}

/// Whether the fingerprints of the sources are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fingerprints {
    Skip,
    Take,
}

/// How all sources are read.
pub(super) struct Reading<'o> {
    pub(super) options: &'o IngestOptions,
    pub(super) threads: NonZeroUsize,
    pub(super) fingerprints: Fingerprints,
    pub(super) limits: TextLimits,
}

/// What a source gave.
pub(super) struct SourceRead {
    pub(super) name: String,
    pub(super) amount: Amount,
    pub(super) rejected: u64,
    pub(super) gathered: Gathered,
    /// Where one was needed.
    pub(super) fingerprint: Option<Fingerprint>,
}

/// Reads all inputs, each on one thread, and gives them to `take` one after the other, in their order. Memory: one state for
/// each thread, beside what `take` keeps.
///
/// # Errors
/// Of several errors that of the first input that has one; what `take` returns.
pub(super) fn read_all(
    inputs: Vec<Input>,
    reading: &Reading<'_>,
    rejects: &mut Rejects,
    take: &mut (dyn FnMut(SourceRead) -> Result<()> + Send),
) -> Result<()> {
    let threads = reading.threads.get().min(inputs.len());
    let queue = Queue {
        reading,
        are_several: inputs.len() > 1,
        inputs: inputs
            .into_iter()
            .map(|input| Mutex::new(Some(input)))
            .collect(),
        next: AtomicUsize::new(0),
        is_stopped: AtomicBool::new(false),
        turn: Mutex::new(Turn {
            index: 0,
            rejects,
            take,
            error: None,
        }),
        moved_on: Condvar::new(),
    };
    thread::scope(|scope| {
        // Where the system gives no more threads, those that there are do all of it.
        let start = || thread::Builder::new().spawn_scoped(scope, || queue.work());
        let _workers: Vec<_> = (1..threads).map_while(|_| start().ok()).collect();
        queue.work();
    });
    let turn = queue
        .turn
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    turn.error.map_or(Ok(()), Err)
}

/// What the threads share.
struct Queue<'q> {
    reading: &'q Reading<'q>,
    are_several: bool,
    inputs: Vec<Mutex<Option<Input>>>,
    /// The next input that nobody has begun.
    next: AtomicUsize,
    /// Nothing matters any more: an input has failed, and all before it are taken.
    is_stopped: AtomicBool,
    turn: Mutex<Turn<'q>>,
    moved_on: Condvar,
}

/// What only one input at a time may use.
struct Turn<'q> {
    /// Which one.
    index: usize,
    rejects: &'q mut Rejects,
    take: &'q mut (dyn FnMut(SourceRead) -> Result<()> + Send),
    error: Option<Error>,
}

impl<'q> Queue<'q> {
    fn work(&self) {
        let _guard = StopOnPanic(self);
        while !self.is_stopped() {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = self.inputs.get(index) else {
                return;
            };
            let Some(input) = lock(input).take() else {
                return;
            };
            let mut batch = RejectBatch::default();
            let read = self.read(index, input, &mut batch);
            let Some(mut turn) = self.wait_for_turn(index) else {
                return;
            };
            let taken = read.and_then(|read| {
                turn.rejects.append(&mut batch)?;
                (turn.take)(read)
            });
            turn.index += 1;
            if let Err(error) = taken {
                turn.error = Some(error);
                self.is_stopped.store(true, Ordering::Relaxed);
            }
            drop(turn);
            self.moved_on.notify_all();
        }
    }

    fn read(&self, index: usize, input: Input, batch: &mut RejectBatch) -> Result<SourceRead> {
        let Input {
            path, name, opened, ..
        } = input;
        let options = &self.reading.options.sources;
        let source = opened.map_or_else(|| Source::open(&path, options), Ok)?;
        let mut reading = ReadingOne {
            queue: self,
            index,
            name: &name,
            gathered: Gathered::new(self.reading.options.granularity),
            batch,
            rejected: 0,
        };
        let (amount, fingerprint) = match self.reading.fingerprints {
            Fingerprints::Skip => (reading.read(source)?, None),
            Fingerprints::Take => {
                let mut source = Fingerprinted::new(source);
                let amount = reading.read(&mut source)?;
                (amount, Some(source.fingerprint()))
            }
        };
        let ReadingOne {
            gathered, rejected, ..
        } = reading;
        Ok(SourceRead {
            name,
            amount,
            rejected,
            gathered,
            fingerprint,
        })
    }

    /// Waits until all inputs before `index` are taken; none where that is in vain.
    fn wait_for_turn(&self, index: usize) -> Option<MutexGuard<'_, Turn<'q>>> {
        let mut turn = lock(&self.turn);
        while !self.is_stopped() {
            if turn.index == index {
                return Some(turn);
            }
            turn = self
                .moved_on
                .wait(turn)
                .unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

/// Wakes the threads that wait for one that has panicked, so that the panic is seen.
struct StopOnPanic<'a, 'q>(&'a Queue<'q>);

impl Drop for StopOnPanic<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _turn = lock(&self.0.turn);
            self.0.is_stopped.store(true, Ordering::Relaxed);
            self.0.moved_on.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A source on its way into a state of its own.
struct ReadingOne<'a, 'q> {
    queue: &'a Queue<'q>,
    index: usize,
    name: &'a str,
    gathered: Gathered,
    batch: &'a mut RejectBatch,
    rejected: u64,
}

impl ReadingOne<'_, '_> {
    fn read(&mut self, source: impl Read) -> Result<Amount> {
        let Reading {
            options, limits, ..
        } = self.queue.reading;
        let limit = HoldLimit {
            bytes: options.max_row,
            what: "one row",
            flag: "--max-row",
        };
        let name = self.name;
        read(name, source, limit, *limits, self)
    }

    /// The error of a source that is read in vain. Nobody sees it: another one has ended the run.
    fn abandoned() -> Error {
        Error::limit("abandoned")
    }
}

impl ReadingOne<'_, '_> {
    /// Ends a run that goes wrong long before its end. What this source alone says about all of them is a number; a share only
    /// where it is the only one.
    fn check(&mut self, limit: RejectLimit, read: u64) -> Result<()> {
        let says = !self.queue.are_several || matches!(limit, RejectLimit::Count(_));
        if !says || !limit.is_passed_already(self.rejected, read) {
            return Ok(());
        }
        let turn = self.queue.wait_for_turn(self.index);
        let mut turn = turn.ok_or_else(Self::abandoned)?;
        turn.rejects.append(self.batch)?;
        turn.rejects.finish()?;
        Err(limit.error(self.name, "rows", self.rejected, read))
    }
}

impl Consumer for ReadingOne<'_, '_> {
    fn rows(&mut self, rows: &[Row<'_>]) -> Result<()> {
        if self.queue.is_stopped() {
            return Err(Self::abandoned());
        }
        let progress = &self.queue.reading.options.sources.progress;
        progress.count(rows.len() as u64);
        self.gathered.add(rows)
    }

    fn reject(&mut self, reject: &Reject<'_>) -> Result<()> {
        self.rejected += 1;
        let source = self.queue.are_several.then_some(self.name);
        self.batch.add(self.name, source, reject);
        if let Some(limit) = self.queue.reading.options.max_rejects {
            self.check(limit, reject.number)?;
        }
        if self.batch.bytes() < REJECTS_WAITING {
            return Ok(());
        }
        let turn = self.queue.wait_for_turn(self.index);
        let mut turn = turn.ok_or_else(Self::abandoned)?;
        turn.rejects.append(self.batch)
    }
}
