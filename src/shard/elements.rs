//! Step `ids`: the ids of users or songs, each to where it is asked for.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::blocks::Splits;
use super::frame::{self, tag};
use super::plan::Plan;
use super::record::{Buckets, put_id};
use super::work::Work;
use crate::error::Result;
use crate::id::Id;
use crate::io::Sink;
use crate::mixtape::{Kind, Lines, Surveyor};

/// What a partition of users or songs has shown.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct FoundElements {
    /// `users` or `songs`.
    pub(super) kind: String,
    pub(super) count: u64,
    /// The first user without `id`, and the first without `user_id`: split and line.
    pub(super) first_without: [Option<(u32, u64)>; 2],
}

pub(super) fn run(work: Work<'_, impl Read>) -> Result<()> {
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let kind = plan.kind()?;
    let what = kind.name();
    let mut lines = Lines::new(kind, None, bounds.of_ids())?;
    let mut splits = Splits::new(what);
    let partitions = plan.partitions.get();
    let mut sorting = Sorting {
        plan: &plan,
        output,
        split: 0,
        line: 0,
        buckets: match kind {
            Kind::Songs => [Some(Buckets::new(tag::SONGS, partitions)), None],
            _ => [tag::USERS_BY_ID, tag::USERS_BY_USER_ID]
                .map(|tag| Some(Buckets::new(tag, partitions))),
        },
        found: FoundElements {
            kind: what.to_owned(),
            ..FoundElements::default()
        },
    };
    while let Some(block) = frames.next()? {
        let (name, at) = splits.place(block.source, block.payload);
        (sorting.split, sorting.line) = (block.source, at.line);
        lines.read(name, block.payload, at, bounds.of_ids(), &mut sorting)?;
    }
    let Sorting { buckets, found, .. } = sorting;
    for buckets in buckets.into_iter().flatten() {
        buckets.finish(output)?;
    }
    frame::write_found(output, &found)
}

/// Takes the ids into their buckets.
struct Sorting<'s> {
    plan: &'s Plan,
    output: &'s mut Sink,
    split: u32,
    /// Of the next element, where no line is blank.
    line: u64,
    buckets: [Option<Buckets>; 2],
    found: FoundElements,
}

impl Sorting<'_> {
    fn take(&mut self, ids: [Option<Id<'_>>; 2]) -> Result<()> {
        self.found.count += 1;
        for (bucket, id) in self.buckets.iter_mut().zip(ids) {
            if let (Some(bucket), Some(id)) = (bucket, id) {
                bucket.add(self.plan.shard(id), self.output, |out| put_id(out, id))?;
            }
        }
        self.line += 1;
        Ok(())
    }
}

impl Surveyor for Sorting<'_> {
    fn user(&mut self, id: Option<Id<'_>>, user_id: Option<Id<'_>>) -> Result<()> {
        let place = (self.split, self.line);
        for (first, id) in self.found.first_without.iter_mut().zip([id, user_id]) {
            if id.is_none() {
                first.get_or_insert(place);
            }
        }
        self.take([id, user_id])
    }

    fn song(&mut self, id: Id<'_>) -> Result<()> {
        self.take([Some(id), None])
    }
}
