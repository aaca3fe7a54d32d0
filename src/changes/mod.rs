//! CHANGES: a stream of operations in one of three layouts.
//!
//! [`read`] hands them to a [`Consumer`] one small batch after the other; [`read_in_threads`] does the same, with several threads
//! reading ahead and [looking up](Resolver) what the operations name.
//!
//! ```
//! use mixtape::changes::{Consumer, read};
//! use mixtape::json::{Held, HoldLimit};
//! use mixtape::operation::Operation;
//! use mixtape::rejects::{Reject, Verdict};
//!
//! /// What each operation is, or why it cannot be understood.
//! #[derive(Default)]
//! struct Names(Vec<&'static str>);
//!
//! impl Consumer for Names {
//!     fn apply<'a>(
//!         &mut self,
//!         operations: &[Operation<'a>],
//!         mut verdict: impl FnMut(usize, Verdict<'a>),
//!     ) -> mixtape::Result<()> {
//!         for (number, operation) in operations.iter().enumerate() {
//!             self.0.push(operation.kind().name());
//!             verdict(number, Ok(()));
//!         }
//!         Ok(())
//!     }
//!
//!     fn reject(&mut self, reject: &Reject<'_>, _: &dyn Held) -> mixtape::Result<()> {
//!         self.0.push(reject.rejection.reason().name());
//!         Ok(())
//!     }
//! }
//!
//! let lines = b"{\"type\": \"remove_playlist\", \"playlist_id\": \"2\"}\n{\"type\":\n";
//! let limit = HoldLimit { bytes: 1 << 20, what: "one operation", flag: "--max-operation" };
//! let mut names = Names::default();
//! let amount = read("changes.ndjson", &lines[..], None, limit, &mut names)?;
//! assert_eq!(amount.operations, 2);
//! assert_eq!(names.0, ["remove_playlist", "malformed_json"]);
//! # Ok::<(), mixtape::Error>(())
//! ```

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
mod reading;
mod spelling;
mod understand;
mod way;

pub use consumer::{BatchSize, Consumer, ConsumerOfResolved, Passed, ResolvedOf, Resolver};
pub use format::ChangesFormat;
pub use parallel::read_in_threads;
pub use reading::{Amount, Start, read, read_from};

#[cfg(test)]
mod tests;
