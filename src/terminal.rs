//! What a terminal can show, and whether standard output is one.

use std::io::{self, IsTerminal};

use console::Term;

use mixtape::report::Terminal;

/// Columns where there is no terminal.
const WIDTH: usize = 80;

/// Whether standard output is looked at by somebody.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// What standard output can show; colours only where nobody has set `NO_COLOR`.
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
