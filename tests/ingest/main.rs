//! `mixtape ingest`: rows, logs, files, databases.
#![cfg(unix)] // the databases are tested with shells, signals and a Postgres of their own

mod command_line;
mod csv_files;
mod database;
mod database_faults;
mod database_property;
mod database_rules;
mod database_texts;
mod database_urls;
mod documentation;
mod model;
mod property;
mod real_data;
mod rejects;
mod sources;
#[path = "../support/mod.rs"]
mod support;
mod tables;
