//! Streams changes to millions of playlists, and billions of scored records, through one program in flat memory.
//!
//! The modules stand in reading order: what all of them share, the way of a change through files, the same over a database and
//! over a cluster, and the other jobs. [`apply`] is a whole job in one short file: start there. Nothing here prints or exits.

// What went wrong, where, and why: the one error of all that follows.
pub mod error;

// Bytes: where they come from and where they go.
pub mod io;

// Bytes read as JSON, token by token.
pub mod json;

// The bounds that several jobs have, and the flags that lift them.
mod limits;

// Threads whose results are taken in order.
mod in_order;

// Ids, exactly as they were spelled.
pub mod id;

// Numbers and ids as bytes: in memory, in a store, between the steps of a cluster.
mod digits;
mod id_bytes;
mod varint;

// One change of a mixtape.
pub mod operation;

// What could not be used, with its reason and its place.
pub mod rejects;

// CHANGES: its layouts, read as operations.
pub mod changes;

// MIXTAPE: its layouts, its index, and the splice that is OUTPUT.
pub mod mixtape;

// The whole way of a change, from MIXTAPE and CHANGES to OUTPUT.
pub mod apply;

// Databases: one connection to either engine, and the books that are kept in them.
pub mod database;

// A mixtape in a database, larger than memory.
pub mod store;

// `apply` in steps over partitions, for a cluster.
pub mod shard;

// Scored lines: the N highest of any number.
pub mod top;

// CSV files, texts kept once each, and times: for the jobs that follow.
mod csv_file;
mod names;
mod time;

// Dumps of playlists into eight tables.
pub mod ingest;

// The recordings of media items, by artist and title.
pub mod isrc;

// What was recommended and what was heard, into one table.
pub mod listening;

// What these tables say, as text, CSV, JSON, Markdown and a page.
pub mod report;

// How long slow tests are, said once for those of `src` and of `tests`.
#[cfg(test)]
#[allow(dead_code)] // `tests` uses more of it
#[path = "../tests/support/long.rs"]
mod long;

pub use error::{Error, ErrorKind, Result};
pub use in_order::Threads;
