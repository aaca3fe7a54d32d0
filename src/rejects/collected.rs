//! The rejects of a run.

use std::io::{self, Write};

use super::line::write_line;
use super::{Reason, Reject, RejectBatch, SHOWN, Shown};
use crate::error::{Error, Result};
use crate::io::Sink;

/// What it means when the reader of a pipe of rejects goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// It has missed what the run's result lacks: an error.
    Needed,
    /// The rejects are the result, and it has seen enough.
    Free,
}

/// Collects rejects: into a file where one is given; else the first [`SHOWN`] of them are kept to be shown.
pub struct Rejects {
    file: Option<Sink>,
    reader: Reader,
    line: Vec<u8>,
    shown: Vec<Shown>,
    counts: [u64; Reason::ALL.len()],
}

impl Rejects {
    /// Begins with none, beside a result that lacks them.
    pub fn new(file: Option<Sink>) -> Self {
        Self::for_reader(Reader::Needed, file)
    }

    /// Begins with none.
    pub fn for_reader(reader: Reader, file: Option<Sink>) -> Self {
        Rejects {
            file,
            reader,
            line: Vec::new(),
            shown: Vec::new(),
            counts: [0; Reason::ALL.len()],
        }
    }

    /// Collects those that come from now on in a file.
    pub fn collect_in(&mut self, file: Sink) {
        self.file = Some(file);
    }

    /// Takes one more, from the input `name`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, name: &str, reject: &Reject<'_>) -> Result<()> {
        self.counts[reject.rejection.reason() as usize] += 1;
        let Some(file) = &mut self.file else {
            if self.shown.len() < SHOWN {
                self.shown.push(reject.shown(name));
            }
            return Ok(());
        };
        self.line.clear();
        write_line(&mut self.line, None, reject)
            .and_then(|()| file.write_all(&self.line))
            .map_err(|error| self.reader.judge(file.name(), file.error(error)))
    }

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
        file.write_all(&lines)
            .map_err(|error| self.reader.judge(file.name(), file.error(error)))
    }

    /// How many there were in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many there were for each reason that occurred, in the order of [`Reason::ALL`].
    pub fn by_reason(&self) -> impl Iterator<Item = (Reason, u64)> {
        let counts = self.counts;
        Reason::ALL
            .into_iter()
            .map(move |reason| (reason, counts[reason as usize]))
            .filter(|(_, count)| *count > 0)
    }

    /// The first rejects, at most [`SHOWN`]; none where a file collects them.
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// Whether a file collects them.
    pub fn collected(&self) -> bool {
        self.file.is_some()
    }

    /// Puts what was collected so far on the disk; [`Sink::checkpoint`].
    ///
    /// # Errors
    /// When that fails.
    pub fn checkpoint(&mut self) -> Result<Option<u64>> {
        self.file.as_mut().map_or(Ok(None), Sink::checkpoint)
    }

    /// Puts the file in place.
    ///
    /// # Errors
    /// When that fails.
    pub fn finish(&mut self) -> Result<()> {
        let Some(file) = self.file.take() else {
            return Ok(());
        };
        let name = file.name().to_owned();
        file.finish()
            .map_err(|error| self.reader.judge(&name, error))
    }
}

impl Reader {
    fn judge(self, name: &str, error: Error) -> Error {
        if self == Reader::Free || !error.is_broken_pipe() {
            return error;
        }
        Error::write(name, io::Error::other("the reader of the rejects has gone"))
    }
}
