//! A batch's operations looked up and applied, and those set aside that cannot be.

use std::slice;

use super::{Batch, Entry, What};
use crate::changes::place::ELEMENT;
use crate::changes::way::{Ahead, Now, Way};
use crate::changes::{BatchSize, Consumer, ConsumerOfResolved, Passed, ResolvedOf, Resolver};
use crate::error::Stop;
use crate::id::{Id, IdKind};
use crate::json::{Held, ShownUpTo};
use crate::operation::Operation;
use crate::rejects::{Evidence, Reject, Rejection, Verdict};

/// Operations in a small batch.
const SMALL: usize = BatchSize::SMALL.operations;

impl Batch {
    /// Applies the batch, whose last operation is number `last` of CHANGES, and empties it.
    pub(in crate::changes) fn apply(
        &mut self,
        held: &dyn Held,
        last: u64,
        consumer: &mut impl Consumer,
    ) -> Result<(), Stop> {
        let (entries, count) = (&self.entries[..], self.entries.len());
        let applied = if count <= SMALL {
            self.apply_few(entries, held, last, &mut Now(consumer))
        } else {
            let (mut verdicts, mut operations) = (vec![Ok(()); count], vec![NOTHING; count]);
            let mut places = vec![0; count];
            let room = (&mut verdicts[..], &mut operations[..], &mut places[..]);
            self.apply_entries(entries, held, last, &mut Now(consumer), room)
        };
        if applied.is_ok() {
            self.pass(held, last, consumer)?;
        }
        self.clear();
        applied
    }

    /// Looks up what its operations name, ahead of their turn.
    pub(in crate::changes) fn resolve<V: Resolver>(
        &mut self,
        held: &dyn Held,
        resolver: &V,
        resolved: &mut V::Resolved,
    ) {
        let mut no_operations = std::mem::take(&mut self.no_operations);
        for (number, entries) in self.entries.chunks(SMALL).enumerate() {
            let (mut verdicts, mut operations) = ([Ok(()); SMALL], [NOTHING; SMALL]);
            let room = (&mut verdicts[..], &mut operations[..], &mut [0; SMALL][..]);
            let understood = self.understand(entries, held, room);
            resolver.resolve(&operations[..understood], resolved);
            if understood < entries.len() {
                let places = (0..entries.len()).filter(|&place| verdicts[place].is_err());
                no_operations.extend(places.map(|place| number * SMALL + place));
            }
        }
        self.no_operations = no_operations;
    }

    /// Applies the batch, whose ids were [looked up](Self::resolve); its last operation is number `last` of CHANGES.
    pub(in crate::changes) fn apply_resolved<C: ConsumerOfResolved>(
        &self,
        held: &dyn Held,
        last: u64,
        consumer: &mut C,
        resolved: &mut ResolvedOf<C>,
    ) -> Result<(), Stop> {
        let count = self.entries.len();
        let first = last + 1 - count as u64;
        let mut at = 0;
        for no_operation in self.no_operations.iter().copied().chain([count]) {
            loop {
                // Most need nothing but what was found: their bytes may lie in another processor's cache, and stay there.
                at += consumer.apply_known(no_operation - at, resolved)?;
                let Some(entry) = self.entries.get(at) else {
                    break;
                };
                let entry = slice::from_ref(entry);
                let (mut verdicts, mut operations) = ([Ok(())], [NOTHING]);
                let room = (&mut verdicts[..], &mut operations[..], &mut [0][..]);
                let way = &mut Ahead(&mut *consumer, &mut *resolved);
                self.apply_entries(entry, held, first + at as u64, way, room)?;
                at += 1;
                if at > no_operation {
                    break;
                }
            }
        }
        self.pass(held, last, consumer)
    }

    fn pass(&self, held: &dyn Held, last: u64, consumer: &mut impl Consumer) -> Result<(), Stop> {
        let Some(entry) = self.entries.last() else {
            return Ok(());
        };
        consumer.passed(|| Passed {
            operations: last,
            position: held.position(entry.end),
            last: match entry.what {
                What::Malformed { .. } => b"",
                _ => held.raw(entry.start..entry.end),
            },
        })?;
        Ok(())
    }

