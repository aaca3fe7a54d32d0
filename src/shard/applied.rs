//! Step `apply`: all operations of a shard, in their order, on the playlists that it has.

use std::collections::HashMap;
use std::io::Read;

use super::blocks::{CHANGES, start_at};
use super::collected::RejectLines;
use super::ending::Ending;
use super::existing::{Named, take_ids};
use super::frame::{self, damaged, tag};
use super::plan::Plan;
use super::record::{Buckets, Records};
use super::work::Work;
use super::written::Written;
use crate::changes::{self, Consumer};
use crate::error::Result;
use crate::id_bytes;
use crate::io::Sink;
use crate::json::{Held, Limits, Position};
use crate::mixtape::{Counters, Part, Shape};
use crate::operation::{Operation, OperationKind};
use crate::rejects::{Reject, Verdict};

pub(super) fn run(mut work: Work<'_, impl Read>) -> Result<()> {
    let shape = work.shape()?;
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let mut named = Named::default();
    let mut waiting = None; // the first frame that is no longer about what exists
    while let Some(frame) = frames.next()? {
        match frame.tag {
            tag::NAMED_USERS => take_ids(&mut named.users, frame.payload)?,
            tag::NAMED_SONGS => take_ids(&mut named.songs, frame.payload)?,
            tag::PLAYLISTS => named.take_playlists(frame.source, frame.payload)?,
            _ => {
                waiting = Some((frame.source, frame.payload.to_vec()));
                break;
            }
        }
    }
    named.each_once()?;
    let mut applying = Applying {
        part: named.part(&shape)?,
        shape: &shape,
        named: &named,
        source: 0,
        headers: Vec::new(),
        lines: Vec::new(),
        done: 0,
        creations: HashMap::new(),
        applied: [0; OperationKind::ALL.len()],
        rejects: RejectLines::new(plan.partitions.get(), bounds.on_reject),
        output,
    };
    let limits = bounds.of_operations();
    if let Some((source, payload)) = waiting {
        applying.frame(source, &payload, limits)?;
    }
    while let Some(frame) = frames.next()? {
        if frame.tag != tag::OPERATIONS {
            return Err(damaged());
        }
        applying.frame(frame.source, frame.payload, limits)?;
    }
    applying.finish(&plan)
}

/// Where an operation stands in the changes, and the id that it gets, if it gets one.
struct Header {
    number: u64,
    position: Position,
    new_number: u64,
}

struct Applying<'s> {
    part: Part,
    shape: &'s Shape,
    named: &'s Named,
    /// The partition of changes that the operations of the frame are from.
    source: u32,
    headers: Vec<Header>,
    lines: Vec<u8>,
    /// Of the operations of the frame, those that are dealt with.
    done: usize,
    /// Partition and number of the operation that was the last one to create a playlist of this id.
    creations: HashMap<Box<[u8]>, (u32, u64)>,
    applied: [u64; OperationKind::ALL.len()],
    rejects: RejectLines,
    output: &'s mut Sink,
}

