//! Operations gathered to be applied together.

use std::ops::Range;

use super::element::{Element, OPERATION};
use super::plain::Plain;
use super::{Consumer, Passed};
use crate::error::Stop;
use crate::id::{Id, IdKind};
use crate::json::{DocumentReader, Failure, Held};
use crate::operation::Operation;
use crate::rejects::{Evidence, Reject, Verdict};

/// Operations in a small batch.
const SMALL: usize = 64;

/// How many operations are applied together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    /// Operations.
    pub operations: usize,
    /// A batch ends early when its operations are longer than this together: they are all held in the window.
    pub bytes: u64,
    /// Of operations that are read member by member, so many: each needs buffers of its own.
    pub elements: usize,
}

impl BatchSize {
    /// For an index in memory: enough for the lookups of one to hide those of the others, few enough to stay in the cache.
    pub const SMALL: BatchSize = BatchSize {
        operations: SMALL,
        bytes: 128 * 1024,
        elements: SMALL,
    };
}

/// Elements of CHANGES in file order, whose bytes are held, and the buffers to read them into.
pub(super) struct Batch {
    size: BatchSize,
    entries: Vec<Entry>,
    elements: Vec<Element>,
    /// Of these buffers, those that entries refer to.
    filled: usize,
}

/// An element of CHANGES.
struct Entry {
    /// Offsets in the stream.
    start: u64,
    end: u64,
    what: What,
}

enum What {
    Plain(Plain),
    /// Number of the buffer that it was read into.
    Element(usize),
}

impl Batch {
    pub(super) fn new(size: BatchSize) -> Self {
        Batch {
            size,
            entries: Vec::new(),
            elements: Vec::new(),
            filled: 0,
        }
    }

    /// Adds the plain operation that starts at `start`.
    #[inline]
    pub(super) fn add_plain(&mut self, start: u64, plain: Plain) {
        self.entries.push(Entry {
            start,
            end: start + plain.length(),
            what: What::Plain(plain),
        });
    }

    /// Reads the value at which `json` stands and returns where that is, to be [added](Self::add_element) or not.
    pub(super) fn read_element<J: DocumentReader>(
        &mut self,
        json: &mut J,
    ) -> Result<Range<u64>, Failure> {
        if self.filled == self.elements.len() {
            self.elements.push(Element::with_room());
        }
        let element = &mut self.elements[self.filled];
        element.read(json, &OPERATION)?;
        Ok(element.start..element.end)
    }

    /// Adds what was read last, which stands there.
    pub(super) fn add_element(&mut self, range: Range<u64>) {
        self.entries.push(Entry {
            start: range.start,
            end: range.end,
            what: What::Element(self.filled),
        });
        self.filled += 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        let bytes = match &self.entries[..] {
            [first, .., last] => last.end - first.start,
            _ => 0,
        };
        let BatchSize {
            operations,
            bytes: most,
            elements,
        } = self.size;
        self.entries.len() >= operations || bytes > most || self.filled >= elements
    }

    /// Applies the batch, whose last operation is number `last` of CHANGES, and empties it.
    pub(super) fn apply(
        &mut self,
        held: &dyn Held,
        last: u64,
        consumer: &mut impl Consumer,
    ) -> Result<(), Stop> {
        let count = self.entries.len();
        // A small batch, as all are that go into an index, needs no memory of its own.
        let applied = if count <= SMALL {
            let (mut verdicts, mut operations) = ([Ok(()); SMALL], [NOTHING; SMALL]);
            let room = (&mut verdicts[..], &mut operations[..], &mut [0; SMALL][..]);
            self.apply_entries(held, last, consumer, room)
        } else {
            let (mut verdicts, mut operations) = (vec![Ok(()); count], vec![NOTHING; count]);
            let room = (
                &mut verdicts[..],
                &mut operations[..],
                &mut vec![0; count][..],
            );
            self.apply_entries(held, last, consumer, room)
        };
        if let (Ok(()), Some(entry)) = (&applied, self.entries.last()) {
            let (start, end) = (entry.start, entry.end);
            consumer.passed(|| Passed {
                operations: last,
                position: held.position(end),
                last: held.raw(start..end),
            })?;
        }
        self.entries.clear();
        self.filled = 0;
        applied
    }

    fn apply_entries<'h>(
        &'h self,
        held: &'h dyn Held,
        last: u64,
        consumer: &mut impl Consumer,
        (verdicts, operations, places): Room<'_, 'h>,
    ) -> Result<(), Stop> {
        let entries = &self.entries[..];
        let [first, ..] = entries else { return Ok(()) };
        let text = self.plain_text(held);
        let first_number = last + 1 - entries.len() as u64;
        // What is understood stands side by side for the consumer; what is not is rejected already.
        let mut understood = 0;
        for (place, entry) in entries.iter().enumerate() {
            // Written where it stands: an operation is large, and most of them leave most of it empty.
            match &entry.what {
                What::Plain(plain) => {
                    operations[understood] =
                        plain.operation(text, (entry.start - first.start) as usize);
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
            }
            places[understood] = place;
            understood += 1;
        }
        consumer.apply(&operations[..understood], |number, verdict| {
            if verdict.is_err() {
                verdicts[places[number]] = verdict;
            }
        })?;
        for (place, (entry, verdict)) in entries.iter().zip(verdicts).enumerate() {
            let Err(rejection) = *verdict else { continue };
            let range = match entry.what {
                What::Plain(_) => entry.start..entry.end,
                What::Element(number) => {
                    let element = self.elements[number].effective();
                    element.start..element.end
                }
            };
            consumer.reject(
                &Reject {
                    rejection,
                    number: first_number + place as u64,
                    position: held.position(range.start),
                    evidence: Evidence::Operation(held.raw(range)),
                },
                held,
            )?;
        }
        Ok(())
    }

    /// The text from the first operation to behind the last plain one; none where no operation is plain.
    fn plain_text<'h>(&self, held: &'h dyn Held) -> &'h str {
        let last = self
            .entries
            .iter()
            .rfind(|entry| matches!(entry.what, What::Plain(_)));
        let (Some(first), Some(last)) = (self.entries.first(), last) else {
            return "";
        };
        // All together in one go: that is far quicker than each id by itself.
        str::from_utf8(held.raw(first.start..last.end)).expect("was checked when it was read")
    }
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
