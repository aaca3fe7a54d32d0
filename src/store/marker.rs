//! How far a source of changes is applied: the row that stands in the transaction of what it says.

use super::trail::Print;
use crate::changes::ChangesFormat;
use crate::database::{Database, OwnedValue, Value};
use crate::error::{Error, Result};
use crate::json::Position;

/// How a source is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SourceKind {
    /// It has an end, and is told from others by its bytes.
    Finite,
    /// It never ends, and is told from others by its name.
    Endless,
}

impl SourceKind {
    fn name(self) -> &'static str {
        match self {
            SourceKind::Finite => "finite",
            SourceKind::Endless => "endless",
        }
    }
}

/// How far a source is applied.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    /// Which one it is in the store.
    pub(super) number: i64,
    pub(super) name: String,
    pub(super) kind: SourceKind,
    /// Its layout, where something was read.
    pub(super) format: Option<ChangesFormat>,
    /// Whether its end is reached.
    pub(super) is_done: bool,
    /// Operations dealt with, rejected ones included.
    pub(super) operations: u64,
    pub(super) rejected: u64,
    /// Where the last of them ends.
    pub(super) place: Position,
    /// How the source begins.
    pub(super) head: String,
    /// What it is up to there.
    pub(super) print: Print,
    /// Length of the reject file.
    pub(super) reject_bytes: Option<u64>,
    /// What the source's own log calls the place.
    pub(super) position: Option<String>,
    /// The store's commit that this row is of.
    pub(super) commits: u64,
}

const COLUMNS: &str = "number, name, kind, format, is_done, operations, rejected, bytes, line, place_in_line, head, chain, \
                       rest, reject_bytes, position, commits";

impl Marker {
    /// One of a source of which nothing is done.
    pub(super) fn new(number: i64, name: &str, kind: SourceKind, head: String) -> Self {
        Marker {
            number,
            name: name.to_owned(),
            kind,
            format: None,
            is_done: false,
            operations: 0,
            rejected: 0,
            place: Position::START,
            head,
            print: super::trail::Printer::new().print(),
            reject_bytes: None,
            position: None,
            commits: 0,
        }
    }

    /// All of them, in the order in which they were begun.
    pub(super) fn all(database: &mut Database) -> Result<Vec<Marker>> {
        let query = format!("select {COLUMNS} from store_sources order by number");
        let rows = database.query(&query, &[])?;
        rows.iter().map(|row| Self::of_row(row)).collect()
    }

    fn of_row(row: &[OwnedValue]) -> Result<Marker> {
        let damaged = || Error::conflict("the store is damaged: a source's row is not understood");
        let integer = |column: usize| row[column].integer().ok_or_else(damaged);
        let text = |column: usize| row[column].text().map(str::to_owned).ok_or_else(damaged);
        let format = row[3].text().map(str::parse).transpose();
        let bytes = integer(7)? as u64;
        Ok(Marker {
            number: integer(0)?,
            name: text(1)?,
            kind: match text(2)?.as_str() {
                "endless" => SourceKind::Endless,
                _ => SourceKind::Finite,
            },
            format: format.map_err(|_| damaged())?,
            is_done: integer(4)? != 0,
            operations: integer(5)? as u64,
            rejected: integer(6)? as u64,
            place: Position {
                line: integer(8)? as u64,
                column: integer(9)? as u64,
                byte: bytes,
            },
            head: text(10)?,
            print: Print {
                offset: bytes,
                chain: text(11)?,
                rest: text(12)?,
            },
            reject_bytes: row[13].integer().map(|length| length as u64),
            position: row[14].text().map(str::to_owned),
            commits: integer(15)? as u64,
        })
    }

    /// Writes it in place of its former self. Inside of the transaction of what it says.
    pub(super) fn write(&self, database: &mut Database) -> Result<()> {
        let columns = COLUMNS.split(", ");
        let set: Vec<String> = columns
            .skip(1)
            .map(|column| format!("{column} = excluded.{column}"))
            .collect();
        let statement = format!(
            "insert into store_sources ({COLUMNS}) values \
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
             on conflict (number) do update set {}",
            set.join(", ")
        );
        let integer = |number: u64| Value::Integer(number as i64);
        database.execute(
            &statement,
            &[
                Value::Integer(self.number),
                Value::Text(&self.name),
                Value::Text(self.kind.name()),
                Value::from(self.format.map(ChangesFormat::name)),
                Value::Integer(i64::from(self.is_done)),
                integer(self.operations),
                integer(self.rejected),
                integer(self.place.byte),
                integer(self.place.line),
                integer(self.place.column),
                Value::Text(&self.head),
                Value::Text(&self.print.chain),
                Value::Text(&self.print.rest),
                Value::from(self.reject_bytes.map(|length| length as i64)),
                Value::from(self.position.as_deref()),
                integer(self.commits),
            ],
        )?;
        Ok(())
    }
}
