//! The line of NDJSON that a reject is.

use std::fmt;
use std::io::{self, Write};

use base64::Engine;
use serde::Serializer;

use super::{Evidence, Reject};
use crate::json::{Position, write_on_one_line, write_string};

/// Whether what is read as an operation or a row may be a line of a reject file that holds it; what such a line holds is none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapping {
    Possible,
    Excluded,
}

/// The format that every reject file has; of operations it is again a valid CHANGES. `source` names the input where a run has
/// several.
pub(super) fn write_line(
    line: &mut Vec<u8>,
    source: Option<&str>,
    reject: &Reject<'_>,
) -> io::Result<()> {
    let Position {
        line: row,
        column,
        byte,
    } = reject.position;
    write!(
        line,
        "{{\"reason\": \"{}\", \"message\": ",
        reject.rejection.reason()
    )?;
    write_message(line, &reject.rejection)?;
    if let Some(source) = source {
        line.extend_from_slice(b", \"source\": ");
        write_string(line, source)?;
    }
    write!(
        line,
        ", \"number\": {}, \"line\": {row}, \"column\": {column}, \"byte\": {byte}, ",
        reject.number
    )?;
    match reject.evidence {
        Evidence::Operation(json) => {
            line.extend_from_slice(b"\"operation\": ");
            write_on_one_line(line, json)?;
        }
        Evidence::Row(json) => {
            line.extend_from_slice(b"\"row\": ");
            write_on_one_line(line, json)?;
        }
        Evidence::Event(bytes) => write_text(line, "event", bytes)?,
        Evidence::Raw(bytes) => write_text(line, "raw", bytes)?,
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// A text under its name; bytes that are none as base64.
fn write_text(line: &mut Vec<u8>, name: &str, bytes: &[u8]) -> io::Result<()> {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            write!(line, "\"{name}\": ")?;
            write_string(line, text)
        }
        Err(_) => {
            let text = base64::engine::general_purpose::STANDARD.encode(bytes);
            write!(line, "\"raw_base64\": \"{text}\"")
        }
    }
}

/// Formats straight into the line, escaped, without a `String` between.
fn write_message(line: &mut Vec<u8>, message: &impl fmt::Display) -> io::Result<()> {
    serde_json::Serializer::new(line)
        .collect_str(message)
        .map_err(io::Error::from)
}
