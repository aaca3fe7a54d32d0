//! `mixtape consolidate`: fields, rows, events, the table, databases.
#![cfg(unix)] // the databases are tested with a Postgres of their own

mod command_line;
mod database;
mod inputs;
mod loads;
mod model;
mod property;
mod rejects;
mod rules;
#[path = "../support/mod.rs"]
mod support;
