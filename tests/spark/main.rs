//! A mixtape in parts: the steps without a cluster, against `apply`; and the programs in `spark/` on a real one.
#![cfg(unix)]

mod cluster;
mod emit;
mod inputs;
mod jobs;
mod local;
mod mistakes;
mod one_machine;
mod property;
mod python;
mod readme;
#[path = "../support/mod.rs"]
mod support;
