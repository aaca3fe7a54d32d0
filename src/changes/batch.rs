//! Operations gathered to be applied together.

use super::element::Element;
use super::{Consumer, Stop};
use crate::id::{Id, IdKind};
use crate::json::Held;
use crate::operation::Operation;
use crate::rejects::{Evidence, Reject, Verdict};

/// Operations in a batch: enough for the lookups of one to hide those of the others, few enough to stay in the cache.
pub(super) const SIZE: usize = 64;

/// A batch ends early when its operations are longer than this together: they are all held in the window.
const MAX_BYTES: u64 = 128 * 1024;

/// Elements of CHANGES in file order, whose bytes are held, and the buffers to read them into.
#[derive(Default)]
pub(super) struct Batch {
    elements: Vec<Element>,
    filled: usize,
}

impl Batch {
    /// The buffer to read the next element into.
    pub(super) fn next(&mut self) -> &mut Element {
        if self.filled == self.elements.len() {
            self.elements.push(Element::with_room());
        }
        &mut self.elements[self.filled]
    }

    /// Counts in what was read into [`next`](Self::next).
    pub(super) fn add(&mut self) {
        self.filled += 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    pub(super) fn is_full(&self) -> bool {
        let bytes = match &self.elements[..self.filled] {
            [first, .., last] => last.end - first.start,
            _ => 0,
        };
        self.filled == SIZE || bytes > MAX_BYTES
    }

    /// Applies the batch, whose last operation is number `last` of CHANGES, and empties it.
    pub(super) fn apply(
        &mut self,
        held: &dyn Held,
        last: u64,
        consumer: &mut impl Consumer,
    ) -> Result<(), Stop> {
        let elements = &self.elements[..std::mem::take(&mut self.filled)];
        let first = last + 1 - elements.len() as u64;
        // What is understood stands side by side for the consumer; what is not is rejected already.
        let mut verdicts: [Verdict<'_>; SIZE] = [Ok(()); SIZE];
        let mut operations = [NOTHING; SIZE];
        let mut places = [0; SIZE];
        let mut understood = 0;
        for (place, element) in elements.iter().enumerate() {
            let element = element.effective();
            match element.operation(held.raw(element.start..element.end)) {
                Ok(operation) => {
                    operations[understood] = operation;
                    places[understood] = place;
                    understood += 1;
                }
                Err(rejection) => verdicts[place] = Err(rejection),
            }
        }
        consumer.apply(&operations[..understood], |number, verdict| {
            verdicts[places[number]] = verdict;
        })?;
        for (place, (element, verdict)) in elements.iter().zip(verdicts).enumerate() {
            let Err(rejection) = verdict else { continue };
            let element = element.effective();
            consumer.reject(&Reject {
                rejection,
                number: first + place as u64,
                position: held.position(element.start),
                evidence: Evidence::Operation(held.raw(element.start..element.end)),
            })?;
        }
        Ok(())
    }
}

/// Where no operation is.
const NOTHING: Operation<'static> = Operation::RemovePlaylist {
    playlist: Id {
        kind: IdKind::String,
        text: "",
    },
};
