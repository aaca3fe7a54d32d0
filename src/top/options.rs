//! What to find, and within which bounds.

use std::num::NonZeroU64;

use crate::io::Progress;
use crate::json::{HoldLimit, Limits, MAX_DEPTH};
use crate::limits;

/// What to find, and within which bounds.
#[derive(Clone, Debug)]
pub struct TopOptions {
    /// How many of the highest. Costs nothing until lines come.
    pub count: u64,
    /// What is kept of a line.
    pub keep: Keep,
    /// Most digits of a score.
    pub max_score_digits: usize,
    /// Most bytes of an id, as it is written.
    pub max_id: usize,
    /// Most bytes of a line, where lines are kept.
    pub max_line: usize,
    /// How deeply arrays and objects of a record may nest.
    pub max_depth: u32,
    /// Bytes of a file that a thread of [`top_file`](super::top_file) takes at once: few enough ranges to cost nothing, enough
    /// of them to keep all threads busy to the end.
    pub range: NonZeroU64,
    /// Is told how many records were read.
    pub progress: Progress,
}

/// What is kept of a line that is among the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Score and id.
    Ids,
    /// The line itself.
    Lines,
}

impl Default for TopOptions {
    fn default() -> Self {
        TopOptions {
            count: 10,
            keep: Keep::Ids,
            max_score_digits: 4096,
            max_id: limits::MAX_ID,
            max_line: 64 << 20,
            max_depth: MAX_DEPTH,
            range: NonZeroU64::new(8 << 20).expect("is not zero"),
            progress: Progress::default(),
        }
    }
}

impl TopOptions {
    pub(super) fn id_limit(&self) -> HoldLimit {
        limits::of_id(self.max_id)
    }

    pub(super) fn line_limit(&self) -> HoldLimit {
        HoldLimit {
            bytes: self.max_line,
            what: "a line",
            flag: "--max-line",
        }
    }

    /// The limits of a window.
    pub(super) fn limits(&self) -> Limits {
        let hold = match self.keep {
            Keep::Ids => self.id_limit(),
            Keep::Lines => self.line_limit(),
        };
        let depth = self.max_depth;
        Limits { hold, depth }
    }
}
