//! Postgres.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::path::Path;

use bytes::BytesMut;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::config::{Host, SslMode};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};

use super::connection::{Engine, Failed, Fill, Found, PATIENCE, ROWS, Rows, Tried};
use super::password::{self, Account};
use super::{ColumnType, KeyedTable, Keys, OwnedValue, StagedTable, TextLimits, Value};
use crate::error::{Error, Result};

/// The lock of all loads into one database: the letters of `mixtape` as a number.
const LOCK: i64 = 0x006d_6978_7461_7065;

/// The lock of those who work on the database for long.
const LONG_LOCK: i64 = LOCK + 1;

/// Statements that are kept ready.
const MOST_PREPARED: usize = 64;

pub(super) struct Postgres {
    client: Client,
    /// What is run again and again.
    prepared: HashMap<String, Statement>,
}

impl Postgres {
    pub(super) fn open(url: &str) -> Tried<Self> {
        if url.contains("sslmode=verify-") {
            return Err(no_tls());
        }
        let mut config: Config = url.parse()?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(no_tls());
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host(&default_host());
        }
        if config.get_application_name().is_none() {
            config.application_name("mixtape");
        }
        if config.get_password().is_none()
            && let Some(password) = find_password(&config)
        {
            config.password(password);
        }
        Ok(Postgres {
            client: config.connect(NoTls)?,
            prepared: HashMap::new(),
        })
    }
}

impl Postgres {
    fn prepared(&mut self, statement: String) -> Tried<Statement> {
        if let Some(prepared) = self.prepared.get(&statement) {
            return Ok(prepared.clone());
        }
        let prepared = self.client.prepare(&statement)?;
        if self.prepared.len() >= MOST_PREPARED {
            self.prepared.clear();
        }
        self.prepared.insert(statement, prepared.clone());
        Ok(prepared)
    }
}

/// Where Postgres's own programs look for a server that the URL does not name.
fn default_host() -> String {
    const SOCKETS: &str = "/var/run/postgresql";
    match std::env::var("PGHOST") {
        Ok(host) if !host.is_empty() => host,
        _ if Path::new(SOCKETS).is_dir() => SOCKETS.to_owned(),
        _ => "localhost".to_owned(),
    }
}

fn no_tls() -> Failed {
    Failed::Caller(Error::usage(
        "this program is built without TLS, which sslmode demands; reach the server through a tunnel or a local proxy \
         (ssh -L, stunnel, pgbouncer) and set sslmode=disable",
    ))
}

fn find_password(config: &Config) -> Option<String> {
    let user = config.get_user()?;
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.as_str(),
        // Postgres's own programs look a socket in its usual folder up so.
        _ => "localhost",
    };
    password::find(&Account {
        host,
        port: config.get_ports().first().copied().unwrap_or(5432),
        database: config.get_dbname().unwrap_or(user),
        user,
    })
}

impl Engine for Postgres {
    fn batch(&mut self, statements: &str) -> Tried<()> {
        Ok(self.client.batch_execute(statements)?)
    }

    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Tried<u64> {
        Ok(self.client.execute(statement, &parameters(values))?)
    }

