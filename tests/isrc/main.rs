//! `mixtape isrc`: which recordings it finds for which media items, and which it leaves alone.

#[path = "../support/mod.rs"]
mod support;

mod real;
mod sample;
