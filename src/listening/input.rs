//! One of the two inputs: how it is read, what was read of it, and where that goes.

use super::batch::{Batch, Consumer};
use super::fields::{FieldNames, Taken};
use crate::database::{Fingerprint, TextLimits};
use crate::error::Result;
use crate::json::HoldLimit;
use crate::rejects::{Reject, RejectLimit};

/// How an input is read.
pub(super) struct Input<'i> {
    /// What messages call it.
    pub(super) name: &'i str,
    pub(super) names: &'i FieldNames,
    pub(super) limit: HoldLimit,
    pub(super) text_limits: TextLimits,
}

/// What was read of an input.
#[derive(Clone, Debug, Default)]
pub(super) struct InputRead {
    pub(super) name: String,
    /// Rows or events, rejected ones included.
    pub(super) read: u64,
    pub(super) rejected: u64,
    /// Events that are not from a personalised playlist.
    pub(super) other_context: u64,
    pub(super) bytes: u64,
    pub(super) fingerprint: Option<Fingerprint>,
    /// The names that were taken for fields.
    pub(super) taken: Taken,
    /// What stands between the fields of EVENTS, where that is no comma.
    pub(super) separator: Option<&'static str>,
}

/// Where what is read goes: a batch that is handed over whenever it is full.
pub(super) struct Output<'c> {
    pub(super) batch: Batch,
    /// What was read of the input so far.
    pub(super) input: InputRead,
    /// Rejects of the input before.
    rejected_before: u64,
    max_rejects: Option<RejectLimit>,
    consumer: &'c mut dyn Consumer,
}

impl<'c> Output<'c> {
    pub(super) fn new(
        name: &str,
        rejected_before: u64,
        max_rejects: Option<RejectLimit>,
        consumer: &'c mut dyn Consumer,
    ) -> Self {
        Output {
            batch: Batch::default(),
            input: InputRead {
                name: name.to_owned(),
                ..InputRead::default()
            },
            rejected_before,
            max_rejects,
            consumer,
        }
    }

    /// Hands over the rest; what was read, and the consumer for the next input.
    pub(super) fn finish(mut self) -> Result<(InputRead, &'c mut dyn Consumer)> {
        self.hand_over()?;
        Ok((self.input, self.consumer))
    }

    /// One more row or event is read; its number.
    pub(super) fn count_row(&mut self) -> u64 {
        self.input.read += 1;
        self.batch.read += 1;
        self.input.read
    }

    pub(super) fn reject(&mut self, reject: &Reject<'_>) -> Result<()> {
        self.input.rejected += 1;
        let name = &self.input.name;
        self.batch.rejects.add(name, Some(name), reject);
        // A number of rejects can be passed early; a share says nothing before all is read.
        if let Some(limit @ RejectLimit::Count(_)) = self.max_rejects {
            let rejected = self.rejected_before + self.input.rejected;
            if limit.is_passed(rejected, self.input.read) {
                self.batch.has_last_reject = true;
                self.hand_over()?;
                let InputRead { name, read, .. } = &self.input;
                return Err(limit.error(name, "rows and events", rejected, *read));
            }
        }
        self.hand_over_if_full()
    }

    #[inline]
    pub(super) fn hand_over_if_full(&mut self) -> Result<()> {
        if self.batch.is_full() {
            return self.hand_over();
        }
        Ok(())
    }

    fn hand_over(&mut self) -> Result<()> {
        self.consumer.take(std::mem::take(&mut self.batch))
    }
}
