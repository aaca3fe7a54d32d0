//! A consumer that writes down what it is told, and what stands for the lookups of one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::changes::{BatchSize, Consumer, ConsumerOfResolved, Passed, Resolver};
use crate::error::Result;
use crate::json::Held;
use crate::operation::Operation;
use crate::rejects::{Reject, Rejection, Verdict};

/// Stands for lookups: each operation's words, and whether all about it is known from them. Counts the operations.
#[derive(Default)]
pub(in crate::changes) struct Words(pub(in crate::changes) AtomicUsize);

/// The words, and how many of them were taken.
pub(in crate::changes) type Found = (Vec<(String, bool)>, usize);

impl Resolver for Words {
    type Resolved = Found;

    fn resolve(&self, operations: &[Operation<'_>], resolved: &mut Found) {
        self.0.fetch_add(operations.len(), Ordering::Relaxed);
        resolved.0.extend(operations.iter().map(|operation| {
            let words = words(operation);
            let known = !is_rejected(operation) && !words.len().is_multiple_of(3);
            (words, known)
        }));
    }

    fn clear(resolved: &mut Found) {
        *resolved = Default::default();
    }
}

fn is_rejected(operation: &Operation<'_>) -> bool {
    matches!(operation, Operation::RemovePlaylist { playlist } if playlist.text.contains('7'))
}

/// Writes down what it is told, and rejects what removes a playlist whose id has a 7 in it.
#[derive(Default)]
pub(in crate::changes) struct Witness {
    pub(in crate::changes) operations: Vec<String>,
    /// How many of them it was given together, each time.
    pub(in crate::changes) batches: Vec<usize>,
    /// Of each the error that it would be, and all else.
    pub(in crate::changes) rejects: Vec<(String, String)>,
    /// How far CHANGES was dealt with: operations, bytes, and the last operation.
    pub(in crate::changes) passed: Vec<(u64, u64, String)>,
    /// How often it was told to wait.
    pub(in crate::changes) waited: usize,
    /// Wants so many at once.
    pub(in crate::changes) size: Option<BatchSize>,
    /// Ends the run with so many rejects.
    pub(in crate::changes) stops_at: Option<usize>,
    /// Waits now and then.
    pub(in crate::changes) waits: bool,
}

impl Consumer for Witness {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.batches.push(operations.len());
        let mut resolved = Default::default();
        Words::default().resolve(operations, &mut resolved);
        self.apply_resolved(operations, &mut resolved, verdict)
    }

    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()> {
        let error = reject.error("CHANGES", held);
        let shown = error.snippet();
        let all_else = format!("{reject:?} {shown:?}");
        self.rejects.push((error.to_string(), all_else));
        match self.stops_at {
            Some(most) if self.rejects.len() >= most => Err(error),
            _ => Ok(()),
        }
    }

    fn batch_size(&self) -> BatchSize {
        self.size.unwrap_or(BatchSize::SMALL)
    }

    fn passed<'p>(&mut self, passed: impl FnOnce() -> Passed<'p>) -> Result<()> {
        let passed = passed();
        let last = String::from_utf8_lossy(passed.last).into_owned();
        let bytes = passed.position.byte;
        self.passed.push((passed.operations, bytes, last));
        Ok(())
    }

    fn waiting(&mut self) -> Result<()> {
        self.waited += 1;
        Ok(())
    }
}

impl ConsumerOfResolved for Witness {
    type Resolver = Words;

    fn apply_known(&mut self, most: usize, (found, taken): &mut Found) -> Result<usize> {
        let next = found[*taken..].iter().take(most);
        let known = next.take_while(|(_, known)| *known).map(|(words, _)| words);
        let before = self.operations.len();
        self.operations.extend(known.cloned());
        let count = self.operations.len() - before;
        *taken += count;
        Ok(count)
    }

    fn apply_resolved<'a>(
        &mut self,
        operations: &[Operation<'a>],
        (found, taken): &mut Found,
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        for (number, operation) in operations.iter().enumerate() {
            let words = words(operation);
            assert_eq!(found[*taken].0, words);
            *taken += 1;
            self.operations.push(words);
            match operation {
                Operation::RemovePlaylist { playlist } if is_rejected(operation) => {
                    verdict(number, Err(Rejection::DuplicatePlaylist(*playlist)));
                }
                _ => verdict(number, Ok(())),
            }
        }
        if self.waits && self.operations.len().is_multiple_of(3) {
            std::thread::sleep(Duration::from_micros(self.operations.len() as u64 % 200));
        }
        Ok(())
    }
}

fn words(operation: &Operation<'_>) -> String {
    match operation {
        Operation::AddPlaylist(new) => {
            let songs: Vec<String> = new.songs.iter().map(|song| song.to_string()).collect();
            let further: Vec<_> = new.further.raw_members().collect();
            format!("{:?} {} {songs:?} {further:?}", new.id, new.owner)
        }
        operation => format!("{operation:?}"),
    }
}
