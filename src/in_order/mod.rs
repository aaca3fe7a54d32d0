//! Work on pieces of a stream by several threads, whose results are taken in the order of the stream.

mod hand_over;
#[cfg(test)]
mod schedules;
/// What the hand-over stands on, in one place: a test runs the same code under a scheduler that tries what may happen.
mod sync {
    pub(super) use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
    pub(super) use std::thread;
}
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;

pub(crate) use hand_over::{Next, rooms, run};

/// How many threads work together, and how much each of them takes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threads {
    /// Threads, the calling one included.
    pub count: NonZeroUsize,
    /// Bytes of a piece of input.
    pub piece: usize,
}

/// More threads cost more than they give.
const MOST: NonZeroUsize = NonZeroUsize::new(256).unwrap();

impl Threads {
    /// Just the calling one.
    pub const ONE: Threads = Threads::new(NonZeroUsize::MIN);

    /// So many threads, up to 256.
    pub const fn new(count: NonZeroUsize) -> Self {
        Threads {
            count: if count.get() > MOST.get() {
                MOST
            } else {
                count
            },
            // A few hundred times what handing it over costs, and it stays in the cache of who works on it.
            piece: 64 * 1024,
        }
    }
}

/// What the system's allocator reserves for a thread's own heap. Where it cannot, each small thing takes a page.
const HEAP: usize = 64 << 20;

/// What there is besides, for all of them, so that nothing small fails.
const BESIDE: usize = 64 << 20;

/// Whether these threads can have heaps and stacks; of many it is enough to ask for some.
pub(crate) fn has_room_for(threads: NonZeroUsize) -> bool {
    let heaps = threads.get().min(16) * HEAP;
    threads == NonZeroUsize::MIN || Vec::<u8>::new().try_reserve_exact(BESIDE + heaps).is_ok()
}
