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
mod names;
mod ndjson;
mod parallel;
mod place;
mod plain;
#[cfg(test)]
mod plain_tests;
mod reading;
mod spelling;
mod understand;
mod way;

pub use consumer::{BatchSize, Consumer, ConsumerOfResolved, Passed, ResolvedOf, Resolver};
pub use format::ChangesFormat;
pub use parallel::read_in_threads;
pub use reading::{Amount, Start, read, read_from};
