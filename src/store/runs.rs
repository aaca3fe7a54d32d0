//! What became of playlists, run by run: written behind each other, and merged so that there are never many.

use std::cell::RefCell;

use super::chunk::ChunkWriter;
use super::damaged;
use super::edits::{Edit, NewEdits};
use super::merged::Merged;
use super::rows::RowBuffer;
use super::tables::CHUNKS;
use crate::database::{Database, Keys, OwnedValue, Value};
use crate::error::Result;

/// Runs of one level that are merged into one of the next level.
const TOGETHER: usize = 8;

/// Bytes that are merged at most: a commit does not wait long for it. So the runs are at least an eighth of it in the end, and
/// an export reads one chunk of each at a time.
const MOST: i64 = 64 << 20;

/// One run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// A later one has a higher number, and holds what was done later.
    pub(super) number: i64,
    level: i64,
    bytes: i64,
}

/// All runs, in their order.
pub(super) struct Runs(Vec<Run>);

impl Runs {
    pub(super) fn read(database: &mut Database) -> Result<Self> {
        let rows = database.query("select run, level, bytes from store_runs order by run", &[])?;
        let run = |row: &Vec<OwnedValue>| {
            Some(Run {
                number: row[0].integer()?,
                level: row[1].integer()?,
                bytes: row[2].integer()?,
            })
        };
        let runs: Option<Vec<Run>> = rows.iter().map(run).collect();
        runs.map(Runs).ok_or_else(damaged)
    }

    pub(super) fn numbers(&self) -> Vec<i64> {
        self.0.iter().map(|run| run.number).collect()
    }

    /// Writes edits as a run of the number `next`, and merges what there is enough of.
    pub(super) fn add(
        &mut self,
        database: &mut Database,
        edits: &mut NewEdits,
        next: &mut i64,
    ) -> Result<()> {
        if edits.is_empty() {
            return Ok(());
        }
        let mut writer = RunWriter::new(next);
        edits.drain(|playlist, edit| writer.push(database, playlist, edit))?;
        self.0.extend(writer.finish(database, 0)?);
        while let Some(first) = self.to_merge() {
            self.merge(database, first, next)?;
        }
        Ok(())
    }

    /// From which one on the last ones are to be merged.
    fn to_merge(&self) -> Option<usize> {
        let first = self.0.len().checked_sub(TOGETHER)?;
        let runs = &self.0[first..];
        let is_enough = runs.iter().all(|run| run.level == runs[0].level);
        (is_enough && runs.iter().map(|run| run.bytes).sum::<i64>() <= MOST).then_some(first)
    }

    fn merge(&mut self, database: &mut Database, first: usize, next: &mut i64) -> Result<()> {
        let runs = self.0.split_off(first);
        let numbers: Vec<i64> = runs.iter().map(|run| run.number).collect();
        let mut writer = RunWriter::new(next);
        let shared = RefCell::new(&mut *database);
        let mut merged = Merged::open(&shared, &numbers, 0)?;
        while let Some(playlist) = merged.next()? {
            let mut write = |edit: Edit<'_>| writer.push(&mut shared.borrow_mut(), playlist, edit);
            match (merged.is_removed()?, merged.is_created()?) {
                (false, _) => merged.each(write)?,
                (true, false) => write(Edit::Removed)?,
                (true, true) => {}
            }
        }
        drop(merged);
        let level = runs[0].level + 1;
        for table in ["store_chunks", "store_runs"] {
            database.execute_for(
                &format!("delete from {table} where run = any($1)"),
                Keys::Integers(&numbers),
            )?;
        }
        self.0.extend(writer.finish(database, level)?);
        Ok(())
    }
}

/// Writes a run.
pub(super) struct RunWriter {
    number: i64,
    chunks: i64,
    bytes: i64,
    writer: ChunkWriter,
    rows: RowBuffer,
}

impl RunWriter {
    pub(super) fn new(next: &mut i64) -> Self {
        let number = *next;
        *next += 1;
        RunWriter {
            number,
            chunks: 0,
            bytes: 0,
            writer: ChunkWriter::default(),
            rows: RowBuffer::new(&CHUNKS),
        }
    }

    /// Adds an edit; they come in the order of playlists.
    pub(super) fn push(
        &mut self,
        database: &mut Database,
        playlist: i64,
        edit: Edit<'_>,
    ) -> Result<()> {
        self.writer.push(playlist, edit);
        if self.writer.is_full() {
            self.end_chunk(database)?;
        }
        Ok(())
    }

    fn end_chunk(&mut self, database: &mut Database) -> Result<()> {
        if let Some((last, bytes)) = self.writer.take() {
            let integers = [self.number, last, self.chunks].map(Value::Integer);
            let [number, last, chunk] = integers;
            self.rows.push(&[number, last, chunk, Value::Bytes(&bytes)]);
            self.chunks += 1;
            self.bytes += bytes.len() as i64;
        }
        if self.rows.is_full() {
            self.rows.pour(database)?;
        }
        Ok(())
    }

    /// Writes the rest. The run; none where there is nothing in it.
    pub(super) fn finish(mut self, database: &mut Database, level: i64) -> Result<Option<Run>> {
        self.end_chunk(database)?;
        self.rows.pour(database)?;
        if self.chunks == 0 {
            return Ok(None);
        }
        let run = Run {
            number: self.number,
            level,
            bytes: self.bytes,
        };
        database.execute(
            "insert into store_runs (run, level, bytes) values ($1, $2, $3)",
            &[run.number, run.level, run.bytes].map(Value::Integer),
        )?;
        Ok(Some(run))
    }
}
