//! What a cluster does, without one: carries frames from step to step. As `spark/apply.py` does, in the same order.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use mixtape::io::Sink;
use mixtape::rejects::OnReject;
use mixtape::shard::{Bounds, Step, run};

use crate::one_machine::{CHANGES, Outcome, Parts, Stopped};
use crate::support::Folder;

/// A frame under way: to which partition, its tag, from which one, and how many were in front of it.
type Key = (u32, u8, u32, usize);
type Frames = BTreeMap<Key, Vec<u8>>;

/// Those of a run that asks for no others.
pub const BOUNDS: Bounds = Bounds {
    max_operation: 64 << 20,
    max_id: 16 << 20,
    max_depth: 128,
    on_reject: OnReject::GoOn,
    max_rejects: None,
};

/// Runs the steps over so many partitions, with so many lines in a block.
pub struct Local {
    folder: Folder,
    partitions: u32,
    block: usize,
    bounds: Bounds,
}

impl Local {
    pub fn new(partitions: u32, block: usize) -> Self {
        Local::within(BOUNDS, partitions, block)
    }

    pub fn within(bounds: Bounds, partitions: u32, block: usize) -> Self {
        let folder = Folder::new();
        Local {
            folder,
            partitions,
            block,
            bounds,
        }
    }

    fn plan(&self, partition: u32, more: Value) -> Vec<u8> {
        let mut plan = json!({"partitions": self.partitions, "partition": partition});
        let own = plan.as_object_mut().unwrap();
        own.extend(more.as_object().unwrap().clone());
        plan.to_string().into_bytes()
    }

    fn step(&self, step: Step, input: &[u8]) -> mixtape::Result<Vec<u8>> {
        let path = self.folder.path("output");
        let mut output = Sink::create(&path)?;
        run(step, input, &mut output, &self.bounds)?;
        output.finish()?;
        Ok(fs::read(path).unwrap())
    }

    /// Runs a step over each partition of some frames; what it finds is apart.
    fn steps(
        &self,
        step: Step,
        ground: Option<&[u8]>,
        more: impl Fn(u32) -> Value,
        frames: &Frames,
    ) -> mixtape::Result<(Frames, Vec<Value>)> {
        let (mut made, mut found) = (Frames::new(), Vec::new());
        for partition in 0..self.partitions {
            let mut input = Vec::new();
            push(&mut input, b'0', 0, &self.plan(partition, more(partition)));
            if let Some(ground) = ground {
                let tag = if step == Step::Playlists { b'4' } else { b'1' };
                push(&mut input, tag, 0, ground);
            }
            for ((_, tag, source, _), payload) in of_partition(frames, partition) {
                push(&mut input, *tag, *source, payload);
            }
            let output = self.step(step, &input)?;
            if matches!(step, Step::Patch | Step::Created | Step::Rejects) {
                made.insert((partition, 0, 0, 0), output);
                continue;
            }
            for (number, (tag, to, payload)) in split(&output).enumerate() {
                if tag == b'Z' {
                    found.push(serde_json::from_slice(payload).unwrap());
                } else {
                    made.insert((to, tag, partition, number), payload.to_vec());
                }
            }
        }
        Ok((made, found))
    }

    /// Lines in blocks, as splits of one or two blocks.
    fn blocks(&self, lines: &[Vec<u8>]) -> Frames {
        let blocks: Vec<Vec<u8>> = lines
            .chunks(self.block)
            .map(|lines| lines.concat())
            .collect();
        let splits = blocks.len().div_ceil(2).max(1);
        let place = |number: usize| {
            let split = number / 2;
            let partition = split * self.partitions as usize / splits;
            (partition as u32, b'T', split as u32, number)
        };
        blocks
            .into_iter()
            .enumerate()
            .map(|(number, block)| (place(number), block))
            .collect()
    }

