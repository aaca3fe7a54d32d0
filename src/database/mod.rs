//! Databases: where one is, what is in it, and how something gets in whole or not at all. Knows no tables but its own.

mod fingerprint;

pub use fingerprint::{Fingerprint, Fingerprinted};
