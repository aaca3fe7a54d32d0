//! `mixtape import`, `apply --db`, `export`, `get`, `status`: a mixtape in a database.
#![cfg(unix)] // the databases are tested with signals and a Postgres of their own

mod command_line;
mod database;
mod files;
mod follow;
mod killed;
mod large;
mod property;
mod resume;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod upgrade;
