//! What could not be used: why, where, and one line of NDJSON for each.
//!
//! ```
//! use mixtape::json::{ElementPath, Position};
//! use mixtape::rejects::{Evidence, Reason, Reject, Rejection, Rejects};
//!
//! let mut rejects = Rejects::new(None);
//! rejects.add("changes.json", &Reject {
//!     rejection: Rejection::EmptyPlaylist,
//!     element: "operation",
//!     number: 3,
//!     path: Some(ElementPath::item(2)),
//!     position: Position { line: 4, column: 3, byte: 147 },
//!     evidence: Evidence::Operation(br#"{"type": "add_playlist", "user_id": 1, "song_ids": []}"#),
//! })?;
//! assert_eq!(rejects.by_reason().collect::<Vec<_>>(), [(Reason::EmptyPlaylist, 1)]);
//! assert_eq!(
//!     rejects.shown()[0].error.headline(),
//!     "changes.json:4:3: operation 3, $[2]: empty_playlist: a new playlist needs at least one song"
//! );
//! # Ok::<(), mixtape::Error>(())
//! ```

mod batch;
mod collected;
mod limit;
mod line;
mod reason;
mod reject;
mod rejection;

pub use batch::RejectBatch;
pub use collected::{Reader, Rejects};
pub use limit::{OnReject, RejectLimit};
pub(crate) use line::Wrapping;
pub use reason::Reason;
pub use reject::{Evidence, Reject, SHOWN, Shown};
pub use rejection::{Missing, Rejection, Verdict};
