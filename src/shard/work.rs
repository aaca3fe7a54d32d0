//! What a step is given: its plan, the frames behind it, where it writes, within which bounds.

use std::io::Read;

use super::frame::{Frames, tag};
use super::plan::{Bounds, Ground, Plan};
use crate::error::{Error, Result};
use crate::io::Sink;
use crate::mixtape::Shape;

/// One partition of one step.
pub(super) struct Work<'w, R> {
    pub(super) plan: Plan,
    pub(super) frames: Frames<R>,
    pub(super) output: &'w mut Sink,
    pub(super) bounds: &'w Bounds,
}

impl<'w, R: Read> Work<'w, R> {
    /// Reads the first frame, which every step but one begins with.
    pub(super) fn begin(input: R, output: &'w mut Sink, bounds: &'w Bounds) -> Result<Self> {
        let mut frames = Frames::new(input);
        let plan: Plan = frames.expect(tag::PLAN)?.json()?;
        if plan.partition >= plan.partitions.get() {
            return Err(Error::usage("the plan's partition is none"));
        }
        Ok(Work {
            plan,
            frames,
            output,
            bounds,
        })
    }

    /// Reads the second one, of the steps that know how the whole mixtape is laid out.
    pub(super) fn shape(&mut self) -> Result<Shape> {
        let ground: Ground = self.frames.expect(tag::GROUND)?.json()?;
        Ok(ground.shape)
    }
}
