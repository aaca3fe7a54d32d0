//! What the tests share: folders that go away, the program run as a user would, documents of every style, and models.
//!
//! The fuzzer shares it too (`fuzz/src/lib.rs`), but for what runs the program.
#![allow(dead_code, unused_imports)] // each test binary uses its own part

#[cfg(unix)]
pub mod chromium;
mod chunked;
#[cfg(unix)]
pub mod database;
pub mod documents;
mod folder;
pub mod generated;
mod in_process;
#[cfg(unix)]
pub mod load_faults;
pub mod long;
pub mod model;
pub mod mutation;
#[cfg(unix)]
pub mod postgres;
mod program;
pub mod random;
mod real_data;
#[cfg(unix)]
pub mod shell;
#[cfg(unix)]
pub mod signals;
pub mod targets;
#[cfg(unix)]
pub mod unprivileged;

/// The folder of this package.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

pub use chunked::Chunked;
pub use folder::Folder;
pub use in_process::{
    Applied, Written, applied_in_process, apply_in_process, write_changes_in_process,
    write_in_process, write_once,
};
pub use program::{Run, give, mixtape, read_little, skipped};
pub use real_data::real_playlists;