impl Applying<'_> {
    /// Applies the operations of a frame.
    fn frame(&mut self, source: u32, payload: &[u8], limits: Limits) -> Result<()> {
        self.source = source;
        self.done = 0;
        self.headers.clear();
        let mut lines = std::mem::take(&mut self.lines);
        lines.clear();
        Records(payload).each(|record| {
            let number = record.number()?;
            let position = Position {
                line: record.number()?,
                column: record.number()?,
                byte: record.number()?,
            };
            self.headers.push(Header {
                number,
                position,
                new_number: record.number()?,
            });
            lines.extend_from_slice(record.bytes()?);
            lines.push(b'\n');
            Ok(())
        })?;
        let start = start_at(Position::START, 0);
        let read = changes::read_from(CHANGES, &lines[..], start, limits, self)?;
        self.lines = lines;
        if read.operations != self.headers.len() as u64 {
            return Err(damaged());
        }
        Ok(())
    }

    /// The id that the last operation has made, above 2^64 where `beyond` was the largest one tried there before it.
    fn made(&self, new_number: u64, beyond: u128) -> String {
        if new_number > 0 {
            return new_number.to_string();
        }
        // The first one is tried without being noted.
        let now = self.part.counters().beyond;
        let made = if now == beyond { 1 << 64 } else { now };
        made.to_string()
    }

    /// Applies a new playlist whose id is made here.
    fn number<'a>(
        &mut self,
        operation: &Operation<'a>,
        header: usize,
        verdict: &mut impl FnMut(Verdict<'a>),
    ) -> Result<()> {
        let Header {
            new_number, number, ..
        } = self.headers[header];
        let beyond = self.part.counters().beyond;
        let largest = match new_number {
            0 => u64::MAX,
            other => other - 1,
        };
        self.part.set_counters(Counters {
            largest: Some(largest),
            beyond,
        });
        let mut is_made = false;
        self.part
            .apply(std::slice::from_ref(operation), |_, outcome| {
                is_made = outcome.is_ok();
                verdict(outcome);
            })?;
        if is_made {
            let text = self.made(new_number, beyond);
            let id = id_bytes::bytes_of(self.shape.generated(&text));
            self.creations.insert(id.into(), (self.source, number));
            self.applied[OperationKind::AddPlaylist as usize] += 1;
        }
        Ok(())
    }

    fn finish(self, plan: &Plan) -> Result<()> {
        let partitions = plan.partitions.get();
        let mut written = Written {
            named: self.named,
            creations: self.creations,
            edits: Buckets::new(tag::EDITS, partitions),
            created: Buckets::new(tag::CREATED, partitions),
            list: Vec::new(),
            output: self.output,
            counts: [0; 2],
        };
        self.part.effects(&mut written)?;
        let Written {
            edits,
            created,
            output,
            counts,
            ..
        } = written;
        edits.finish(output)?;
        created.finish(output)?;
        let mut found = self.rejects.finish(output)?;
        found.applied = OperationKind::ALL.into_iter().zip(self.applied).collect();
        [found.removed, found.created] = counts;
        frame::write_found(output, &found)
    }
}

impl Consumer for Applying<'_> {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        let first = self.done;
        self.done += operations.len();
        let mut from = 0;
        while from < operations.len() {
            let rest = &operations[from..];
            let is_made = |operation: &Operation<'a>| matches!(operation, Operation::AddPlaylist(new) if new.id.is_none());
            if is_made(&rest[0]) {
                self.number(&rest[0], first + from, &mut |outcome| {
                    verdict(from, outcome)
                })?;
                from += 1;
                continue;
            }
            let count = rest.iter().position(is_made).unwrap_or(rest.len());
            let (applied, creations) = (&mut self.applied, &mut self.creations);
            let (headers, source) = (&self.headers[first + from..], self.source);
            self.part.apply(&rest[..count], |number, outcome| {
                let operation = &rest[number];
                applied[operation.kind() as usize] += u64::from(outcome.is_ok());
                if let (Operation::AddPlaylist(new), true) = (operation, outcome.is_ok())
                    && let Some(id) = new.id
                {
                    let place = (source, headers[number].number);
                    creations.insert(id_bytes::bytes_of(id).into(), place);
                }
                verdict(from + number, outcome);
            })?;
            from += count;
        }
        Ok(())
    }

    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()> {
        let header = self.headers.get(reject.number as usize - 1);
        let &Header {
            number, position, ..
        } = header.ok_or_else(damaged)?;
        // It is shown as it stands here, but not where.
        let ending = || Some(Ending::of(&reject.error(CHANGES, held))?.at(number, position));
        let reject = Reject {
            number,
            position,
            ..*reject
        };
        self.rejects.add(self.source, &reject, ending, self.output)
    }
}
