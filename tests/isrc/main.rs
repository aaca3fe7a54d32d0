//! `mixtape isrc`: which recordings it finds for which media items, and which it leaves alone.

#[path = "../support/mod.rs"]
mod support;

mod calibration;
mod command_line;
mod folding;
mod properties;
mod real_data;
#[rustfmt::skip] // tables with a row a line
mod rules;
mod sample;
mod stored;
mod wrong_input;
