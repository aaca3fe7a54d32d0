//! The lines that are among the highest, and how they are written.

use std::cmp::Ordering;
use std::io::{self, Write};

use super::Keep;
use super::line::ScoredLine;
use super::score::Score;

/// A line that is among the highest so far: score and id, or the whole line.
#[derive(Debug)]
pub(super) struct Winner {
    value: i64,
    score: Box<[u8]>,
    /// Where its line starts, to let the earlier one win.
    offset: u64,
    payload: Box<[u8]>,
}

impl Winner {
    pub(super) fn new(line: &ScoredLine<'_>, keep: Keep) -> Self {
        let payload = match keep {
            Keep::Ids => line.id,
            Keep::Lines => line.text,
        };
        Winner {
            value: line.score.value(),
            score: line.score.text().into(),
            offset: line.offset,
            payload: payload.into(),
        }
    }

    /// Whether a line ranks higher.
    pub(super) fn is_below(&self, score: Score<'_>, offset: u64) -> bool {
        match self.score().cmp(&score) {
            Ordering::Less => true,
            Ordering::Equal => offset < self.offset,
            Ordering::Greater => false,
        }
    }

    fn score(&self) -> Score<'_> {
        Score::of_parts(self.value, &self.score)
    }
}

impl Ord for Winner {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score()
            .cmp(&other.score())
            .then_with(|| other.offset.cmp(&self.offset))
    }
}

impl PartialOrd for Winner {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Winner {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Winner {}

/// The highest lines, the highest first.
#[derive(Debug, Default)]
pub struct Winners(Vec<Winner>);

impl Winners {
    pub(super) fn new(descending: Vec<Winner>) -> Self {
        Winners(descending)
    }

    /// These and those of an input that comes after theirs, as far as they are among the `count` highest of both.
    pub fn merge(self, later: Winners, count: u64) -> Winners {
        let mut merged = self.0;
        merged.extend(later.0);
        // A stable sort: among equal scores those of the earlier input stay in front.
        merged.sort_by(|a, b| b.score().cmp(&a.score()));
        merged.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        Winners(merged)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes an indented JSON array of `{"score": …, "id": …}`. For lines kept as [`Keep::Ids`].
    ///
    /// # Errors
    /// What `output` returns.
    pub fn write_json(&self, output: &mut impl Write) -> io::Result<()> {
        output.write_all(b"[")?;
        for (i, winner) in self.0.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            write!(output, "{comma}\n  {{\n    \"score\": ")?;
            output.write_all(&winner.score)?;
            output.write_all(b",\n    \"id\": ")?;
            output.write_all(&winner.payload)?;
            output.write_all(b"\n  }")?;
        }
        output.write_all(if self.is_empty() { b"]\n" } else { b"\n]\n" })
    }

    /// Writes one `{"score": …, "id": …}` a line. For lines kept as [`Keep::Ids`].
    ///
    /// # Errors
    /// What `output` returns.
    pub fn write_ndjson(&self, output: &mut impl Write) -> io::Result<()> {
        for winner in &self.0 {
            output.write_all(b"{\"score\": ")?;
            output.write_all(&winner.score)?;
            output.write_all(b", \"id\": ")?;
            output.write_all(&winner.payload)?;
            output.write_all(b"}\n")?;
        }
        Ok(())
    }

    /// Writes the lines themselves, which are again input for [`top`](super::top). For lines kept as [`Keep::Lines`].
    ///
    /// # Errors
    /// What `output` returns.
    pub fn write_lines(&self, output: &mut impl Write) -> io::Result<()> {
        for winner in &self.0 {
            output.write_all(&winner.payload)?;
            output.write_all(b"\n")?;
        }
        Ok(())
    }
}
