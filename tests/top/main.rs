//! `mixtape top`: every rule of its input and its output, through every route that bytes can take.

#[path = "../support/mod.rs"]
mod support;

mod cut;
mod framing;
mod losers;
mod merging;
mod model;
mod options;
mod output;
mod process;
mod ranges;
mod records;
mod routes;
mod scores;
mod text;
