//! Where bytes come from and where they go: sources, the twice readable MIXTAPE, sinks. Knows no JSON.
//!
//! ```
//! use std::io::{Read, Write};
//! use mixtape::io::{Sink, Source};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("new.json.gz");
//! let mut sink = Sink::create(&path)?;
//! sink.write_all(b"{}")?;
//! assert!(!path.exists()); // complete or untouched
//! sink.finish()?;
//!
//! let mut text = String::new();
//! Source::open(&path, &Default::default())?.read_to_string(&mut text)?;
//! assert_eq!(text, "{}"); // what is compressed is told by its first bytes
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compress;
mod compression;
mod decompress;
#[cfg(test)]
mod drops;
pub mod fault;
mod identity;
mod memory;
mod path;
mod progress;
mod read_ahead;
mod rereadable;
mod sink;
mod source;
mod spool;
mod standard;
mod target;
mod temporary;
mod watched;
mod write_back;
mod write_behind;

pub use compression::Compression;
pub use decompress::WindowLimit;
#[cfg(test)]
pub(crate) use drops::Drops;
pub use identity::Identity;
pub use memory::Memory;
pub use progress::{Phase, Progress, Progressed};
pub use read_ahead::ReadAhead;
pub use rereadable::{ReaderAt, Rereadable};
pub use sink::Sink;
pub use source::{Source, SourceOptions};
pub use standard::STANDARD_STREAM;
pub use temporary::remove_temporaries;
