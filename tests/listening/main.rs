//! `mixtape consolidate`: fields, rows, events, the table, databases, and what goes wrong around it.
#![cfg(unix)] // the databases are tested with a Postgres of their own

mod command_line;
mod database;
mod faults;
mod full_disk;
mod inputs;
mod loads;
mod model;
mod property;
mod rejects;
mod rules;
mod scene;
#[path = "../support/mod.rs"]
mod support;
