//! `mixtape ingest`: rows, logs, files, databases.

mod command_line;
mod csv_files;
mod model;
mod property;
mod real_data;
mod rejects;
mod sources;
#[path = "../support/mod.rs"]
mod support;
mod tables;
