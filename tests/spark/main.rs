//! A mixtape in parts: the steps without a cluster, against `apply`.
#![cfg(unix)]

mod emit;
mod local;
mod property;
#[path = "../support/mod.rs"]
mod support;
