//! A piece of CHANGES, read and looked up.

use std::io::Empty;
use std::ops::Range;

use super::framing::{End, Frame};
use super::job::Job;
use crate::changes::array::{self, Stand};
use crate::changes::batch::{Batch, BatchSize};
use crate::changes::{ChangesFormat, ConsumerOfResolved, ResolvedOf, Resolver, ndjson};
use crate::error::{Error, Stop};
use crate::json::{self, Position, Window};

/// The operations of a piece, ahead of their turn.
pub(super) struct Piece<C: ConsumerOfResolved> {
    pub(super) number: u64,
    pub(super) end: End,
    window: Window<Empty>,
    /// Where in the window's buffer the piece is, and where that begins.
    bytes: Range<usize>,
    first: Position,
    room: Room<C>,
    /// Operations; none where it is not what it must be.
    operations: Option<u64>,
}

/// Buffers that serve one piece after the other.
pub(super) struct Room<C: ConsumerOfResolved> {
    buffer: Vec<u8>,
    batch: Batch,
    resolved: ResolvedOf<C>,
}

/// All of a piece at once.
const WHOLE: BatchSize = BatchSize {
    operations: usize::MAX,
    bytes: u64::MAX,
    elements: usize::MAX,
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
            operations: None,
        };
        piece.operations = piece.gather(job.format);
        if piece.operations.is_some() {
            let Room {
                batch, resolved, ..
            } = &mut piece.room;
            batch.resolve(&piece.window, job.resolver, resolved);
        }
        piece
    }

    fn gather(&mut self, format: ChangesFormat) -> Option<u64> {
        let Room {
            batch, resolved, ..
        } = &mut self.room;
        batch.clear();
        C::Resolver::clear(resolved);
        let limit = self.window.limits().hold;
        let until = match self.end {
            End::Cut => Some(self.window.offset() + self.bytes.len() as u64),
            End::Stream => None,
            End::Unknown => return None,
        };
        let window = &mut self.window;
        match (format, self.number) {
            (ChangesFormat::Array, 0) => {
                let json = json::document_reader(window);
                array::gather(json, Stand::InFront, until, batch, limit).ok()
            }
            (ChangesFormat::Array, _) => {
                let json = json::array_rest_reader(window);
                array::gather(json, Stand::BehindElement, until, batch, limit).ok()
            }
            _ => ndjson::gather(window, batch, limit).ok(),
        }
    }

    /// Whether it is what it must be, provided that it begins where it must.
    pub(super) fn is_right(&self) -> bool {
        self.operations.is_some()
    }

    /// Applies its operations behind `before` others; returns how many these are then.
    pub(super) fn apply(
        &mut self,
        name: &str,
        before: u64,
        consumer: &mut C,
    ) -> Result<u64, Error> {
        let Some(operations) = self.operations else {
            return Ok(before);
        };
        let Room {
            batch, resolved, ..
        } = &mut self.room;
        batch
            .apply_resolved(&self.window, before + operations, consumer, resolved)
            .map(|()| before + operations)
            .map_err(|stop: Stop| stop.into_error(name, &self.window))
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
