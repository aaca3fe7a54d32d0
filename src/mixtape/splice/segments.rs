//! OUTPUT in segments, each made by one of several threads and written in its turn.

use std::io::{self, Write};
use std::ops::Range;

use super::copy::{BATCH, Batch, Copy};
use super::patch::Output;
use crate::error::{Error, Result};
use crate::in_order::{self, Next, Threads};
use crate::io::Sink;
use crate::mixtape::changed::Created;

/// Bytes of the document that a thread copies at once, in pieces, unless one playlist has more.
const SEGMENT: usize = 8;

/// A thread holds no more pieces than this of what it has made: a longer segment is written when its turn has come.
const MOST_HELD: usize = 32;

/// Playlists that a thread creates at once.
const CREATED: usize = 4096;

/// A part of OUTPUT.
enum Segment<'c> {
    /// These playlists of the document, each with what stands between it and the next one.
    Document(Range<u32>),
    /// New playlists, and whether no other stands in front of them.
    Created(Vec<Created<'c>>, bool),
}

/// As one thread does it; segments by several of them, and what is in front of these, between and behind.
pub(in crate::mixtape) fn write(
    copy: &Copy<'_>,
    threads: Threads,
    output: &mut Sink,
) -> Result<()> {
    let playlists = &copy.index.catalogue.playlists;
    let start = |number: u32| playlists.place(number).start;
    // The last one that is kept ends in a way of its own.
    let last = copy.kept().saturating_sub(1);
    let mut behind = 0;
    if last > 0 {
        copy.patch_from(0, output).up_to(start(0))?;
        let mut end = 0;
        let next = || {
            let first = end;
            let until = (first < last).then(|| start(first) + (SEGMENT * threads.piece) as u64)?;
            end = playlists.count_before(until).clamp(first + 1, last);
            Some(Segment::Document(first..end))
        };
        copy.segments(threads, next, output)?;
        behind = start(last);
    }
    let ending = copy.ending();
    let mut patch = copy.patch_from(behind, output);
    copy.copy(last..copy.kept(), &mut patch, &mut Batch::default())?;
    patch.end_playlists(&ending)?;
    let behind = patch.at();
    let mut rest = copy.index.changed.created.iter();
    let mut is_first = ending.last_kept.is_none();
    let next = || {
        let created: Vec<Created<'_>> = rest.by_ref().take(CREATED).collect();
        let is_first = std::mem::replace(&mut is_first, false);
        (!created.is_empty()).then_some(Segment::Created(created, is_first))
    };
    copy.segments(threads, next, output)?;
    copy.patch_from(behind, output)
        .finish(&ending, copy.mixtape.length())
}

impl Copy<'_> {
    /// Makes segments in threads and writes them in their order.
    fn segments<'s>(
        &'s self,
        threads: Threads,
        mut next: impl FnMut() -> Option<Segment<'s>> + Send,
        output: &mut Sink,
    ) -> Result<()> {
        let room = || Room::holding(MOST_HELD * threads.piece);
        let rooms = std::iter::repeat_with(room);
        let rooms = rooms.take(in_order::rooms(threads.count)).collect();
        let mut result = Ok(());
        let take = |(made, mut room): (Made<'s>, Room), rooms: &mut Vec<Room>| {
            result = match made {
                Made::Held => output
                    .write_block(&mut room.made.bytes)
                    .map_err(|error| output.error(error)),
                Made::TooLong(segment) => self.make(&segment, output, &mut room.batch),
                Made::Failed(error) => Err(error),
            };
            rooms.push(room);
            match result {
                Ok(()) => Next::Wanted,
                Err(_) => Next::Unwanted,
            }
        };
        let work = |segment, room| self.hold(segment, room);
        in_order::run(threads.count, rooms, |_| next(), work, take);
        result
    }

    fn hold<'s>(&self, segment: Segment<'s>, mut room: Room) -> (Made<'s>, Room) {
        room.made.clear();
        let made = match self.make(&segment, &mut room.made, &mut room.batch) {
            Ok(()) => Made::Held,
            Err(_) if room.made.is_full => Made::TooLong(segment),
            Err(error) => Made::Failed(error),
        };
        (made, room)
    }

    fn make(
        &self,
        segment: &Segment<'_>,
        output: &mut impl Output,
        batch: &mut Batch,
    ) -> Result<()> {
        match segment {
            Segment::Document(numbers) => {
                let playlists = &self.index.catalogue.playlists;
                let mut patch = self.patch_from(playlists.place(numbers.start).start, output);
                self.copy(numbers.clone(), &mut patch, batch)?;
                patch.up_to(playlists.place(numbers.end).start)
            }
            Segment::Created(created, is_first) => {
                let mut patch = self.patch_from(self.mixtape.length(), output);
                if !is_first {
                    patch.stand_behind_another();
                }
                let mut batches = created.chunks(BATCH);
                batches.try_for_each(|created| self.create(created, &mut patch, batch))
            }
        }
    }
}

/// What a segment is made in.
struct Room {
    made: Held,
    batch: Batch,
}

impl Room {
    fn holding(most: usize) -> Self {
        Room {
            made: Held {
                bytes: Vec::new(),
                most,
                is_full: false,
            },
            batch: Batch::default(),
        }
    }
}

/// What came of a segment.
enum Made<'c> {
    /// It is held.
    Held,
    /// It is too long to be held.
    TooLong(Segment<'c>),
    Failed(Error),
}

/// Bytes on their way to OUTPUT.
struct Held {
    bytes: Vec<u8>,
    most: usize,
    /// There were more than are held.
    is_full: bool,
}

impl Held {
    fn clear(&mut self) {
        self.bytes.clear();
        self.is_full = false;
    }
}

impl Write for Held {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.is_full |= self.bytes.len() + bytes.len() > self.most;
        if self.is_full {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Held {
    fn error(&self, error: io::Error) -> Error {
        Error::io("hold", "a segment of OUTPUT", error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_held_whole_and_what_does_not_is_refused_until_it_is_cleared() {
        let mut room = Room::holding(7);
        let held = &mut room.made;
        for _ in 0..2 {
            held.write_all(b"").unwrap();
            assert_eq!(held.write(b"1234").unwrap(), 4);
            held.write_all(b"567").unwrap();
            held.write_all(b"").unwrap();
            assert_eq!(held.bytes, b"1234567");
            assert!(!held.is_full);
            for _ in 0..2 {
                assert!(held.write(b"8").is_err() && held.is_full);
                assert!(held.write_all(b"").is_err());
            }
            assert_eq!(held.bytes, b"1234567");
            held.clear();
            assert!(held.write_all(b"12345678").is_err() && held.is_full);
            held.clear();
        }
    }
}
