//! Streams changes to millions of playlists, and billions of scored records, through one program in flat memory.
//!
//! In reading order: [`io`] opens what is read and puts in place what is written; [`json`] reads it token by token; [`changes`]
//! makes [`operation`]s of it; [`mixtape`] applies them to an index and splices the result; [`apply`] is that whole pipeline in
//! one short file. [`store`] is the same over a [`database`], larger than memory, and [`shard`] over a cluster. [`top`], [`ingest`], [`isrc`] and [`listening`] are
//! the other jobs, all but the first above [`database`] too; [`report`] tells what they have put there; [`rejects`] is what none
//! of them could use. Nothing here prints or exits.

pub mod apply;
pub mod changes;
mod csv_file;
pub mod database;
mod digits;
pub mod error;
pub mod id;
mod id_bytes;
mod in_order;
pub mod ingest;
pub mod io;
pub mod isrc;
pub mod json;
pub mod listening;
pub mod mixtape;
mod names;
pub mod operation;
pub mod rejects;
pub mod report;
pub mod shard;
pub mod store;
mod time;
pub mod top;
mod varint;

pub use error::{Error, ErrorKind, Result};
pub use in_order::Threads;
