//! Tables that did not fit into memory: each in order in a file without a name, and merged while they are read again.

use std::fs::File;

use super::lists::{Lists, ListsConsumer};
use super::merge::Merge;
use super::run_file;
use crate::error::Result;

/// Runs that are merged at once, each through a buffer of its own.
const MOST: usize = 32;

/// Runs in the order in which they came: what a later one says is newer.
#[derive(Default)]
pub(super) struct Runs {
    files: Vec<File>,
    /// How many tables there were.
    pub(super) count: u64,
}

impl Runs {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Writes a table behind those that there are.
    pub(super) fn add(&mut self, lists: &mut dyn Lists) -> Result<()> {
        if self.files.len() == MOST {
            let merged = run_file::write(|each| Merge::of(&mut self.files)?.for_each(each))?;
            self.files = vec![merged];
        }
        self.files
            .push(run_file::write(|each| lists.for_each(each))?);
        self.count += 1;
        Ok(())
    }
}

impl Lists for Runs {
    fn for_each(&mut self, each: &mut ListsConsumer<'_>) -> Result<()> {
        Merge::of(&mut self.files)?.for_each(each)
    }
}
