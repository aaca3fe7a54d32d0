//! Where bytes come from and where they go: sources, the twice readable MIXTAPE, sinks. Knows no JSON.

mod identity;
mod read_ahead;
mod rereadable;
mod sink;
mod source;
mod spool;
mod write_back;

pub use identity::Identity;
pub use read_ahead::ReadAhead;
pub use rereadable::Rereadable;
pub use sink::Sink;
pub use source::Source;

/// The name that stands for standard input or output on the command line.
pub const STANDARD_STREAM: &str = "-";
