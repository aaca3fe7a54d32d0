//! Step `route`: every operation of a partition of changes to the shard of its playlist, with its place and, where it is a new
//! playlist's, its id; and what no shard needs to see because it is rejected anyhow.

use std::collections::VecDeque;
use std::io::Read;

use super::blocks::CHANGES;
use super::collected::RejectLines;
use super::ending::Ending;
use super::frame::{self, damaged, tag};
use super::judge::{Judge, Judged};
use super::once::EachOnce;
use super::partition::{self, Judging};
use super::plan::Plan;
use super::record::{Buckets, put_bytes, put_number};
use super::work::Work;
use crate::changes::{BatchSize, Consumer};
use crate::error::Result;
use crate::id::Id;
use crate::io::Sink;
use crate::json::Held;
use crate::operation::Operation;
use crate::rejects::{Evidence, Missing as MissingId, Reject, Rejection, Verdict};

pub(super) fn run(mut work: Work<'_, impl Read>) -> Result<()> {
    let shape = work.shape()?;
    let Work {
        plan,
        mut frames,
        output,
        bounds,
    } = work;
    let partitions = plan.partitions.get();
    let mut routing = Routing {
        judge: Judge::new(&shape, plan.largest),
        users: EachOnce::new(tag::NAMED_USERS, partitions),
        songs: EachOnce::new(tag::NAMED_SONGS, partitions),
        operations: Buckets::new(tag::OPERATIONS, partitions),
        rejects: RejectLines::new(partitions, bounds.on_reject),
        routes: VecDeque::new(),
        plan: &plan,
        output,
    };
    let ending = partition::read(&mut frames, &plan, bounds.of_operations(), &mut routing)?;
    let Routing {
        users,
        songs,
        operations,
        rejects,
        output,
        ..
    } = routing;
    users.finish(output)?;
    songs.finish(output)?;
    operations.finish(output)?;
    let mut found = rejects.finish(output)?;
    found.ending = found.ending.or(ending);
    frame::write_found(output, &found)
}

/// Where an operation goes.
struct Route {
    shard: u32,
    /// The id that a new playlist gets.
    number: Option<u64>,
}

struct Routing<'r> {
    plan: &'r Plan,
    judge: Judge<'r>,
    /// Users that exist and that operations of a shard name.
    users: EachOnce,
    songs: EachOnce,
    operations: Buckets,
    rejects: RejectLines,
    /// Of the operations that are about to be handed over, in their order.
    routes: VecDeque<Route>,
    output: &'r mut Sink,
}

/// How the reader of changes is asked to hand over an operation as it is written, with its place: it is rejected for a reason
/// that no operation has here, where no playlists are.
fn hand_over<'a>(id: Id<'a>) -> Rejection<'a> {
    Rejection::UnknownPlaylist(MissingId {
        id,
        has_twin: false,
    })
}

impl Routing<'_> {
    fn shard_of_number(&self, number: Option<u64>) -> u32 {
        let mut digits = itoa::Buffer::new();
        match number {
            Some(number) => {
                let id = self.judge.shape.generated(digits.format(number));
                self.plan.shard(id)
            }
            None => 0, // where all ids are that it may get
        }
    }
}

impl<'r> Judging<'r> for Routing<'r> {
    fn judge(&mut self) -> &mut Judge<'r> {
        &mut self.judge
    }
}

impl Consumer for Routing<'_> {
    fn batch_size(&self) -> BatchSize {
        BatchSize::FOR_A_PART
    }

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        let mut judged = VecDeque::new();
        self.judge
            .judge(operations, |_, _, outcome| judged.push_back(outcome))?;
        for (number, operation) in operations.iter().enumerate() {
            let (shard, id, new_number) = match *operation {
                Operation::AddSong { playlist, song } => {
                    let shard = self.plan.shard(playlist);
                    if let Some(song) = self.judge.songs.existing(song) {
                        self.songs.add(song, shard, self.output)?;
                    }
                    (shard, playlist, None)
                }
                Operation::RemovePlaylist { playlist } => {
                    (self.plan.shard(playlist), playlist, None)
                }
                Operation::AddPlaylist(new) => {
                    let (shard, new_number) = match judged.pop_front() {
                        Some(Judged::Named(id)) => (self.plan.shard(id), None),
                        Some(Judged::Numbered(number)) => (self.shard_of_number(number), number),
                        Some(Judged::Rejected(rejection)) => {
                            verdict(number, Err(rejection));
                            continue;
                        }
                        None => return Err(damaged()),
                    };
                    self.users.add(new.owner, shard, self.output)?;
                    for song in new.songs.iter() {
                        self.songs.add(song, shard, self.output)?;
                    }
                    (shard, new.owner, new_number)
                }
            };
            self.routes.push_back(Route {
                shard,
                number: new_number,
            });
            verdict(number, Err(hand_over(id)));
        }
        Ok(())
    }

    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()> {
        if !matches!(reject.rejection, Rejection::UnknownPlaylist(_)) {
            let ending = || Ending::of(&reject.error(CHANGES, held));
            return self
                .rejects
                .add(self.plan.partition, reject, ending, self.output);
        }
        let (Some(route), Evidence::Operation(text)) = (self.routes.pop_front(), reject.evidence)
        else {
            return Err(damaged());
        };
        let position = reject.position;
        self.operations.add(route.shard, self.output, |out| {
            for number in [reject.number, position.line, position.column, position.byte] {
                put_number(out, number);
            }
            put_number(out, route.number.unwrap_or(0));
            put_bytes(out, text);
        })
    }
}