    /// The reject that is one too many: how many there are with it, and its number. As `too_many` of `spark/apply.py`.
    fn too_many(&self, rejects: &Frames, until: &Value) -> mixtape::Result<Value> {
        let mut befores = vec![0; self.partitions as usize];
        let mut passed = Value::Null;
        for _ in 0..2 {
            let plan =
                |partition: u32| json!({"rejects": befores[partition as usize], "until": until});
            let (_, tallies) = self.steps(Step::Tally, None, plan, rejects)?;
            let mut before = 0;
            for (own, tally) in befores.iter_mut().zip(&tallies) {
                *own = before;
                before += tally["rejects"].as_u64().unwrap();
            }
            let found = tallies.iter().map(|tally| &tally["passed"]);
            passed = found
                .into_iter()
                .find(|passed| !passed.is_null())
                .cloned()
                .unwrap_or_default();
        }
        Ok(passed)
    }

    pub fn apply(&self, parts: &Parts) -> Result<Outcome, Stopped> {
        let nothing = |_| json!({});
        let changes = self.blocks(&parts.changes);
        let playlists = self.blocks(&parts.playlists);
        let first = |lines: &[Vec<u8>]| lines.first().cloned().unwrap_or_default();

        // What there is.
        let (mut by_id, users) = self.steps(
            Step::Ids,
            None,
            |_| json!({"kind": "users"}),
            &self.blocks(&parts.users),
        )?;
        let songs = self.blocks(&parts.songs);
        by_id.extend(
            self.steps(Step::Ids, None, |_| json!({"kind": "songs"}), &songs)?
                .0,
        );
        let (asked, named) = self.steps(Step::Names, None, nothing, &changes)?;
        let first_playlist = first(&parts.playlists);
        let survey = |together| {
            let plan = |_| json!({"large_ids_together": together});
            self.steps(Step::Playlists, Some(&first_playlist), plan, &playlists)
        };
        let (mut of_shard, outlines) = survey(false)?;
        let number = |value: &Value| value.as_u64().unwrap_or(0);
        let largest = outlines
            .iter()
            .chain(&named)
            .map(|found| number(&found["largest"]));
        let largest = largest.max().unwrap_or(0);
        let creations: u64 = named.iter().map(|found| number(&found["creations"])).sum();
        let together = u128::from(largest) + u128::from(creations) >= u128::from(u64::MAX);
        if together {
            of_shard = survey(true)?.0;
        }
        let mut input = Vec::new();
        push(&mut input, b'2', 0, &first(&parts.users));
        push(&mut input, b'3', 0, &first(&parts.songs));
        for (tag, found) in [(b'A', &users), (b'J', &outlines)] {
            for found in found {
                push(&mut input, tag, 0, found.to_string().as_bytes());
            }
        }
        let ground = self.step(Step::Shape, &input)?;
        let ground = Some(&ground[..]);

        // What is named and missing, and the ids of new playlists.
        by_id.extend(asked);
        let (mut with_changes, _) = self.steps(Step::Exist, ground, nothing, &by_id)?;
        with_changes.extend(changes);
        let (_, moves) = self.steps(Step::Count, ground, nothing, &with_changes)?;
        let mut starts = Vec::new();
        let largest = outlines.iter().map(|found| number(&found["largest"])).max();
        let mut largest = largest.unwrap_or(0);
        let (mut operations, mut lines, mut bytes) = (0, 0, 0);
        for (named, change) in named.iter().zip(&moves) {
            starts.push(json!({
                "operations": operations, "lines": lines, "bytes": bytes,
                "largest": largest, "large_ids_together": together,
            }));
            operations += number(&named["operations"]);
            lines += number(&named["lines"]);
            bytes += number(&named["bytes"]);
            let (more, least) = (number(&change["more"]), number(&change["least"]));
            largest = largest.saturating_add(more).max(least);
        }
        let plan = |partition: u32| starts[partition as usize].clone();
        let (routed, outcomes) = self.steps(Step::Route, ground, plan, &with_changes)?;
        let (mut rejects, routed) = apart(routed, b'N');
        of_shard.extend(routed);

        // What becomes of the playlists.
        let (applied, more_outcomes) = self.steps(Step::Apply, ground, nothing, &of_shard)?;
        let (more_rejects, applied) = apart(applied, b'N');
        rejects.extend(
            more_rejects
                .into_iter()
                .map(|((to, tag, source, number), payload)| {
                    ((to, tag, source + self.partitions, number), payload)
                }),
        );
        let text = |step, plan: Value, frames: &Frames| {
            let ground = ground.filter(|_| step != Step::Rejects);
            let (lines, _) = self.steps(step, ground, |_| plan.clone(), frames)?;
            let text = lines.into_values().collect::<Vec<_>>().concat();
            mixtape::Result::Ok(String::from_utf8(text).unwrap())
        };

        // Whether the run goes well.
        let all_outcomes = || outcomes.iter().chain(&more_outcomes);
        let endings = all_outcomes().map(|found| &found["ending"]);
        let ending = endings
            .filter(|ending| !ending.is_null())
            .min_by_key(|ending| number(&ending["number"]));
        let ending = ending.cloned().unwrap_or_default();
        let passed = match self.bounds.max_rejects {
            Some(_) => self.too_many(&rejects, &ending["number"])?,
            None => Value::Null,
        };
        let collected = match (&passed, &ending) {
            (Value::Null, Value::Object(_)) => None,
            _ => Some(text(Step::Rejects, json!({"last": passed[1]}), &rejects)?),
        };
        let rejected =
            all_outcomes().flat_map(|found| found["rejected"].as_object().unwrap().values());
        let verdict = json!({
            "name": CHANGES, "read": operations, "rejected": rejected.map(number).sum::<u64>(),
            "passed": passed, "ending": ending,
        });
        let mut input = Vec::new();
        push(&mut input, b'Z', 0, verdict.to_string().as_bytes());
        self.step(Step::Verdict, &input).map_err(|error| Stopped {
            rejects: collected.clone(),
            ..error.into()
        })?;

        let (created, mut edits) = apart(applied, b'M');
        edits.extend(playlists);
        let mut outcome = Outcome {
            playlists: text(Step::Patch, json!({}), &edits)?
                + &text(Step::Created, json!({}), &created)?,
            rejects: collected.unwrap(),
            applied: BTreeMap::new(),
            rejected: BTreeMap::new(),
            playlists_after: outlines.iter().map(|found| number(&found["count"])).sum(),
        };
        for found in all_outcomes() {
            for (counts, name) in [
                (&mut outcome.applied, "applied"),
                (&mut outcome.rejected, "rejected"),
            ] {
                for (kind, count) in found[name].as_object().unwrap() {
                    *counts.entry(kind.clone()).or_default() += number(count);
                }
            }
            outcome.playlists_after += number(&found["created"]);
            outcome.playlists_after -= number(&found["removed"]);
        }
        Ok(outcome)
    }
}

fn of_partition(frames: &Frames, partition: u32) -> impl Iterator<Item = (&Key, &Vec<u8>)> {
    frames.range((partition, 0, 0, 0)..(partition + 1, 0, 0, 0))
}

/// Those with a tag, and the others.
fn apart(frames: Frames, tag: u8) -> (Frames, Frames) {
    frames
        .into_iter()
        .partition(|((_, own, ..), _)| *own == tag)
}

fn push(out: &mut Vec<u8>, tag: u8, source: u32, payload: &[u8]) {
    out.push(tag);
    out.extend_from_slice(&source.to_le_bytes());
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.extend_from_slice(payload);
}

fn split(mut frames: &[u8]) -> impl Iterator<Item = (u8, u32, &[u8])> {
    std::iter::from_fn(move || {
        let (head, rest) = frames.split_at_checked(9)?;
        let number = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
        let (payload, rest) = rest.split_at(number(5) as usize);
        frames = rest;
        Some((head[0], number(1), payload))
    })
}
