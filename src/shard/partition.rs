//! A partition of changes as the steps behind `exist` read it: in front of it, what it names that is missing.

use std::io::Read;

use super::blocks::{CHANGES, behind, start_at};
use super::ending::Ending;
use super::frame::{Frames, damaged, tag};
use super::judge::Judge;
use super::plan::Plan;
use crate::changes::{self, Consumer};
use crate::error::{Error, ErrorKind, Result};
use crate::json::Limits;

/// Takes the operations, and what is missing to judge them.
pub(super) trait Judging<'s>: Consumer {
    /// Who is told what is missing.
    fn judge(&mut self) -> &mut Judge<'s>;
}

/// Reads all of it for `judging`; or up to an operation that passes a limit, at which the changes end the run.
pub(super) fn read<'s>(
    frames: &mut Frames<impl Read>,
    plan: &Plan,
    limits: Limits,
    judging: &mut impl Judging<'s>,
) -> Result<Option<Ending>> {
    let mut position = plan.start();
    let mut operations = plan.operations;
    while let Some(block) = frames.next()? {
        match block.tag {
            tag::MISSING_USERS => judging.judge().users.take(block.payload)?,
            tag::MISSING_SONGS => judging.judge().songs.take(block.payload)?,
            tag::LINES => {
                let start = start_at(position, operations);
                match changes::read_from(CHANGES, block.payload, start, limits, judging) {
                    Ok(read) => operations = read.operations,
                    Err(error) => return over_limit(error).map(Some),
                }
                position = behind(position, block.payload);
            }
            _ => return Err(damaged()),
        }
    }
    Ok(None)
}

/// What ends the run where an operation passes a limit; any other error is one of this step.
pub(super) fn over_limit(error: Error) -> Result<Ending> {
    match Ending::of(&error) {
        Some(ending) if error.kind() == ErrorKind::Limit => Ok(ending),
        _ => Err(error),
    }
}
