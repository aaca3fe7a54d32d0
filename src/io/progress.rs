//! How far a run has come, for whoever wants to show it while it goes on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A part of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phase {
    /// What is done, for people: `reading the mixtape`.
    pub name: &'static str,
    /// What is counted beside bytes, such as `operations`; empty where nothing is.
    pub items: &'static str,
}

/// Counters that a run moves on and that another thread may look at any time. Clones are the same counters.
///
/// ```
/// use mixtape::io::{Phase, Progress};
/// let progress = Progress::default();
/// progress.begin(Phase { name: "reading", items: "lines" }, Some(200));
/// progress.advance(50);
/// progress.count(3);
/// let seen = progress.look();
/// assert_eq!((seen.phase.name, seen.bytes, seen.total, seen.items), ("reading", 50, Some(200), 3));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    phase: Mutex<(Phase, Option<u64>)>,
    bytes: AtomicU64,
    items: AtomicU64,
}

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progressed {
    /// What it is doing.
    pub phase: Phase,
    /// Bytes that this phase has read, as they lie in the file: compressed ones where it is compressed.
    pub bytes: u64,
    /// Bytes that it will have read at its end, where that is known.
    pub total: Option<u64>,
    /// Items that it has dealt with.
    pub items: u64,
}

impl Progress {
    /// Begins a phase, at nothing done.
    pub fn begin(&self, phase: Phase, total: Option<u64>) {
        let mut current = self.0.phase.lock().unwrap_or_else(PoisonError::into_inner);
        *current = (phase, total);
        self.0.bytes.store(0, Ordering::Relaxed);
        self.0.items.store(0, Ordering::Relaxed);
    }

    /// So many more bytes are read.
    #[inline]
    pub fn advance(&self, bytes: u64) {
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// So many more items are dealt with.
    #[inline]
    pub fn count(&self, items: u64) {
        self.0.items.fetch_add(items, Ordering::Relaxed);
    }

    /// Where the run is now.
    pub fn look(&self) -> Progressed {
        // Held meanwhile: no phase begins between its name and its numbers.
        let current = self.0.phase.lock().unwrap_or_else(PoisonError::into_inner);
        let (phase, total) = *current;
        Progressed {
            phase,
            bytes: self.0.bytes.load(Ordering::Relaxed),
            total,
            items: self.0.items.load(Ordering::Relaxed),
        }
    }
}
