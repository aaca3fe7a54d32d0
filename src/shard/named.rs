//! Step `names`: which users and songs a partition of changes names, each once and to where it can be known.

use std::io::Read;

use serde::Serialize;

use super::blocks::{CHANGES, Splits, split_name, start_at};
use super::frame::{self, tag};
use super::once::EachOnce;
use super::partition::over_limit;
use super::plan::Plan;
use super::work::Work;
use crate::changes::{self, Consumer};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::Sink;
use crate::json::{Held, Position};
use crate::operation::Operation;
use crate::rejects::{Reject, Verdict};

/// What a partition of changes is.
#[derive(Default, Serialize)]
struct FoundChanges {
    operations: u64,
    lines: u64,
    bytes: u64,
    /// New playlists, rejected ones included.
    creations: u64,
    /// The largest decimal id below 2^64 that one of them names.
    largest: u64,
}

pub(super) fn run(work: Work<'_, impl Read>) -> Result<()> {
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let partitions = plan.partitions.get();
    let mut naming = Naming {
        users: EachOnce::new(tag::ASKED_USERS, partitions),
        songs: EachOnce::new(tag::ASKED_SONGS, partitions),
        plan,
        output,
        found: FoundChanges::default(),
    };
    let mut splits = Splits::new(CHANGES);
    while let Some(block) = frames.next()? {
        let (name, at) = splits.place(block.source, block.payload);
        if block.source == 0 && at == Position::START {
            refuse_array(block.payload)?;
        }
        let start = start_at(at, 0);
        let limits = bounds.of_operations();
        let read = changes::read_from(name, block.payload, start, limits, &mut naming);
        let found = &mut naming.found;
        match read {
            Ok(read) => found.operations += read.operations,
            Err(error) => {
                // Step `route` will come to it too, and knows its place among all. What stands behind it has larger numbers.
                found.operations += over_limit(error)?.number;
                break;
            }
        }
        found.lines += splits.place(block.source, b"").1.line - at.line;
        found.bytes += block.payload.len() as u64;
    }
    let Naming {
        users,
        songs,
        output,
        found,
        ..
    } = naming;
    users.finish(output)?;
    songs.finish(output)?;
    frame::write_found(output, &found)
}

/// An array cannot be read from the middle on; every line of it would be rejected.
fn refuse_array(block: &[u8]) -> Result<()> {
    if block.trim_ascii_start().first() != Some(&b'[') {
        return Ok(());
    }
    let message =
        "an array; here changes must be NDJSON, an operation a line (jq -c '.[]' makes them so)";
    let name = split_name(CHANGES, 0);
    Err(Error::data(&name, Position::START, message))
}

struct Naming<'n> {
    plan: Plan,
    output: &'n mut Sink,
    users: EachOnce,
    songs: EachOnce,
    found: FoundChanges,
}

impl Consumer for Naming<'_> {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        _: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        for operation in operations {
            match *operation {
                Operation::AddSong { song, .. } => {
                    self.songs.add(song, self.plan.shard(song), self.output)?;
                }
                Operation::AddPlaylist(new) => {
                    let shard = self.plan.shard(new.owner);
                    self.users.add(new.owner, shard, self.output)?;
                    for song in new.songs.iter() {
                        self.songs.add(song, self.plan.shard(song), self.output)?;
                    }
                    let named = new.id.and_then(Id::decimal).unwrap_or(0);
                    self.found.creations += 1;
                    self.found.largest = self.found.largest.max(named);
                }
                Operation::RemovePlaylist { .. } => {}
            }
        }
        Ok(())
    }

    fn reject(&mut self, _: &Reject<'_>, _: &dyn Held) -> Result<()> {
        Ok(()) // another step does
    }
}
