//! `mixtape works` and `mixtape report`: what was recommended, how much of it was heard, and how that looks.
#![cfg(unix)] // the databases and terminals of these tests are

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod browser;
mod consolidated;
mod document;
mod errors;
mod formats;
mod hostile;
mod model;
mod observed;
mod property;
mod screen;
mod stored;
mod terminal;
mod works;
