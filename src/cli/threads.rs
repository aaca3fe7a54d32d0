//! How many threads there are.

use std::num::NonZeroUsize;

/// As many as somebody says, or as many as there are cores where nobody says.
pub fn threads_or_cores(threads: Option<NonZeroUsize>) -> NonZeroUsize {
    threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}
