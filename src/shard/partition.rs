//! A partition of changes as the steps behind `exist` read it: in front of it, what it names that is missing.

use std::io::Read;

use super::blocks::{CHANGES, behind, start_at};
use super::frame::{Frames, damaged, tag};
use super::judge::Judge;
use super::plan::Plan;
use crate::changes::{self, Consumer};
use crate::error::Result;
use crate::json::Limits;

/// Takes the operations, and what is missing to judge them.
pub(super) trait Judging: Consumer {
    /// Who is told what is missing.
    fn judge(&mut self) -> &mut Judge;
}

/// Reads all of it for `judging`.
pub(super) fn read(
    frames: &mut Frames<impl Read>,
    plan: &Plan,
    limits: Limits,
    judging: &mut impl Judging,
) -> Result<()> {
    let mut position = plan.start();
    let mut operations = plan.operations;
    while let Some(block) = frames.next()? {
        match block.tag {
            tag::MISSING_USERS => judging.judge().users.take(block.payload)?,
            tag::MISSING_SONGS => judging.judge().songs.take(block.payload)?,
            tag::LINES => {
                let start = start_at(position, operations);
                let read = changes::read_from(CHANGES, block.payload, start, limits, judging)?;
                operations = read.operations;
                position = behind(position, block.payload);
            }
            _ => return Err(damaged()),
        }
    }
    Ok(())
}
