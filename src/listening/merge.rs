//! Runs that are read side by side, as one.

use std::fs::File;

use super::lists::{Entry, List, ListsConsumer};
use super::run_file::{Place, RunReader, Stored, digits};
use crate::error::Result;

/// Runs that are read side by side.
pub(super) struct Merge<'f> {
    /// Those that have not ended, in the order in which they came.
    runs: Vec<RunReader<'f>>,
}

impl<'f> Merge<'f> {
    pub(super) fn of(files: &'f mut [File]) -> Result<Self> {
        let mut runs = Vec::new();
        for file in files {
            runs.push(RunReader::open(file)?);
        }
        runs.retain(|run| !run.has_ended);
        Ok(Merge { runs })
    }

    pub(super) fn for_each(mut self, each: &mut ListsConsumer<'_>) -> Result<()> {
        let mut block = Vec::new();
        let mut stored = Vec::new();
        while let Some(lowest) = self.lowest() {
            block.clear();
            stored.clear();
            let line = self.read_lowest(&lowest, &mut block, &mut stored)?;
            let text = |(start, length): Place| &block[start..start + length];
            let mut entries: Vec<Entry<'_>> = Vec::with_capacity(stored.len());
            // Stable: entries of one track stay in the order of their runs.
            stored.sort_by(|one, other| text(one.track).cmp(text(other.track)));
            for entry in &stored {
                let entry = Entry {
                    track: text(entry.track),
                    line: entry.line,
                    place: entry.place,
                    texts: entry.texts.map(|place| place.map(text)),
                    heard: entry.heard,
                };
                match entries.last_mut() {
                    Some(last) if last.track == entry.track => combine(last, &entry)?,
                    _ => entries.push(entry),
                }
            }
            let (user, number) = &lowest;
            each(&List::new(user, digits(number), line, &mut entries))?;
        }
        Ok(())
    }

    /// The user and the playlist that come next.
    fn lowest(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let lowest = self.runs.iter().min_by(|one, other| one.compare(other))?;
        Some((lowest.user.clone(), lowest.digits.clone()))
    }

    /// Reads the entries of a list from all runs that have it; the latest row of PLAYLISTS that says what is in it.
    fn read_lowest(
        &mut self,
        (user, digits): &(Vec<u8>, Vec<u8>),
        block: &mut Vec<u8>,
        stored: &mut Vec<Stored>,
    ) -> Result<u32> {
        let mut line = 0;
        for run in &mut self.runs {
            if run.user == *user && run.digits == *digits {
                line = line.max(run.line);
                run.read_list(block, stored)?;
            }
        }
        self.runs.retain(|run| !run.has_ended);
        Ok(line)
    }
}

/// What a later run says of a track is put to what an earlier one says.
fn combine<'e>(earlier: &mut Entry<'e>, later: &Entry<'e>) -> Result<()> {
    if later.line > 0 {
        (earlier.line, earlier.place) = (later.line, later.place);
        for (text, newer) in earlier.texts.iter_mut().zip(later.texts) {
            *text = newer.or(*text);
        }
    }
    earlier.heard.add(&later.heard)
}
