//! `apply` in steps, each over a partition of a mixtape and of its changes: for a cluster that brings the partitions together.
//!
//! The mixtape lies there as lines ([`Lines`](crate::mixtape::Lines)): users, songs, playlists, each kind in files whose order is that of
//! their names; so do the changes, an operation a line. All of it, and the shards, are in the same number of partitions.
//! [`run`] is one step over one partition. What comes out are frames, each with the partition that it goes to; whoever runs the
//! steps (`spark/apply.py`) only carries them there.
//!
//! ```text
//! users, songs ── ids ───────────────▶ by id ──┐
//! changes ─────── names ─────────────▶ by id ──┴─ exist ──▶ what each partition of changes names that is missing
//! playlists ───── playlists ─────────▶ by id ─────────────────────────────┐         │
//!                    └── what they show ── shape ──▶ how it is laid out   │         │
//! changes ─────── count (how many new ids), then route ◀──────────────────┼─────────┘
//!                    ├── operations, with their ids ─▶ by playlist ───────┴─ apply ──┬── edits ──▶ patch ──▶ playlists
//!                    │                                                               ├── new ones ──▶ created ──▶ playlists
//!                    └── rejects ────────────────────────────────────────────────────┴──▶ rejects
//! ```
//!
//! **Why that is what one machine gives.** Users and songs never change, so what an operation names of them exists or does not,
//! whenever it is asked. What becomes of a playlist depends only on the operations that name it, which meet in one shard, in
//! their order. An id for a new playlist is one more than the largest so far, and that depends on no playlist either: a new
//! playlist that is refused because its id is taken would not have made the largest id larger, because whoever took the id has
//! done so. So the partitions of changes say how they move the largest id (`count`), and then each one numbers its own
//! (`route`). Only ids of 2^64 and above are looked for among those that exist: where a run may come so far, all that is about
//! them goes to the first shard, which numbers them itself.
//!
//! **Where a run ends early.** An operation that passes a limit ends what its partition of changes reads, in every step alike,
//! and so does the first reject where it shall. A step that sees one does not fail: in other partitions there may be an earlier
//! one. It says where that is (`route`, `apply`), and the first one of all is the run's error. Where rejects may be too many,
//! `tally` counts them in the order of the operations. `verdict` has the last word, before anything is written.
//!
//! The rules are [`Part`](crate::mixtape::Part)'s, the bytes are [`Patch`](crate::mixtape::Patch)'s: those of `apply` with a database.

mod applied;
mod blocks;
mod collected;
mod counted;
mod created;
mod elements;
mod emit;
mod ending;
mod existing;
mod frame;
mod ground;
mod hash;
mod judge;
mod matched;
mod named;
mod once;
mod partition;
mod patched;
mod plan;
mod record;
mod routed;
mod surveyed;
mod tally;
mod verdict;
mod work;
mod written;

use std::io::Read;
use std::str::FromStr;

pub use emit::{Emitted, emit_parts};
pub use hash::shard_of;
pub use plan::{Bounds, Plan};

use crate::error::Result;
use crate::io::Sink;
use frame::Frames;
use work::Work;

/// One of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The ids of users, or songs.
    Ids,
    /// Which users and songs the operations name, and how many operations there are.
    Names,
    /// Which of those that are named do not exist.
    Exist,
    /// The ids of playlists, and how they are laid out.
    Playlists,
    /// The layout of all of them together.
    Shape,
    /// How the largest id moves.
    Count,
    /// Operations to their shards, new playlists with their ids.
    Route,
    /// The operations of a shard.
    Apply,
    /// How many rejects there are, and which one is one too many.
    Tally,
    /// Whether the run goes well so far.
    Verdict,
    /// The playlists of a partition with what has become of them.
    Patch,
    /// New playlists, in the order of the operations.
    Created,
    /// Rejects in that order.
    Rejects,
}

impl Step {
    /// All of them, by their names.
    pub const ALL: [(&'static str, Step); 13] = [
        ("ids", Step::Ids),
        ("names", Step::Names),
        ("exist", Step::Exist),
        ("playlists", Step::Playlists),
        ("shape", Step::Shape),
        ("count", Step::Count),
        ("route", Step::Route),
        ("apply", Step::Apply),
        ("tally", Step::Tally),
        ("verdict", Step::Verdict),
        ("patch", Step::Patch),
        ("created", Step::Created),
        ("rejects", Step::Rejects),
    ];
}

impl FromStr for Step {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Self, String> {
        let found = Step::ALL.iter().find(|(own, _)| *own == name);
        found
            .map(|(_, step)| *step)
            .ok_or_else(|| Step::ALL.map(|(name, _)| name).join(", "))
            .map_err(|names| format!("expected one of {names}"))
    }
}

/// Runs a step over the frames of a partition. The last three write lines, the others frames.
///
/// Memory follows what the partition names: ids, appended songs and new playlists; not the playlists themselves.
///
/// # Errors
/// When a line is not what it must be, an id stands twice, a limit is passed; when reading or writing fails.
pub fn run<R: Read>(step: Step, input: R, output: &mut Sink, bounds: &Bounds) -> Result<()> {
    let run: fn(Work<'_, R>) -> Result<()> = match step {
        Step::Ids => elements::run,
        Step::Names => named::run,
        Step::Exist => matched::run,
        Step::Playlists => surveyed::run,
        // This one and the verdict are over what all partitions have shown: they have no plan.
        Step::Shape => return ground::run(Frames::new(input), output),
        Step::Count => counted::run,
        Step::Route => routed::run,
        Step::Apply => applied::run,
        Step::Tally => tally::run,
        Step::Verdict => return verdict::run(Frames::new(input), bounds),
        Step::Patch => patched::run,
        Step::Created => created::run,
        Step::Rejects => collected::run,
    };
    run(Work::begin(input, output, bounds)?)
}
