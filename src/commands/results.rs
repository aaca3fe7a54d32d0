//! How a result that a subcommand prints gets to standard output.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use mixtape::Result;
use mixtape::io::{STANDARD_STREAM, Sink};

/// Begins a result; it is whole once the sink is finished.
pub fn begin() -> Result<Sink> {
    Sink::create(Path::new(STANDARD_STREAM))
}

/// Prints what `write` makes.
pub fn print(write: impl FnOnce(&mut Sink) -> io::Result<()>) -> Result<()> {
    let mut output = begin()?;
    write(&mut output).map_err(|error| output.error(error))?;
    output.finish()
}

/// Prints a value as JSON, indented.
pub fn print_json(value: &impl Serialize) -> Result<()> {
    print(|output| write_json(output, value))
}

/// Writes a value as JSON, indented, with a line end.
pub fn write_json(output: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, value)?;
    writeln!(output)
}
