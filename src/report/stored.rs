//! What the readers of the database share.

use crate::database::{Database, OwnedValue, Value};
use crate::error::{Error, Result};
use crate::listening;

/// Makes sure that there are personalised playlists.
pub(super) fn require(database: &mut Database) -> Result<()> {
    if listening::SCHEMA.is_readable(database)? {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "{} has no personalised playlists: make them with `mixtape consolidate PLAYLISTS EVENTS --db …` first",
        database.name()
    )))
}

/// Where a playlist stands among the others: `playlist_9` before `playlist_10`.
pub(super) fn playlist_order(playlist: &str) -> (u64, String) {
    let digits = playlist.rsplit('_').next().unwrap_or_default();
    (digits.parse().unwrap_or(u64::MAX), playlist.to_owned())
}

/// The values of a row, by their columns.
pub(super) struct Row<'a>(pub(super) &'a [OwnedValue]);

impl Row<'_> {
    pub(super) fn optional_text(&self, column: usize) -> Option<String> {
        Some(self.0.get(column)?.text()?.to_owned())
    }

    pub(super) fn text(&self, column: usize) -> String {
        self.optional_text(column).unwrap_or_default()
    }

    pub(super) fn optional_integer(&self, column: usize) -> Option<i64> {
        self.0.get(column)?.integer()
    }

    /// A sum over nothing is 0.
    pub(super) fn integer(&self, column: usize) -> i64 {
        self.optional_integer(column).unwrap_or(0)
    }
}

/// What rows must be like: SQL with places for values.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// Conditions, each with `and` before it.
    pub(super) sql: String,
    values: Vec<String>,
}

impl Condition {
    /// Everything.
    pub(super) fn new() -> Self {
        Condition {
            sql: String::new(),
            values: Vec::new(),
        }
    }

    /// Further that one of the columns holds one of the names, where names are asked for.
    pub(super) fn holds(mut self, columns: &[&str], names: Option<&[String]>) -> Self {
        let Some(names) = names else { return self };
        let first = self.values.len() + 1;
        let places: Vec<String> = (first..first + names.len())
            .map(|n| format!("${n}"))
            .collect();
        let places = places.join(", ");
        let one_of: Vec<String> = columns
            .iter()
            .map(|column| format!("{column} in ({places})"))
            .collect();
        self.sql += &format!(" and ({})", one_of.join(" or "));
        self.values.extend_from_slice(names);
        self
    }

    /// What stands in the places.
    pub(super) fn parameters(&self) -> Vec<Value<'_>> {
        self.values.iter().map(|text| Value::Text(text)).collect()
    }
}
