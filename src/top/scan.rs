//! The whole way of a line, from a stream into the heap.

use std::io::Read;

use super::TopOptions;
use super::heap::BoundedHeap;
use super::line::LineReader;
use super::winners::{Winner, Winners, too_many};
use crate::error::{Error, Result};
use crate::io::Phase;
use crate::json::{Failure, Held, Window};

/// What a run of `top` does from its beginning to its end.
pub const READING: Phase = Phase {
    name: "reading",
    items: "records",
};

/// Records after which the progress is told of them.
const TOLD_AT_ONCE: u64 = 4096;

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
pub(super) fn keep_highest<R: Read>(
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
