//! The three tables that a database's own books are kept in: versions of schemas, settings, and the ledger of loads.

use super::{Database, Fingerprint, Value};
use crate::error::{Error, Result};

const BOOKS: &str = "
create table if not exists mixtape_schemas (
    name text not null primary key,
    version bigint not null
);
create table if not exists mixtape_settings (
    name text not null primary key,
    value text not null
);
create table if not exists mixtape_loads (
    id bigint primary key,
    job text not null,
    fingerprint text not null,
    source text not null,
    rows_read bigint not null,
    rows_used bigint not null,
    rows_rejected bigint not null,
    loaded_at text not null,
    unique (job, fingerprint)
);
";

/// Tables that belong together, and how they came to be what they are.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// What they are for.
    pub name: &'static str,
    /// Statements: the first ones make version 1, the next ones version 2 of version 1, and so on.
    pub versions: &'static [&'static str],
}

impl Schema {
    /// Makes sure, without changing anything, that this program understands what is there.
    ///
    /// # Errors
    /// When it is of a later version.
    pub fn check(&self, database: &mut Database) -> Result<()> {
        if database.has_table("mixtape_schemas")? {
            self.version(database)?;
        }
        Ok(())
    }

    /// Makes sure that the tables are there, and are what this program reads: of the version that it makes itself. Whether
    /// they are.
    ///
    /// # Errors
    /// When they are of another version.
    pub fn is_readable(&self, database: &mut Database) -> Result<bool> {
        if !database.has_table("mixtape_schemas")? {
            return Ok(false);
        }
        match self.version(database)? {
            0 => Ok(false),
            version if version == self.versions.len() => Ok(true),
            version => Err(Error::conflict(format!(
                "{}: the tables of {} are of version {version}, this program reads version {}; what made them, run again, brings them up to date",
                database.name(),
                self.name,
                self.versions.len()
            ))),
        }
    }

    /// Makes the tables, or brings them up to date. Inside of a transaction.
    ///
    /// # Errors
    /// As [`check`](Self::check); what the database says.
    pub fn create(&self, database: &mut Database) -> Result<()> {
        let books = database.spell(BOOKS);
        database.batch(&books)?;
        let version = self.version(database)?;
        for statements in &self.versions[version..] {
            let statements = database.spell(statements);
            database.batch(&statements)?;
        }
        if version == self.versions.len() {
            return Ok(());
        }
        let latest = Value::Integer(self.versions.len() as i64);
        database.execute(
            "insert into mixtape_schemas (name, version) values ($1, $2) \
             on conflict (name) do update set version = excluded.version",
            &[Value::Text(self.name), latest],
        )?;
        Ok(())
    }

    fn version(&self, database: &mut Database) -> Result<usize> {
        let version = database.query_number(
            "select version from mixtape_schemas where name = $1",
            &[Value::Text(self.name)],
        )?;
        let latest = self.versions.len();
        usize::try_from(version)
            .ok()
            .filter(|&version| version <= latest)
            .ok_or_else(|| {
                Error::conflict(format!(
                    "{}: the tables of {} are of version {version}, this program knows versions up to {latest}; use a newer one",
                    database.name(),
                    self.name
                ))
            })
    }
}

/// Something that must be the same in all loads into one database.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'v> {
    /// Which.
    pub name: &'static str,
    /// What this load wants it to be.
    pub value: &'v str,
}

impl Setting<'_> {
    /// Makes sure that no earlier load wanted something else.
    ///
    /// # Errors
    /// When one did.
    pub fn check(&self, database: &mut Database) -> Result<()> {
        if !database.has_table("mixtape_settings")? {
            return Ok(());
        }
        let rows = database.query(
            "select value from mixtape_settings where name = $1",
            &[Value::Text(self.name)],
        )?;
        let before = rows.first().and_then(|row| row.first()?.text());
        match before {
            Some(before) if before != self.value => Err(Error::conflict(format!(
                "{}: {} is {before} here and cannot become {}; use another database",
                database.name(),
                self.name,
                self.value
            ))),
            _ => Ok(()),
        }
    }

    /// As [`check`](Self::check), and holds later loads to it. Inside of a transaction.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn hold(&self, database: &mut Database) -> Result<()> {
        self.check(database)?;
        database.execute(
            "insert into mixtape_settings (name, value) values ($1, $2) on conflict (name) do nothing",
            &[Value::Text(self.name), Value::Text(self.value)],
        )?;
        Ok(())
    }
}

/// What was loaded, source by source, by one job: `ingest` or another one.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// Which job.
    pub job: &'static str,
}

/// One source that was loaded.
#[derive(Clone, Debug)]
pub struct Load<'s> {
    /// What tells it from others, whatever its name.
    pub fingerprint: Fingerprint,
    /// What it was called.
    pub source: &'s str,
    /// Rows it has.
    pub read: u64,
    /// Of these, the ones that could not be used.
    pub rejected: u64,
}

impl Ledger {
    /// Whether a source was loaded before.
    ///
    /// # Errors
    /// What the database says.
    pub fn has(&self, database: &mut Database, fingerprint: &Fingerprint) -> Result<bool> {
        if !database.has_table("mixtape_loads")? {
            return Ok(false);
        }
        let count = database.query_number(
            "select count(*) from mixtape_loads where job = $1 and fingerprint = $2",
            &[Value::Text(self.job), Value::Text(&fingerprint.to_string())],
        )?;
        Ok(count > 0)
    }

    /// Enters a source. Inside of the transaction that loads it.
    ///
    /// # Errors
    /// What the database says.
    pub fn enter(&self, database: &mut Database, load: &Load<'_>) -> Result<()> {
        database.execute(
            "insert into mixtape_loads (id, job, fingerprint, source, rows_read, rows_used, rows_rejected, loaded_at) \
             select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, cast(current_timestamp as text) from mixtape_loads",
            &[
                Value::Text(self.job),
                Value::Text(&load.fingerprint.to_string()),
                Value::Text(load.source),
                Value::Integer(load.read as i64),
                Value::Integer((load.read - load.rejected) as i64),
                Value::Integer(load.rejected as i64),
            ],
        )?;
        Ok(())
    }
}