    fn query(&mut self, query: &str, values: &[Value<'_>]) -> Tried<Vec<Vec<OwnedValue>>> {
        let statement = self.prepared(query.to_owned())?;
        let rows = self.client.query(&statement, &parameters(values))?;
        let convert = |row: postgres::Row| {
            let value = |column: usize| {
                Ok(if *row.columns()[column].type_() == Type::INT8 {
                    let integer: Option<i64> = row.try_get(column)?;
                    integer.map_or(OwnedValue::Null, OwnedValue::Integer)
                } else if *row.columns()[column].type_() == Type::BYTEA {
                    let bytes: Option<Vec<u8>> = row.try_get(column)?;
                    bytes.map_or(OwnedValue::Null, OwnedValue::Bytes)
                } else {
                    let text: Option<String> = row.try_get(column)?;
                    text.map_or(OwnedValue::Null, OwnedValue::Text)
                })
            };
            (0..row.len()).map(value).collect()
        };
        rows.into_iter().map(convert).collect()
    }

    fn stage(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()> {
        let copy = format!("copy {} from stdin (format binary)", table.with_columns());
        let kind = |(_, kind): &(&str, ColumnType)| match kind {
            ColumnType::Integer => Type::INT8,
            ColumnType::Text => Type::TEXT,
            ColumnType::Boolean => Type::BOOL,
            ColumnType::Bytes => Type::BYTEA,
        };
        let types: Vec<Type> = table.columns.iter().map(kind).collect();
        let name = table.name;
        let mut rows = StagedRows {
            writer: BinaryCopyInWriter::new(self.client.copy_in(&copy)?, &types),
            name,
        };
        // Dropped without being finished, it is taken back.
        fill(&mut rows)?;
        rows.writer.finish()?;
        Ok(())
    }

    /// All rows go over in one stream, and the statement runs once.
    fn execute_for_rows(
        &mut self,
        table: &StagedTable,
        statement: &str,
        fill: &mut Fill<'_>,
    ) -> Tried<()> {
        self.batch(&table.ddl())?;
        self.stage(table, fill)?;
        self.analyze(table.name)?;
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let rows = format!("select {} from {}", columns.join(", "), table.name);
        self.batch(&statement.replace(ROWS, &rows))?;
        self.batch(&format!("drop table {}", table.name))
    }

    fn pour(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()> {
        self.stage(table, fill)
    }

    /// One query for all keys, and one row for all that is found: that is quicker than a row for each.
    fn find(&mut self, table: &KeyedTable, keys: Keys<'_>, found: &mut Found<'_>) -> Tried<()> {
        let KeyedTable { name, key, number } = table;
        let kind = match keys {
            Keys::Integers(_) => "bigint",
            Keys::Bytes(_) => "bytea",
        };
        // With a limit it is a look into the index for each key, whatever the planner thinks of the number of keys: it would
        // rather read a table of any length from its start to its end.
        let query = format!(
            "select array_agg(wanted.place), array_agg(found.number) \
             from unnest($1::{kind}[]) with ordinality wanted (key, place), \
             lateral (select {number} as number from {name} where {name}.{key} = wanted.key limit 1) found"
        );
        let statement = self.prepared(query)?;
        let row = self.client.query_one(&statement, &[&keys])?;
        let (places, numbers): (Option<Vec<i64>>, Option<Vec<i64>>) =
            (row.try_get(0)?, row.try_get(1)?);
        for (place, number) in places
            .into_iter()
            .zip(numbers)
            .flat_map(|(p, n)| p.into_iter().zip(n))
        {
            found(place as usize - 1, number);
        }
        Ok(())
    }

    fn execute_for(&mut self, statement: &str, keys: Keys<'_>) -> Tried<u64> {
        let statement = self.prepared(statement.to_owned())?;
        Ok(self.client.execute(&statement, &[&keys])?)
    }

    /// It never makes them wait, and syncs at every commit.
    fn serve_readers(&mut self) -> Tried<()> {
        Ok(())
    }

    fn try_hold(&mut self) -> Tried<Option<String>> {
        let taken = self
            .client
            .query_one("select pg_try_advisory_lock($1)", &[&LONG_LOCK])?;
        if taken.try_get(0)? {
            return Ok(None);
        }
        let holder = self.client.query_opt(
            "select concat(application_name, ', process ', pid, ' of the server, from ', coalesce(host(client_addr), 'there'), \
             ', connected since ', date_trunc('second', backend_start)) \
             from pg_stat_activity where pid in (select pid from pg_locks where locktype = 'advisory' and granted \
             and classid::bigint = $1::bigint >> 32 and objid::bigint = $1::bigint & 4294967295 \
             and database = (select oid from pg_database where datname = current_database()))",
            &[&LONG_LOCK],
        )?;
        match holder {
            Some(holder) => Ok(Some(holder.try_get(0)?)),
            None => Ok(Some("somebody".to_owned())),
        }
    }

    fn has_table(&mut self, table: &str) -> Tried<bool> {
        let query = "select count(*) from (select to_regclass($1) as place) as found where place is not null";
        let rows = self.query(query, &[Value::Text(table)])?;
        Ok(rows != [[OwnedValue::Integer(0)]])
    }

    fn begin(&mut self) -> Tried<()> {
        let patience = PATIENCE.as_millis();
        self.batch(&format!(
            "begin isolation level read committed; set local lock_timeout = {patience}; select pg_advisory_xact_lock({LOCK})"
        ))
    }

    fn begin_reading(&mut self) -> Tried<()> {
        self.batch("begin isolation level repeatable read read only")
    }

    fn commit(&mut self) -> Tried<()> {
        self.batch("commit")
    }

    fn rollback(&mut self) -> Tried<()> {
        self.batch("rollback")
    }

    fn analyze(&mut self, table: &str) -> Tried<()> {
        self.batch(&format!("analyze {table}"))
    }

    /// An entry of an index, with all that belongs to it, takes a third of a page at most: 2,704 bytes.
    fn text_limits(&self) -> TextLimits {
        TextLimits {
            holds_nul: false,
            longest_key: 2_600,
        }
    }

    fn spell(&self, schema: &str) -> String {
        schema.to_owned()
    }
}

struct StagedRows<'c> {
    writer: BinaryCopyInWriter<'c>,
    name: &'static str,
}

impl Rows for StagedRows<'_> {
    fn push(&mut self, row: &[Value<'_>]) -> Result<()> {
        self.writer
            .write(&parameters(row))
            .map_err(|error| Error::database("write", self.name, Box::new(Said(error))))
    }
}

fn parameters<'v>(values: &'v [Value<'_>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(integer) => integer.to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Boolean(is) => is.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        <i64 as ToSql>::accepts(kind)
            || <&str as ToSql>::accepts(kind)
            || <bool as ToSql>::accepts(kind)
            || <&[u8] as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}

impl ToSql for Keys<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Keys::Integers(keys) => keys.to_sql(kind, out),
            Keys::Bytes(keys) => keys.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        <&[i64] as ToSql>::accepts(kind) || <&[&[u8]] as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}

/// An error of the client with all that it knows: by itself it says no more than "db error".
#[derive(Debug)]
struct Said(postgres::Error);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(database) = self.0.as_db_error() else {
            write!(f, "{}", self.0)?;
            let mut cause = StdError::source(&self.0);
            while let Some(error) = cause {
                write!(f, ": {error}")?;
                if error.to_string() == "password missing" {
                    f.write_str("; it may stand in the URL, in PGPASSWORD or in ~/.pgpass")?;
                }
                cause = error.source();
            }
            return Ok(());
        };
        write!(
            f,
            "{} (SQLSTATE {})",
            database.message(),
            database.code().code()
        )?;
        for further in [database.detail(), database.hint()].into_iter().flatten() {
            write!(f, "; {further}")?;
        }
        Ok(())
    }
}

impl StdError for Said {}

impl From<postgres::Error> for Failed {
    fn from(error: postgres::Error) -> Self {
        Failed::Engine(Box::new(Said(error)))
    }
}
