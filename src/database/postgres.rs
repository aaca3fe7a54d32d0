//! Postgres.

mod login;
mod password;
mod said;
mod values;

use std::collections::HashMap;

use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;
use postgres::{Client, NoTls, Statement};

use super::engine::{Engine, Fill, Found, MOST_PREPARED, PATIENCE, ROWS, Rows, Tried};
use super::{KeyedTable, Keys, OwnedValue, StagedTable, TextLimits, Value};
use crate::error::{Error, Result};
use said::Said;
use values::parameters;

/// The lock of all loads into one database: the letters of `mixtape` as a number.
const LOCK: i64 = 0x006d_6978_7461_7065;

/// The lock of those who work on the database for long.
const LONG_LOCK: i64 = LOCK + 1;

pub(super) struct Postgres {
    client: Client,
    /// What is run again and again.
    prepared: HashMap<String, Statement>,
}

impl Postgres {
    pub(super) fn open(url: &str) -> Tried<Self> {
        Ok(Postgres {
            client: login::config(url)?.connect(NoTls)?,
            prepared: HashMap::new(),
        })
    }

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
        rows.into_iter().map(|row| values::of_row(&row)).collect()
    }

    fn stage(&mut self, table: &StagedTable, fill: &mut Fill<'_>) -> Tried<()> {
        let copy = format!("copy {} from stdin (format binary)", table.with_columns());
        let types: Vec<Type> = table
            .columns
            .iter()
            .map(|(_, kind)| values::type_of(*kind))
            .collect();
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

    fn count_of_tables(&self) -> &'static str {
        "select count(*) from (select to_regclass($1) as place) as found where place is not null"
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
