//! Standard output: what it is, a terminal of some width or something else, and how a result gets there.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use console::Term;
use serde::Serialize;

use mixtape::io::{STANDARD_STREAM, Sink};
use mixtape::report::Terminal;

/// Columns where there is no terminal.
const WIDTH: usize = 80;

/// Whether standard output is looked at by somebody.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// What it can show; colours only where nobody has set `NO_COLOR`.
pub fn standard_output() -> Terminal {
    let size = is_terminal()
        .then(|| Term::stdout().size_checked())
        .flatten();
    Terminal {
        width: size.map_or(WIDTH, |(_, columns)| usize::from(columns)),
        colours: is_terminal() && colours_are_wanted(),
    }
}

/// See <https://no-color.org>.
pub fn colours_are_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes a result there, whole.
pub fn print(write: impl FnOnce(&mut Sink) -> io::Result<()>) -> mixtape::Result<()> {
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
    write(&mut output).map_err(|error| output.error(error))?;
    output.finish()
}

/// The same as JSON, indented.
pub fn print_json(value: &impl Serialize) -> mixtape::Result<()> {
    print(|output| {
        serde_json::to_writer_pretty(&mut *output, value)?;
        writeln!(output)
    })
}
