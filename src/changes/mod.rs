//! CHANGES: a stream of operations in one of three layouts.
//!
//! [`read`] hands them to a [`Consumer`] one small batch after the other; [`read_in_threads`] does the same, with several threads
//! reading ahead and [looking up](Resolver) what the operations name.

mod array;
mod batch;
mod consumer;
mod element;
mod format;
mod gathered;
mod grouped;
mod grouped_place;
mod names;
mod ndjson;
mod parallel;
mod plain;
#[cfg(test)]
mod plain_tests;
mod reading;
mod understand;
mod way;

pub use batch::BatchSize;
pub use consumer::{Consumer, ConsumerOfResolved, Passed, ResolvedOf, Resolver};
pub use format::ChangesFormat;
pub use parallel::read_in_threads;
pub use reading::{Amount, Start, read, read_from};

use crate::error::Broken;
use crate::json::ElementPath;

/// What messages call an element of CHANGES.
const OPERATION: &str = "operation";

/// The operation in which reading ended, by its number and its path in the document.
fn broken(start: u64, number: u64, path: ElementPath<'_>) -> Option<Broken> {
    Some(Broken::new(start, OPERATION, number, path))
}
