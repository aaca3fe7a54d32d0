//! The rejects of one of several inputs, kept until it is its turn.

use super::{Reason, Reject, Rejects, SHOWN, Shown, write_line};
use crate::error::Result;

/// Rejects in the form in which [`Rejects`] takes them, gathered apart.
#[derive(Default)]
pub struct RejectBatch {
    lines: Vec<u8>,
    shown: Vec<Shown>,
    counts: [u64; Reason::ALL.len()],
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

impl Rejects {
    /// Takes over all that a batch holds, which is empty then.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(&mut self, batch: &mut RejectBatch) -> Result<()> {
        let RejectBatch {
            lines,
            shown,
            counts,
        } = std::mem::take(batch);
        for (count, more) in self.counts.iter_mut().zip(counts) {
            *count += more;
        }
        let Some(file) = &mut self.file else {
            let room = SHOWN - self.shown.len();
            self.shown.extend(shown.into_iter().take(room));
            return Ok(());
        };
        std::io::Write::write_all(file, &lines)
            .map_err(|error| self.reader.judge(file.name(), file.error(error)))
    }
}
