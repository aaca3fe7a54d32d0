//! Memory ceilings of the real program, fed through a pipe: flat in the length of its input, and an index of known size.
#![cfg(target_os = "linux")] // the test process reads its own peak from /proc

mod apply;
mod compressed;
mod consolidate;
mod ingest;
mod isrc;
mod measure;
mod report;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod top;
