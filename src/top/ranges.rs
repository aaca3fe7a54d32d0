//! `top` over a regular file on several threads: each takes ranges of it, cut at line ends.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::TopOptions;
use super::heap::BoundedHeap;
use super::line::LineReader;
use super::scan::keep_highest;
use super::winners::{Winner, Winners, too_many};
use crate::error::{Error, Result};
use crate::io::Rereadable;
use crate::json::{Failure, Held, Position, Window};

/// As [`top`](super::top()), on `threads` threads, or as many of them as the system gives. The result is the same for any number of them.
///
/// # Errors
/// As [`top`](super::top()); of several errors the first in the file. Also when the file changes meanwhile.
pub fn top_file(file: &Rereadable, options: &TopOptions, threads: NonZeroUsize) -> Result<Winners> {
    let shared = Shared {
        file,
        options,
        ranges: file.length().div_ceil(options.range.get()).max(1),
        next: AtomicU64::new(0),
        failed: AtomicU64::new(u64::MAX),
    };
    let threads = shared.ranges.min(threads.get() as u64);
    let results = thread::scope(|scope| {
        // Where the system gives no more threads, those that there are do all of it.
        let start = || thread::Builder::new().spawn_scoped(scope, || shared.work());
        let workers: Vec<_> = (1..threads).map_while(|_| start().ok()).collect();
        let mut results = vec![shared.work()];
        results.extend(workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        }));
        results
    });
    let mut merged = BoundedHeap::new(options.count);
    let mut first_error: Option<Failed> = None;
    for result in results {
        match result {
            Ok(_) if first_error.is_some() => {}
            Ok(heap) => {
                if merged.merge(heap).is_err() {
                    merged.clear();
                    first_error = Some(Failed {
                        range: u64::MAX,
                        error: Error::limit(too_many(options.count)),
                    });
                }
            }
            Err(failed) => {
                if first_error
                    .as_ref()
                    .is_none_or(|first| failed.range < first.range)
                {
                    first_error = Some(failed);
                }
            }
        }
    }
    file.check_unchanged()?;
    match first_error {
        Some(failed) => Err(failed.error),
        None => Ok(Winners::new(merged.into_descending())),
    }
}

/// What the threads share.
struct Shared<'a> {
    file: &'a Rereadable,
    options: &'a TopOptions,
    ranges: u64,
    /// The next range that nobody has taken.
    next: AtomicU64,
    /// The first range known to be invalid: those behind it matter no more.
    failed: AtomicU64,
}

struct Failed {
    range: u64,
    error: Error,
}

impl Shared<'_> {
    /// Takes range after range. Ranges are taken in file order, so an error is the first one once all threads have ended.
    fn work(&self) -> std::result::Result<BoundedHeap<Winner>, Failed> {
        let mut heap = BoundedHeap::new(self.options.count);
        let mut reader = LineReader::new(self.options);
        loop {
            let range = self.next.fetch_add(1, Ordering::Relaxed);
            if range >= self.ranges || range > self.failed.load(Ordering::Relaxed) {
                return Ok(heap);
            }
            if let Err(error) = self.range(range, &mut reader, &mut heap) {
                self.failed.fetch_min(range, Ordering::Relaxed);
                return Err(Failed { range, error });
            }
        }
    }

    /// Reads the lines that start in a range.
    fn range(
        &self,
        range: u64,
        reader: &mut LineReader,
        heap: &mut BoundedHeap<Winner>,
    ) -> Result<()> {
        let name = self.file.name();
        let limit = self.options.limits();
        // The last range goes on to the end of the file, wherever that is by then.
        let mut until = match range + 1 {
            next if next == self.ranges => u64::MAX,
            next => next * self.options.range.get(),
        };
        let mut window = if range == 0 {
            let window = Window::new(self.file.reader(0), limit)
                .map_err(|failure| self.at_start(failure))?;
            // A line behind a byte order mark starts with the mark, however short the range is.
            until = until.max(window.offset() + 1);
            window.without_lines()
        } else {
            // The byte in front belongs to the line before, which may end with it.
            let before = range * self.options.range.get() - 1;
            let first = Position {
                byte: before,
                ..Position::START
            };
            let window = Window::starting_at(self.file.reader(before), limit, first);
            let mut window = window.without_lines();
            // A line that goes on behind the range is passed over in the next one: none starts in this one.
            let more = window.skip_line_before(until);
            if !more.map_err(|error| Error::io("read", name, error))? {
                return Ok(());
            }
            window
        };
        let first_line = window.offset();
        reader.count_anew();
        keep_highest(&mut window, until, reader, self.options, heap).or_else(|failure| {
            let Some(offset) = failure.offset() else {
                return Err(self.at_start(failure));
            };
            let (position, records) = self.look_back(first_line, offset)?;
            Err(reader.error(name, failure, &window, records, |_| position))
        })
    }

    /// The position of an offset, and how many records there are before the line that starts at `first_line`: counted when an
    /// error needs it.
    #[cold]
    fn look_back(&self, first_line: u64, offset: u64) -> Result<(Position, u64)> {
        let limit = self.options.limits();
        let mut window =
            Window::new(self.file.reader(0), limit).map_err(|failure| self.at_start(failure))?;
        let mut records = 0;
        let mut blank = true;
        while window.offset() < offset {
            let here = window.offset();
            let text = window
                .available()
                .map_err(|error| Error::io("read", self.file.name(), error))?;
            let bytes = text
                .len()
                .min(usize::try_from(offset - here).unwrap_or(usize::MAX));
            for (&byte, _) in text[..bytes].iter().zip(here..first_line) {
                let is_blank = matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
                records += u64::from(blank && !is_blank);
                blank = byte == b'\n' || blank && is_blank;
            }
            if bytes == 0 {
                break;
            }
            window.consume(bytes);
        }
        Ok((window.position(offset), records))
    }

    #[cold]
    fn at_start(&self, failure: Failure) -> Error {
        Error::at_start(self.file.name(), failure)
    }
}
