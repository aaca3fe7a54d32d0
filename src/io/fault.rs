//! The seam through which a test makes the n-th operation on a file fail.
//!
//! Every read, write, flush, sync and rename of this room passes `check` first. Nothing fails unless a test has armed it with
//! [`fail_operation`]; then the cost is one relaxed load for each system call.
//!
//! ```
//! use std::io::Write;
//! use mixtape::io::{Sink, fault::fail_operation};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("new.json");
//! let write = || -> mixtape::Result<()> {
//!     let mut sink = Sink::create(&path)?;
//!     sink.write_all(b"{}").map_err(|error| sink.error(error))?;
//!     sink.finish()
//! };
//! let (written, operations) = fail_operation(None, write);
//! written?;
//! for number in 0..operations.len() {
//!     std::fs::write(&path, "old")?;
//!     let (written, _) = fail_operation(Some(number), write);
//!     assert!(written.is_err());
//!     let text = std::fs::read_to_string(&path)?;
//!     assert!(text == "old" || text == "{}");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Bytes are read.
    Read,
    /// A temporary file is made.
    Create,
    /// Bytes are written.
    Write,
    /// What is written is handed over.
    Flush,
    /// A file or a folder is put on the disk.
    Sync,
    /// A finished file takes its name.
    Rename,
}

static ARMED: AtomicBool = AtomicBool::new(false);
static PLAN: Mutex<Plan> = Mutex::new(Plan {
    failing: None,
    seen: Vec::new(),
});
/// Tests of one process take turns.
static TURN: Mutex<()> = Mutex::new(());

struct Plan {
    /// The number of the operation that fails, from 0.
    failing: Option<usize>,
    seen: Vec<Operation>,
}

/// Runs `run` with the operation number `failing` (from 0) of the whole process failing once, and returns its result with all
/// operations in their order. With none failing it tells how many there are.
///
/// For tests; runs take turns.
pub fn fail_operation<T>(failing: Option<usize>, run: impl FnOnce() -> T) -> (T, Vec<Operation>) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    *plan() = Plan {
        failing,
        seen: Vec::new(),
    };
    ARMED.store(true, Ordering::SeqCst);
    let result = run();
    ARMED.store(false, Ordering::SeqCst);
    (result, std::mem::take(&mut plan().seen))
}

/// The error that a failing operation gives: no kind that anything here treats specially.
pub const MESSAGE: &str = "a fault that was asked for";

#[inline]
pub(crate) fn check(operation: Operation) -> io::Result<()> {
    if ARMED.load(Ordering::Relaxed) {
        return count(operation);
    }
    Ok(())
}

#[cold]
fn count(operation: Operation) -> io::Result<()> {
    let mut plan = plan();
    let number = plan.seen.len();
    plan.seen.push(operation);
    if plan.failing == Some(number) {
        return Err(io::Error::other(MESSAGE));
    }
    Ok(())
}

fn plan() -> MutexGuard<'static, Plan> {
    PLAN.lock().unwrap_or_else(PoisonError::into_inner)
}
