//! The rejects of one of several inputs, kept until it is its turn.

use super::line::write_line;
use super::{Reason, Reject, SHOWN, Shown};

/// Rejects in the form in which [`Rejects`](super::Rejects) takes them, gathered apart.
#[derive(Default)]
pub struct RejectBatch {
    pub(super) lines: Vec<u8>,
    pub(super) shown: Vec<Shown>,
    pub(super) counts: [u64; Reason::ALL.len()],
}

impl RejectBatch {
    /// Takes one more from the input `name`; its line names the input where that is wanted.
    pub fn add(&mut self, name: &str, source: Option<&str>, reject: &Reject<'_>) {
        self.counts[reject.rejection.reason() as usize] += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(reject.shown(name));
        }
        // Writing into memory does not fail.
        let _ = write_line(&mut self.lines, source, reject);
    }

    /// Takes the lines out; what was counted stays.
    pub fn take_lines(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.lines)
    }

    /// How many bytes their lines take.
    pub fn bytes(&self) -> usize {
        self.lines.len()
    }

    /// How many there are.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}
