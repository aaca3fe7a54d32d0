//! The lines that are among the highest, and how they are written.

use std::cmp::Ordering;
use std::collections::TryReserveError;
use std::io::{self, Write};

use super::Keep;

use super::score::Score;
use super::scored_line::ScoredLine;
use crate::error::{Error, Result};

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
    /// Copies what is kept of a line.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub(super) fn new(
        line: &ScoredLine<'_>,
        keep: Keep,
    ) -> std::result::Result<Self, TryReserveError> {
        let payload = match keep {
            Keep::Ids => line.id,
            Keep::Lines => line.text,
        };
        Ok(Winner {
            value: line.score.value(),
            score: copy(line.score.text())?,
            offset: line.offset,
            payload: copy(payload)?,
        })
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

fn copy(bytes: &[u8]) -> std::result::Result<Box<[u8]>, TryReserveError> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(bytes.len())?;
    copy.extend_from_slice(bytes);
    Ok(copy.into_boxed_slice())
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
    ///
    /// # Errors
    /// When there is no memory for the list of them.
    pub fn merge(self, later: Winners, count: u64) -> Result<Winners> {
        let count_of_both =
            (self.len() + later.len()).min(usize::try_from(count).unwrap_or(usize::MAX));
        if self.is_empty() {
            let mut merged = later.0;
            merged.truncate(count_of_both);
            return Ok(Winners(merged));
        }
        let mut merged = Vec::new();
        merged
            .try_reserve_exact(count_of_both)
            .map_err(|_| Error::limit(too_many(count)))?;
        let mut earlier = self.0.into_iter().peekable();
        let mut later = later.0.into_iter().peekable();
        while merged.len() < count_of_both {
            let next = match (earlier.peek(), later.peek()) {
                // Among equal scores those of the earlier input stay in front.
                (Some(a), Some(b)) if a.score() >= b.score() => earlier.next(),
                (Some(_), None) => earlier.next(),
                _ => later.next(),
            };
            merged.extend(next);
        }
        Ok(Winners(merged))
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

/// What is said where the winners do not fit into the memory that the program may have.
#[cold]
pub(super) fn too_many(count: u64) -> String {
    format!(
        "the {count} highest do not fit into memory; ask for fewer, or allow the program more memory"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(score: &str, offset: u64) -> ScoredLine<'_> {
        ScoredLine {
            offset,
            score: Score::parse(score.as_bytes()).unwrap(),
            id: b"1",
            text: b"",
        }
    }

    proptest! {
        #[test]
        fn of_equal_scores_the_earlier_line_ranks_higher(
            (a, b) in (-2i128..3, -2i128..3),
            (earlier, later) in (0u64..3, 0u64..3),
            long: bool,
        ) {
            let far = if long { i128::from(i64::MAX) * 2 } else { 1 };
            let (a, b) = (((a * far).to_string(), earlier, a), ((b * far).to_string(), later, b));
            let expected = (a.2, std::cmp::Reverse(a.1)).cmp(&(b.2, std::cmp::Reverse(b.1)));
            let (line_a, line_b) = (line(&a.0, a.1), line(&b.0, b.1));
            let winner = |line| Winner::new(line, Keep::Ids).unwrap();
            prop_assert_eq!(winner(&line_a).cmp(&winner(&line_b)), expected);
            prop_assert_eq!(winner(&line_a) == winner(&line_b), expected.is_eq());
            prop_assert_eq!(winner(&line_a).is_below(line_b.score, line_b.offset), expected.is_lt());
        }
    }

    #[test]
    fn winners_that_do_not_fit_are_said_with_what_helps() {
        assert_eq!(
            too_many(7),
            "the 7 highest do not fit into memory; ask for fewer, or allow the program more memory"
        );
    }
}
