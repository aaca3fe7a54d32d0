//! A piece of CHANGES, read and looked up.

use std::io::Empty;
use std::ops::Range;

use super::framing::{End, Frame};
use super::job::Job;
use crate::changes::array::{self, Part};
use crate::changes::batch::Batch;
use crate::changes::gathered::Gathered;
use crate::changes::{
    BatchSize, ChangesFormat, ConsumerOfResolved, ResolvedOf, Resolver, ndjson, reading,
};
use crate::error::{Error, Stop};
use crate::json::{ArrayStand, Position, Window};

/// The operations of a piece, ahead of their turn.
pub(super) struct Piece<C: ConsumerOfResolved> {
    pub(super) number: u64,
    pub(super) end: End,
    window: Window<Empty>,
    /// Where in the window's buffer the piece is, and where that begins.
    bytes: Range<usize>,
    first: Position,
    room: Room<C>,
    /// None where it is not what it must be.
    gathered: Option<Gathered>,
}

/// Buffers that serve one piece after the other.
pub(super) struct Room<C: ConsumerOfResolved> {
    buffer: Vec<u8>,
    batch: Batch,
    resolved: ResolvedOf<C>,
}

/// All of an ordinary piece at once. What has more, because its operations are next to nothing, is read in small batches when its
/// turn has come: memory does not follow them.
const WHOLE: BatchSize = BatchSize {
    operations: if cfg!(test) { 4 } else { 4096 },
    bytes: u64::MAX,
    elements: if cfg!(test) { 2 } else { 1024 },
};

impl<C: ConsumerOfResolved> Room<C> {
    pub(super) fn new(format: ChangesFormat) -> Self {
        let new_batch = match format {
            ChangesFormat::Array => array::new_batch,
            _ => ndjson::new_batch,
        };
        Room {
            buffer: Vec::new(),
            batch: new_batch(WHOLE),
            resolved: Default::default(),
        }
    }

    /// Room for the bytes of the next piece.
    pub(super) fn take_buffer(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.buffer)
    }
}

impl<C: ConsumerOfResolved> Piece<C> {
    /// Reads a piece and looks up what its operations name.
    pub(super) fn read(frame: Frame, room: Room<C>, job: &Job<'_, C>) -> Self {
        let Frame {
            number,
            buffer,
            bytes,
            first,
            end,
        } = frame;
        let window = Window::on_bytes(buffer, bytes.clone(), job.limits, first);
        let mut piece = Piece {
            number,
            end,
            window,
            bytes,
            first,
            room,
            gathered: None,
        };
        piece.gathered = piece.gather(job.format);
        if piece.gathered.is_some_and(|gathered| gathered.is_whole) {
            let Room {
                batch, resolved, ..
            } = &mut piece.room;
            batch.resolve(&piece.window, job.resolver, resolved);
        }
        piece
    }

    fn gather(&mut self, format: ChangesFormat) -> Option<Gathered> {
        if self.end == End::Unknown {
            return None;
        }
        let part = self.part();
        let Room {
            batch, resolved, ..
        } = &mut self.room;
        batch.clear();
        C::Resolver::clear(resolved);
        let window = &mut self.window;
        match format {
            ChangesFormat::Array => array::gather(window, part, batch).ok(),
            _ => ndjson::gather(window, batch).ok(),
        }
    }

    /// Whether it is what it must be, provided that it begins where it must.
    pub(super) fn is_right(&self) -> bool {
        self.gathered.is_some()
    }

    /// Applies its operations behind `before` others; returns how many these are then.
    pub(super) fn apply(
        &mut self,
        job: &Job<'_, C>,
        before: u64,
        consumer: &mut C,
    ) -> Result<u64, Error> {
        let Some(gathered) = self.gathered else {
            return Ok(before);
        };
        if !gathered.is_whole {
            return self.apply_in_batches(job, before, consumer);
        }
        let last = before + gathered.operations;
        let Room {
            batch, resolved, ..
        } = &mut self.room;
        batch
            .apply_resolved(&self.window, last, consumer, resolved)
            .map(|()| last)
            .map_err(|stop: Stop| stop.into_error(job.name, &self.window))
    }

    /// Reads it again, as one thread does it.
    fn apply_in_batches(
        &mut self,
        job: &Job<'_, C>,
        before: u64,
        consumer: &mut C,
    ) -> Result<u64, Error> {
        self.window.rewind(self.bytes.clone(), self.first);
        let (part, window) = (self.part(), &mut self.window);
        let read = reading::read_window(job.name, window, job.format, part, before, consumer);
        read.map(|amount| amount.operations)
    }

    /// Which part of an array it is.
    fn part(&self) -> Part {
        Part {
            stand: match self.number {
                0 => ArrayStand::InFront,
                _ => ArrayStand::BehindElement,
            },
            until: (self.end == End::Cut).then(|| self.end_offset()),
        }
    }

    /// Offset behind its last byte.
    pub(super) fn end_offset(&self) -> u64 {
        self.first.byte + self.bytes.end as u64
    }

    /// This piece and the next one as one, and the room of that.
    pub(super) fn join(self, next: Self, job: &Job<'_, C>) -> (Self, Room<C>) {
        let mut buffer = self.window.into_buffer();
        buffer.truncate(self.bytes.end);
        let behind = next.window.into_buffer();
        buffer.extend_from_slice(&behind[next.bytes]);
        let bytes = self.bytes.start..buffer.len();
        buffer.resize(buffer.len() + Window::<Empty>::ROOM_BEHIND, 0);
        let frame = Frame {
            number: self.number,
            buffer,
            bytes,
            first: self.first,
            end: next.end,
        };
        let left = Room {
            buffer: behind,
            ..next.room
        };
        (Piece::read(frame, self.room, job), left)
    }

    /// Its room, for another one.
    pub(super) fn into_room(self) -> Room<C> {
        Room {
            buffer: self.window.into_buffer(),
            ..self.room
        }
    }

    /// Its bytes, to be read otherwise.
    pub(super) fn into_frame(self) -> Frame {
        Frame {
            number: self.number,
            buffer: self.window.into_buffer(),
            bytes: self.bytes,
            first: self.first,
            end: self.end,
        }
    }
}
