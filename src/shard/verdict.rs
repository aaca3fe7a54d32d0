//! Step `verdict`: whether the run goes well, before anything of it is written. It runs once; where it does not, the step ends
//! with the error that one machine would end with.

use std::io::Read;

use serde::Deserialize;

use super::ending::Ending;
use super::frame::{Frames, damaged, tag};
use super::plan::Bounds;
use crate::error::Result;

/// What has become of all operations.
#[derive(Deserialize)]
struct Outcome {
    /// What messages call the changes.
    name: String,
    /// Operations.
    read: u64,
    /// Those that are rejected.
    rejected: u64,
    /// What the first partition with a reject too many has found of it.
    passed: Option<(u64, u64)>,
    /// The first of those that the steps have found.
    ending: Option<Ending>,
}

/// The step. Without a frame it only says that the run's options are possible.
pub(super) fn run(mut frames: Frames<impl Read>, bounds: &Bounds) -> Result<()> {
    let outcome: Outcome = match frames.next()? {
        None => return Ok(()),
        Some(frame) if frame.tag == tag::FOUND => frame.json()?,
        Some(_) => return Err(damaged()),
    };
    let Outcome {
        name,
        read,
        rejected,
        passed,
        ending,
    } = outcome;
    match (bounds.max_rejects, passed, ending) {
        (Some(limit), Some((rejected, read)), _) => {
            Err(limit.error(&name, "operations", rejected, read))
        }
        (_, _, Some(ending)) => Err(ending.into_error(&name)),
        (Some(limit), ..) if limit.is_passed(rejected, read) => {
            Err(limit.error(&name, "operations", rejected, read))
        }
        _ => Ok(()),
    }
}
