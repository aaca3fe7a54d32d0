//! The N highest of any number of scored lines, `<score>: <record>`, in memory that follows N alone.
//!
//! ```
//! use mixtape::top::{Keep, TopOptions, top};
//! let lines = b"3: {\"id\": \"c\"}\n10: {\"id\": \"j\"}\n7: {\"id\": \"g\"}\n";
//! let options = TopOptions { count: 2, keep: Keep::Ids, ..TopOptions::default() };
//! let winners = top("lines", &lines[..], &options)?;
//! let mut output = Vec::new();
//! winners.write_ndjson(&mut output)?;
//! assert_eq!(output, b"{\"score\": 10, \"id\": \"j\"}\n{\"score\": 7, \"id\": \"g\"}\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod heap;
mod line;
mod ranges;
mod score;
mod winners;

use std::io::Read;
use std::num::NonZeroU64;

pub use ranges::top_file;
pub use winners::Winners;

use crate::error::{Error, Result};
use crate::io::{Phase, Progress};
use crate::json::{Failure, Held, HoldLimit, Limits, MAX_DEPTH, Window};
use heap::BoundedHeap;
use line::LineReader;
use winners::Winner;

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
    /// Bytes of a file that a thread of [`top_file`] takes at once: few enough ranges to cost nothing, enough of them to keep
    /// all threads busy to the end.
    pub range: NonZeroU64,
    /// Is told how many records were read.
    pub progress: Progress,
}

/// What a run of `top` does from its beginning to its end.
pub const READING: Phase = Phase {
    name: "reading",
    items: "records",
};

/// Records after which the progress is told of them.
const TOLD_AT_ONCE: u64 = 4096;

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
            max_id: 16 << 20,
            max_line: 64 << 20,
            max_depth: MAX_DEPTH,
            range: NonZeroU64::new(8 << 20).expect("is not zero"),
            progress: Progress::default(),
        }
    }
}

/// Reads all lines of `source` and keeps the highest. Among equal scores the earlier line wins.
///
/// Every record is validated in full. Memory: the winners, 256 KiB, and the one value that is being looked at.
///
/// # Errors
/// When the source cannot be read, a line is not what it must be, a limit is passed, or the winners do not fit into memory. `name` is what messages call the
/// source.
pub fn top(name: &str, source: impl Read, options: &TopOptions) -> Result<Winners> {
    let mut window =
        Window::new(source, options.limits()).map_err(|failure| Error::at_start(name, failure))?;
    let mut heap = BoundedHeap::new(options.count);
    let mut reader = LineReader::new(options);
    keep_highest(&mut window, u64::MAX, &mut reader, options, &mut heap).map_err(|failure| {
        reader.error(name, failure, &window, 0, |offset| window.position(offset))
    })?;
    Ok(Winners::new(heap.into_descending()))
}

/// Reads the lines that start before the offset `until` and keeps the highest.
fn keep_highest<R: Read>(
    window: &mut Window<R>,
    until: u64,
    reader: &mut LineReader,
    options: &TopOptions,
    heap: &mut BoundedHeap<Winner>,
) -> std::result::Result<(), Failure> {
    let mut told = reader.records();
    while let Some(line) = reader.next(window, until, heap)? {
        if heap.admits(|lowest| lowest.is_below(line.score, line.offset)) {
            let kept = Winner::new(&line, options.keep).and_then(|winner| heap.push(winner));
            if kept.is_err() {
                let offset = line.offset;
                // Gives the memory back that saying so needs.
                heap.clear();
                return Err(Failure::Limit {
                    offset,
                    message: too_many(options.count),
                });
            }
        }
        if reader.records() - told >= TOLD_AT_ONCE {
            options.progress.count(reader.records() - told);
            told = reader.records();
        }
    }
    options.progress.count(reader.records() - told);
    Ok(())
}

/// What is said where the winners do not fit into the memory that the program may have.
#[cold]
fn too_many(count: u64) -> String {
    format!(
        "the {count} highest do not fit into memory; ask for fewer, or allow the program more memory"
    )
}

impl TopOptions {
    fn id_limit(&self) -> HoldLimit {
        HoldLimit {
            bytes: self.max_id,
            what: "an id",
            flag: "--max-id",
        }
    }

    fn line_limit(&self) -> HoldLimit {
        HoldLimit {
            bytes: self.max_line,
            what: "a line",
            flag: "--max-line",
        }
    }

    /// The limits of a window.
    fn limits(&self) -> Limits {
        let hold = match self.keep {
            Keep::Ids => self.id_limit(),
            Keep::Lines => self.line_limit(),
        };
        let depth = self.max_depth;
        Limits { hold, depth }
    }
}
