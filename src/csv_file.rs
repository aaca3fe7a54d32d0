//! A table as CSV after RFC 4180, complete or untouched.

use std::fmt::Display;
use std::io::Write;
use std::path::Path;

use crate::error::Result;
use crate::io::Sink;

/// A file of records under construction.
///
/// Null is nothing between two commas, an empty text is `""`, as Postgres reads them.
pub(crate) struct CsvFile {
    sink: Sink,
    record: Vec<u8>,
    records: i64,
}

impl CsvFile {
    /// Begins a file at `path`, with its header.
    pub(crate) fn create(path: &Path, columns: &[&str]) -> Result<Self> {
        let mut file = CsvFile {
            sink: Sink::create(path)?,
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
        self.record.clear();
        append_record(&mut self.record, fill);
        self.records += 1;
        self.sink
            .write_all(&self.record)
            .map_err(|error| self.sink.error(error))
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
pub(crate) fn append_record(records: &mut Vec<u8>, fill: impl FnOnce(&mut Record<'_>)) {
    fill(&mut Record(records));
    // Each field is followed by a comma, of which the last one is too much.
    records.pop();
    records.extend_from_slice(b"\r\n");
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
