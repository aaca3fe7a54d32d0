//! Both inputs, read one after the other, in a thread of its own where that is allowed.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::batch::{Batch, Consumer, LONGEST_ROW};
use super::events::Events;
use super::input::{Input, InputRead, Output};
use super::options::ConsolidateOptions;
use super::playlists;
use crate::database::{Fingerprint, Fingerprinted, TextLimits};
use crate::error::{Error, Result};
use crate::io::{Phase, Source};
use crate::json::Position;
use crate::limits;

/// Batches that are read and not yet taken. Bounds the memory.
const WAITING: usize = 2;

/// What is read: both inputs, and how.
pub(super) struct Reading<'o> {
    pub(super) playlists: Source,
    pub(super) events: Source,
    pub(super) options: &'o ConsolidateOptions,
    pub(super) threads: NonZeroUsize,
    /// Whether it matters which inputs they are.
    pub(super) is_fingerprinted: bool,
    pub(super) text_limits: TextLimits,
}

impl Reading<'_> {
    /// Reads PLAYLISTS and then EVENTS into `consumer`; what was read of each.
    pub(super) fn read(self, consumer: &mut dyn Consumer) -> Result<[InputRead; 2]> {
        if self.threads.get() == 1 {
            return self.read_here(consumer);
        }
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel(WAITING);
            // Handed over once there is a thread: one that cannot be started would take it along.
            let (hand_over, handed_over) = sync_channel::<Self>(1);
            let read_there = move || match handed_over.recv() {
                Ok(reading) => reading.read_here(&mut Sender(sender)),
                Err(_) => Err(abandoned()),
            };
            let Ok(reader) = thread::Builder::new().spawn_scoped(scope, read_there) else {
                return self.read_here(consumer);
            };
            hand_over.send(self).map_err(|_| abandoned())?;
            // Where this ends early, the reader notices that nobody takes what it reads.
            let taken = receiver
                .into_iter()
                .try_for_each(|batch| consumer.take(batch));
            let read = reader
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            taken?;
            read
        })
    }

    fn read_here(self, consumer: &mut dyn Consumer) -> Result<[InputRead; 2]> {
        let Reading {
            playlists,
            events,
            options,
            text_limits,
            is_fingerprinted,
            ..
        } = self;
        let progress = &options.sources.progress;
        let names = [playlists.name().to_owned(), events.name().to_owned()];
        let [input, events_input] =
            [(&names[0], "one row"), (&names[1], "one event")].map(|(name, what)| Input {
                name,
                names: &options.names,
                limit: limits::of_row(what, options.max_row.min(LONGEST_ROW)),
                text_limits,
            });
        // Of a file the header is looked at before anything is read: a mistyped name shall not cost an hour. A pipe may be
        // filled by somebody who writes the other one first.
        let is_file = events.length().is_some();
        let lengths = [playlists.length(), events.length()];
        let mut hashed_events = Hashed::new(events, is_fingerprinted);
        let early = is_file
            .then(|| Events::open(&mut hashed_events, &events_input))
            .transpose()?;
        progress.begin(READING_PLAYLISTS, lengths[0]);
        let mut hashed = Hashed::new(playlists, is_fingerprinted);
        let mut output = Output::new(&names[0], 0, options.max_rejects, consumer);
        output.input.taken = playlists::read(&mut hashed, &input, &mut output)?;
        let (mut playlists, consumer) = output.finish()?;
        playlists.fingerprint = hashed.fingerprint();

        progress.begin(READING_EVENTS, lengths[1]);
        let events = match early {
            Some(events) => events,
            None => Events::open(&mut hashed_events, &events_input)?,
        };
        let mut output = Output::new(&names[1], playlists.rejected, options.max_rejects, consumer);
        output.input.taken = events.taken;
        if let Some((field, name)) = options
            .names
            .without_use(&[&playlists.taken, &events.taken])
        {
            let word = field.word();
            let message = format!("--map {word}={name}: neither PLAYLISTS nor EVENTS has {name:?}");
            return Err(Error::data(&names[1], Position::START, message));
        }
        events.read(&events_input, &mut output)?;
        let (mut events, _) = output.finish()?;
        events.fingerprint = hashed_events.fingerprint();
        Ok([playlists, events])
    }
}

const READING_PLAYLISTS: Phase = Phase {
    name: "reading the playlists",
    items: "rows",
};
const READING_EVENTS: Phase = Phase {
    name: "reading the events",
    items: "events",
};

/// A source of which the fingerprint is taken, or not.
enum Hashed {
    Not(Source),
    Taken(Fingerprinted<Source>),
}

impl Hashed {
    fn new(source: Source, is_fingerprinted: bool) -> Self {
        if is_fingerprinted {
            Hashed::Taken(Fingerprinted::new(source))
        } else {
            Hashed::Not(source)
        }
    }

    fn fingerprint(self) -> Option<Fingerprint> {
        match self {
            Hashed::Not(_) => None,
            Hashed::Taken(source) => Some(source.fingerprint()),
        }
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Hashed::Not(source) => source.read(buffer),
            Hashed::Taken(source) => source.read(buffer),
        }
    }
}

/// Sends batches to another thread.
struct Sender(SyncSender<Batch>);

impl Consumer for Sender {
    fn take(&mut self, batch: Batch) -> Result<()> {
        self.0.send(batch).map_err(|_| abandoned())
    }
}

/// Nobody sees this error: the other thread has one that ended the run.
fn abandoned() -> Error {
    Error::limit("abandoned")
}
