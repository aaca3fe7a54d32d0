//! What could not be used: why, where, and one line of NDJSON for each.

mod batch;
mod collected;
mod limit;
mod line;
mod reason;
mod reject;
mod rejection;

pub use batch::RejectBatch;
pub use collected::{Reader, Rejects};
pub use limit::RejectLimit;
pub use reason::Reason;
pub use reject::{Evidence, Reject, SHOWN, Shown};
pub use rejection::{Missing, Rejection, Verdict};
