//! A CSV file with a header, read row by row.

use std::io::{Cursor, Read};
use std::path::Path;

use csv::{Position as CsvPosition, Reader, StringRecord};

use crate::error::{Error, Result};
use crate::io::{Source, SourceOptions};
use crate::json::{Position, foreign_encoding};

/// Bytes read at once.
const CAPACITY: usize = 256 * 1024;

/// Most characters of a wrong header that are shown.
const SHOWN: usize = 200;

/// A CSV file with a header, read row by row.
pub(crate) struct CsvTable<const COLUMNS: usize> {
    pub(crate) name: String,
    rows: Reader<Box<dyn Read>>,
    /// Where the columns stand that were asked for.
    columns: [usize; COLUMNS],
    row: StringRecord,
}

impl<const COLUMNS: usize> CsvTable<COLUMNS> {
    /// Opens a table and finds the columns, in any order and in any case of letters.
    pub(crate) fn open(
        path: &Path,
        wanted: [&str; COLUMNS],
        options: &SourceOptions,
    ) -> Result<Self> {
        let source = Source::open(path, options)?;
        Self::read(source.name().to_owned(), Box::new(source), wanted)
    }

    /// The same of a source that is open.
    pub(crate) fn read(
        name: String,
        mut bytes: Box<dyn Read>,
        wanted: [&str; COLUMNS],
    ) -> Result<Self> {
        let mut head = Vec::new();
        let begun = (&mut bytes).take(4).read_to_end(&mut head);
        begun.map_err(|error| Error::io("read", &name, error))?;
        if let Some(message) = foreign_encoding(&head) {
            return Err(Error::data(&name, Position::START, message));
        }
        let bytes: Box<dyn Read> = Box::new(Cursor::new(head).chain(bytes));
        let mut rows = csv::ReaderBuilder::new()
            .buffer_capacity(CAPACITY)
            .from_reader(bytes);
        let header = rows.headers().map_err(|error| csv_error(&name, error))?;
        let mut columns = [0; COLUMNS];
        for (column, wanted) in columns.iter_mut().zip(wanted) {
            let is_wanted = |title: &str| {
                title
                    .trim_start_matches('\u{feff}')
                    .trim()
                    .eq_ignore_ascii_case(wanted)
            };
            *column = header.iter().position(is_wanted).ok_or_else(|| {
                let there: Vec<&str> = header.iter().collect();
                let shown: String = there.join(", ").chars().take(SHOWN).collect();
                let hint = match there[..] {
                    [] => " nothing: the file is empty".to_owned(),
                    [first, ..] if first.starts_with(['{', '[']) => {
                        format!(" {shown}: this looks like JSON, and CSV is expected")
                    }
                    [_] => format!(" {shown}; fields are separated by commas"),
                    _ => format!(" {shown}"),
                };
                let message = format!("there is no column {wanted:?}; the header has{hint}");
                Error::data(&name, Position::START, message)
            })?;
        }
        Ok(CsvTable {
            name,
            rows,
            columns,
            row: StringRecord::new(),
        })
    }

    /// The wanted columns of the next row, and where it starts.
    pub(crate) fn next(&mut self) -> Result<Option<([&str; COLUMNS], Position)>> {
        let is_row = self
            .rows
            .read_record(&mut self.row)
            .map_err(|error| csv_error(&self.name, error))?;
        if !is_row {
            return Ok(None);
        }
        let position = self.row.position().map_or(Position::START, position_of);
        Ok(Some((
            self.columns.map(|column| &self.row[column]),
            position,
        )))
    }
}

fn position_of(position: &CsvPosition) -> Position {
    Position {
        line: position.line(),
        column: 1,
        byte: position.byte(),
    }
}

#[cold]
fn csv_error(name: &str, error: csv::Error) -> Error {
    let position = error.position().map_or(Position::START, position_of);
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => format!(
            "not UTF-8 in column {}; convert it first; from Latin-1: iconv -f ISO-8859-1 -t UTF-8",
            err.field() + 1
        ),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("a row of {len} columns under a header of {expected_len}")
        }
        _ => error.to_string(),
    };
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::io("read", name, error),
        _ => Error::data(name, position, message),
    }
}
