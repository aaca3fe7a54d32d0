//! Step `playlists`: the id of every playlist to its shard, and what the playlists of a partition show of the whole.

use std::io::Read;

use super::blocks::{PLAYLISTS, Splits, split_name};
use super::frame::{self, tag};
use super::plan::Plan;
use super::record::{Buckets, put_id, put_number};
use super::work::Work;
use crate::error::Result;
use crate::id::Id;
use crate::io::Sink;
use crate::json::Position;
use crate::mixtape::{Kind, Lines, Place, Surveyor};

pub(super) fn run(work: Work<'_, impl Read>) -> Result<()> {
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let limits = bounds.of_ids();
    let first = frames.expect(tag::FIRST_PLAYLIST)?.payload;
    let name = split_name(PLAYLISTS, 0);
    let first = Some((first, &name[..], Position::START));
    let mut lines = Lines::new(Kind::Playlists, first, limits)?;
    let mut splits = Splits::new(PLAYLISTS);
    let mut sorting = Sorting {
        buckets: Buckets::new(tag::PLAYLISTS, plan.partitions.get()),
        plan: &plan,
        output,
        index: 0,
    };
    while let Some(block) = frames.next()? {
        let (name, at) = splits.place(block.source, block.payload);
        lines.read(name, block.payload, at, limits, &mut sorting)?;
    }
    sorting.buckets.finish(output)?;
    frame::write_found(output, &lines.outline())
}

/// Takes the ids into their buckets, each with the playlist's number in the partition.
struct Sorting<'s> {
    plan: &'s Plan,
    output: &'s mut Sink,
    buckets: Buckets,
    index: u64,
}

impl Surveyor for Sorting<'_> {
    fn playlist(&mut self, id: Id<'_>, _: &Place) -> Result<()> {
        let index = self.index;
        self.index += 1;
        let to = self.plan.shard(id);
        self.buckets.add(to, self.output, |out| {
            put_number(out, index);
            put_id(out, id);
        })
    }
}
