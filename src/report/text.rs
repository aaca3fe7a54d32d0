//! A report as text: a bar for each playlist, as wide as the terminal.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::figures::{grouped, hours};
use super::personalised::PlaylistFigures;
use super::read::Report;
use crate::json::visible;

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Columns.
    pub width: usize,
    /// Whether it shall be sent colours.
    pub colours: bool,
}

/// Narrower ones have a name on a line of its own.
const NARROW: usize = 60;

/// Columns of the longest name beside a bar.
const LONGEST_NAME: usize = 32;

/// Columns of a bar where there is hardly room for one.
const SHORTEST_BAR: usize = 6;

/// Between the columns.
const GAP: usize = 2;

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

const COLOUR: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

impl Report {
    /// Writes the seconds of each playlist with bars. Nothing that a name holds can steer the terminal.
    ///
    /// # Errors
    /// When `output` does not take it.
    pub fn write_text(&self, output: &mut impl Write, terminal: Terminal) -> io::Result<()> {
        writeln!(output, "Seconds streamed of {}", self.subject())?;
        writeln!(output)?;
        if self.playlists.is_empty() {
            writeln!(output, "There are none.")?;
            return Ok(());
        }
        let rows: Vec<BarRow> = self.playlists.iter().map(BarRow::new).collect();
        let most = self.playlists.iter().map(|row| row.seconds_streamed).max();
        let layout = Layout::new(&rows, most.unwrap_or(0), terminal);
        for row in &rows {
            layout.write(output, row)?;
        }
        writeln!(output)?;
        writeln!(output, "{}", self.heard())?;
        writeln!(output, "{}", self.share())
    }
}

struct BarRow {
    name: String,
    seconds: i64,
    shown: [String; 2],
}

impl BarRow {
    fn new(figures: &PlaylistFigures) -> Self {
        let seconds = figures.seconds_streamed;
        BarRow {
            name: visible(&figures.playlist_name),
            seconds,
            shown: [format!("{} s", grouped(seconds)), hours(seconds)],
        }
    }
}

/// Columns: a name, a bar, seconds, hours.
struct Layout {
    is_narrow: bool,
    name: usize,
    bar: usize,
    shown: [usize; 2],
    most: i64,
    colours: bool,
}

impl Layout {
    fn new(rows: &[BarRow], most: i64, terminal: Terminal) -> Self {
        let widest = |width: &dyn Fn(&BarRow) -> usize| rows.iter().map(width).max().unwrap_or(0);
        let shown = [0, 1].map(|column| widest(&|row| row.shown[column].len()));
        let is_narrow = terminal.width < NARROW;
        let name = if is_narrow {
            terminal.width
        } else {
            widest(&|row| row.name.width()).min(LONGEST_NAME)
        };
        let beside = if is_narrow { 0 } else { name + GAP };
        let taken = beside + shown[0] + shown[1] + 2 * GAP;
        Layout {
            is_narrow,
            name,
            bar: terminal.width.saturating_sub(taken).max(SHORTEST_BAR),
            shown,
            most,
            colours: terminal.colours,
        }
    }

    fn write(&self, output: &mut impl Write, row: &BarRow) -> io::Result<()> {
        let name = shortened(&row.name, self.name);
        if self.is_narrow {
            writeln!(output, "{name}")?;
        } else {
            let blanks = self.name - name.width() + GAP;
            write!(output, "{name}{:blanks$}", "")?;
        }
        let bar = bar(row.seconds, self.most, self.bar);
        let [colour, plain] = if self.colours {
            [COLOUR, PLAIN]
        } else {
            ["", ""]
        };
        let blanks = self.bar - bar.chars().count();
        let [seconds, hours] = &row.shown;
        let [seconds_width, hours_width] = self.shown;
        writeln!(
            output,
            "{colour}{bar}{plain}{:blanks$}  {seconds:>seconds_width$}  {hours:>hours_width$}",
            ""
        )
    }
}

/// A bar of eighths of a column. What is not nothing is seen.
fn bar(value: i64, most: i64, width: usize) -> String {
    if value <= 0 || most <= 0 {
        return String::new();
    }
    let eighths = i128::from(value) * (width as i128 * 8) / i128::from(most);
    let eighths = usize::try_from(eighths).unwrap_or(0).max(1);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// As much of a text as so many columns hold.
pub(super) fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut taken = 1; // for the dots
    for character in text.chars() {
        taken += character.width().unwrap_or(0);
        if taken > columns {
            break;
        }
        short.push(character);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_values() {
        assert_eq!(bar(8, 8, 4), "████");
        assert_eq!(bar(4, 8, 4), "██");
        assert_eq!(bar(5, 8, 4), "██▌");
        assert_eq!(bar(1, 1_000_000, 4), "▏");
        assert_eq!(bar(0, 8, 4), "");
        assert_eq!(bar(0, 0, 4), "");
        assert_eq!(bar(i64::MAX, i64::MAX, 300), "█".repeat(300));
    }

    #[test]
    fn names_are_shortened_to_columns_not_characters() {
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("abcd", 3), "ab…");
        assert_eq!(shortened("日本語", 5), "日本…");
        assert_eq!(shortened("日本語", 4), "日…");
        assert_eq!(shortened("日本語", 0), "…");
    }
}
