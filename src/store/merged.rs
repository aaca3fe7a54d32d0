//! What became of playlists, out of all runs at once and in the order of playlists.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chunk::{ChunkReader, Damaged};
use super::damaged;
use super::edits::Edit;
use super::pieces::Shared;
use crate::database::Value;
use crate::error::{Error, Result};

/// Reads some runs together, a chunk of each in memory.
pub(super) struct Merged<'s, 'd> {
    database: &'s Shared<'d>,
    /// In the order of runs: what is done later stands behind.
    cursors: Vec<Cursor>,
    /// The playlist that is next in each that has not come to its end.
    next: BinaryHeap<Reverse<(i64, usize)>>,
    playlist: i64,
    /// Those that have edits of this playlist, in their order.
    at: Vec<usize>,
}

/// Where one run is read.
struct Cursor {
    run: i64,
    /// What tells the chunk from the others of the run, in their order.
    place: (i64, i64),
    chunk: ChunkReader,
}

impl<'s, 'd> Merged<'s, 'd> {
    /// Begins at the first playlist from `first` on of which the runs know anything.
    pub(super) fn open(database: &'s Shared<'d>, runs: &[i64], first: i64) -> Result<Self> {
        let mut merged = Merged {
            database,
            cursors: Vec::with_capacity(runs.len()),
            next: BinaryHeap::with_capacity(runs.len()),
            playlist: first,
            at: Vec::new(),
        };
        for &run in runs {
            let mut cursor = Cursor {
                run,
                place: (first - 1, i64::MAX),
                chunk: ChunkReader::default(),
            };
            cursor.fetch(database)?;
            while cursor.chunk.playlist().is_some_and(|next| next < first) {
                cursor.pass(database)?;
            }
            merged.cursors.push(cursor);
            merged.expect(merged.cursors.len() - 1);
        }
        Ok(merged)
    }

    fn expect(&mut self, cursor: usize) {
        if let Some(playlist) = self.cursors[cursor].chunk.playlist() {
            self.next.push(Reverse((playlist, cursor)));
        }
    }

    /// The next playlist that has edits.
    pub(super) fn next(&mut self) -> Result<Option<i64>> {
        for cursor in std::mem::take(&mut self.at) {
            while self.cursors[cursor].chunk.playlist() == Some(self.playlist) {
                self.cursors[cursor].pass(self.database)?;
            }
            self.expect(cursor);
        }
        let Some(&Reverse((playlist, _))) = self.next.peek() else {
            return Ok(None);
        };
        self.playlist = playlist;
        while let Some(&Reverse((other, cursor))) = self.next.peek()
            && other == playlist
        {
            self.at.push(cursor);
            self.next.pop();
        }
        Ok(Some(playlist))
    }

    /// Whether the playlist is removed.
    pub(super) fn is_removed(&self) -> Result<bool> {
        // Where it is, its run knows nothing else of it.
        self.at.iter().try_fold(false, |is, &cursor| {
            Ok(is | (self.cursors[cursor].chunk.edit()? == Edit::Removed))
        })
    }

    /// Whether its creation is among the edits.
    pub(super) fn is_created(&self) -> Result<bool> {
        let first = self.at.first().map(|&cursor| &self.cursors[cursor]);
        let edit = first.map(|cursor| cursor.chunk.edit()).transpose()?;
        Ok(matches!(edit, Some(Edit::Created { .. })))
    }

    /// Gives all edits of the playlist, in the order in which they were made.
    pub(super) fn each(&mut self, mut take: impl FnMut(Edit<'_>) -> Result<()>) -> Result<()> {
        for &cursor in &self.at {
            let cursor = &mut self.cursors[cursor];
            while cursor.chunk.playlist() == Some(self.playlist) {
                take(cursor.chunk.edit()?)?;
                cursor.pass(self.database)?;
            }
        }
        Ok(())
    }
}

impl Cursor {
    /// Goes behind an edit.
    fn pass(&mut self, database: &Shared<'_>) -> Result<()> {
        self.chunk.pass()?;
        match self.chunk.playlist() {
            Some(_) => Ok(()),
            None => self.fetch(database),
        }
    }

    /// Reads the next chunk; at the end, there is an empty one.
    fn fetch(&mut self, database: &Shared<'_>) -> Result<()> {
        let (last, chunk) = self.place;
        let mut rows = database.borrow_mut().query(
            "select last, chunk, edits from store_chunks where run = $1 and (last, chunk) > ($2, $3) \
             order by last, chunk limit 1",
            &[self.run, last, chunk].map(Value::Integer),
        )?;
        let Some(mut row) = rows.pop() else {
            self.chunk = ChunkReader::default();
            return Ok(());
        };
        let bytes = row.pop().and_then(|bytes| bytes.into_bytes());
        let (Some(last), Some(chunk), Some(bytes)) = (row[0].integer(), row[1].integer(), bytes)
        else {
            return Err(damaged());
        };
        self.place = (last, chunk);
        self.chunk = ChunkReader::new(bytes)?;
        Ok(())
    }
}

impl From<Damaged> for Error {
    fn from(_: Damaged) -> Self {
        damaged()
    }
}
