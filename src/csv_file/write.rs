//! A table that is written, complete or untouched.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use crate::error::Result;
use crate::io::Sink;

/// What stands behind a record.
#[derive(Clone, Copy)]
pub(crate) enum LineEnd {
    /// As RFC 4180 has it.
    CrLf,
    /// As programs of Unix expect it.
    Lf,
}

impl LineEnd {
    fn bytes(self) -> &'static [u8] {
        match self {
            LineEnd::CrLf => b"\r\n",
            LineEnd::Lf => b"\n",
        }
    }
}

/// A file of records under construction.
///
/// Null is nothing between two commas, an empty text is `""`, as Postgres reads them.
pub(crate) struct CsvFile {
    sink: Sink,
    line_end: LineEnd,
    record: Vec<u8>,
    records: i64,
}

impl CsvFile {
    /// Begins a file at `path`, with its header.
    pub(crate) fn create(path: &Path, columns: &[&str]) -> Result<Self> {
        Self::begin(Sink::create(path)?, LineEnd::CrLf, columns)
    }

    /// The same in a sink.
    pub(crate) fn begin(sink: Sink, line_end: LineEnd, columns: &[&str]) -> Result<Self> {
        let mut file = CsvFile {
            sink,
            line_end,
            record: Vec::new(),
            records: 0,
        };
        let header = |record: &mut Record<'_>| {
            for column in columns {
                record.text(Some(column));
            }
        };
        file.write(header)?;
        file.records = 0;
        Ok(file)
    }

    /// Writes a record of the fields that `fill` gives it.
    pub(crate) fn write(&mut self, fill: impl FnOnce(&mut Record<'_>)) -> Result<()> {
        self.try_write(fill).map_err(|error| self.sink.error(error))
    }

    /// The same, for whoever has words of its own for a failure.
    pub(crate) fn try_write(&mut self, fill: impl FnOnce(&mut Record<'_>)) -> io::Result<()> {
        self.record.clear();
        append(&mut self.record, self.line_end, fill);
        self.records += 1;
        self.sink.write_all(&self.record)
    }

    /// Hands over what is gathered, likewise.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    /// What messages call the file.
    pub(crate) fn name(&self) -> &str {
        self.sink.name()
    }

    /// Writes records that [`append_record`] has made. They are not counted.
    pub(crate) fn write_appended(&mut self, records: &[u8]) -> Result<()> {
        let written = self.sink.write_all(records);
        written.map_err(|error| self.sink.error(error))
    }

    /// How many records were written, the header not counted.
    pub(crate) fn records(&self) -> i64 {
        self.records
    }

    /// Puts the file in place.
    pub(crate) fn finish(self) -> Result<()> {
        self.sink.finish()
    }
}

/// Appends a record of the fields that `fill` gives it.
#[inline]
pub(crate) fn append_record(records: &mut Vec<u8>, fill: impl FnOnce(&mut Record<'_>)) {
    append(records, LineEnd::CrLf, fill);
}

#[inline]
fn append(records: &mut Vec<u8>, line_end: LineEnd, fill: impl FnOnce(&mut Record<'_>)) {
    fill(&mut Record(records));
    // Each field is followed by a comma, of which the last one is too much.
    records.pop();
    records.extend_from_slice(line_end.bytes());
}

/// A record to be filled with fields.
pub(crate) struct Record<'b>(pub(crate) &'b mut Vec<u8>);

impl Record<'_> {
    pub(crate) fn text(&mut self, text: Option<impl AsRef<[u8]>>) {
        let text = text.as_ref().map(AsRef::as_ref);
        match text {
            None => {}
            Some(text) if needs_quotes(text) => {
                self.0.push(b'"');
                for (i, part) in text.split(|&byte| byte == b'"').enumerate() {
                    if i > 0 {
                        self.0.extend_from_slice(b"\"\"");
                    }
                    self.0.extend_from_slice(part);
                }
                self.0.push(b'"');
            }
            Some(text) => self.0.extend_from_slice(text),
        }
        self.0.push(b',');
    }

    pub(crate) fn integer(&mut self, integer: Option<i64>) {
        if let Some(integer) = integer {
            self.0
                .extend_from_slice(itoa::Buffer::new().format(integer).as_bytes());
        }
        self.0.push(b',');
    }

    /// Fields as another record has them, each with its comma.
    pub(crate) fn fields(&mut self, fields: &[u8]) {
        self.0.extend_from_slice(fields);
    }

    /// What needs no quotes.
    pub(crate) fn plain(&mut self, value: impl Display) {
        // Writing into memory does not fail.
        let _ = write!(self.0, "{value},");
    }
}

fn needs_quotes(text: &[u8]) -> bool {
    text.is_empty()
        || text
            .iter()
            .any(|byte| matches!(byte, b'"' | b',' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_library(
            rows in proptest::collection::vec(proptest::array::uniform3("[ab,\"\r\n é]{0,5}"), 0..5),
        ) {
            let mut theirs = csv::Writer::from_writer(Vec::new());
            let mut ours = Vec::new();
            for row in &rows {
                theirs.write_record(row).unwrap();
                append(&mut ours, LineEnd::Lf, |record| {
                    for text in row {
                        // The library writes an empty text as it writes none.
                        record.text(Some(text).filter(|text| !text.is_empty()));
                    }
                });
            }
            prop_assert_eq!(ours, theirs.into_inner().unwrap());
        }
    }
}