    /// A few entries, as all are that go into an index, need no memory of their own.
    fn apply_few<'h, C: Consumer>(
        &'h self,
        entries: &'h [Entry],
        held: &'h dyn Held,
        last: u64,
        way: &mut impl Way<C>,
    ) -> Result<(), Stop> {
        let (mut verdicts, mut operations) = ([Ok(()); SMALL], [NOTHING; SMALL]);
        let room = (&mut verdicts[..], &mut operations[..], &mut [0; SMALL][..]);
        self.apply_entries(entries, held, last, way, room)
    }

    fn apply_entries<'h, C: Consumer>(
        &'h self,
        entries: &'h [Entry],
        held: &'h dyn Held,
        last: u64,
        way: &mut impl Way<C>,
        (verdicts, operations, places): Room<'_, 'h>,
    ) -> Result<(), Stop> {
        let room = (&mut *verdicts, &mut *operations, &mut *places);
        let understood = self.understand(entries, held, room);
        if understood > 0 {
            way.apply(&operations[..understood], |number, verdict| {
                if verdict.is_err() {
                    verdicts[places[number]] = verdict;
                }
            })?;
        }
        let first = last + 1 - entries.len() as u64;
        for (place, (entry, verdict)) in entries.iter().zip(verdicts).enumerate() {
            let Err(rejection) = *verdict else { continue };
            let (at, evidence) = match &entry.what {
                What::Plain(_) => {
                    let raw = held.raw(entry.start..entry.end);
                    (entry.start, Evidence::Operation(raw))
                }
                What::Element(number) => {
                    let element = self.elements[*number].effective();
                    let raw = held.raw(element.start..element.end);
                    (element.start, Evidence::Operation(raw))
                }
                What::Malformed { at, .. } => {
                    let raw = held.raw(entry.start..entry.end).trim_ascii_end();
                    (*at, Evidence::Raw(raw))
                }
            };
            let number = first + place as u64;
            let shown = ShownUpTo {
                held,
                end: entry.end,
            };
            way.consumer().reject(
                &Reject {
                    rejection,
                    element: ELEMENT,
                    number,
                    path: Some((self.path)(number)),
                    position: held.position(at),
                    evidence,
                },
                &shown,
            )?;
        }
        Ok(())
    }

    /// Makes operations of entries and returns how many: those that are understood stand side by side, with their places among
    /// the entries; what is not is rejected already.
    fn understand<'h>(
        &'h self,
        entries: &'h [Entry],
        held: &'h dyn Held,
        (verdicts, operations, places): Room<'_, 'h>,
    ) -> usize {
        // What is plain up to the next line that is none, and where it begins.
        let mut plain_text: Option<(&str, u64)> = None;
        let mut understood = 0;
        for (place, entry) in entries.iter().enumerate() {
            // Written where it stands: an operation is large, and most of them leave most of it empty.
            match &entry.what {
                What::Plain(plain) => {
                    let (text, start) = *plain_text.get_or_insert_with(|| {
                        (text_of_plain(&entries[place..], held), entry.start)
                    });
                    operations[understood] = plain.operation(text, (entry.start - start) as usize);
                }
                What::Element(number) => {
                    let element = self.elements[*number].effective();
                    match element.operation(held.raw(element.start..element.end)) {
                        Ok(operation) => operations[understood] = operation,
                        Err(rejection) => {
                            verdicts[place] = Err(rejection);
                            continue;
                        }
                    }
                }
                What::Malformed { message, .. } => {
                    verdicts[place] = Err(Rejection::MalformedJson(message));
                    plain_text = None;
                    continue;
                }
            }
            places[understood] = place;
            understood += 1;
        }
        understood
    }
}

/// The text from the first entry, which is plain, to behind the last one that is, before any that is no JSON.
fn text_of_plain<'h>(entries: &[Entry], held: &'h dyn Held) -> &'h str {
    let is_malformed = |entry: &&Entry| matches!(entry.what, What::Malformed { .. });
    let plain = entries
        .iter()
        .take_while(|entry| !is_malformed(entry))
        .filter(|entry| matches!(entry.what, What::Plain(_)));
    let end = plain.last().map_or(entries[0].end, |last| last.end);
    // All together in one go: that is far quicker than each id by itself.
    str::from_utf8(held.raw(entries[0].start..end)).expect("was checked when it was read")
}

/// Where a batch puts the outcome of each of its operations, those that are understood, and where among the others these stand.
type Room<'r, 'h> = (
    &'r mut [Verdict<'h>],
    &'r mut [Operation<'h>],
    &'r mut [usize],
);

/// Where no operation is.
const NOTHING: Operation<'static> = Operation::RemovePlaylist {
    playlist: Id {
        kind: IdKind::String,
        text: "",
    },
};
