//! The two ways in which a consumer takes the operations of a batch.

use super::{Consumer, ConsumerOfResolved, ResolvedOf};
use crate::error::Result;
use crate::operation::Operation;
use crate::rejects::Verdict;

/// How a consumer takes operations.
pub(super) trait Way<C: Consumer> {
    fn consumer(&mut self) -> &mut C;

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()>;
}

/// As they come.
pub(super) struct Now<'c, C>(pub(super) &'c mut C);

impl<C: Consumer> Way<C> for Now<'_, C> {
    fn consumer(&mut self) -> &mut C {
        self.0
    }

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.0.apply(operations, verdict)
    }
}

/// With what they name looked up ahead.
pub(super) struct Ahead<'c, C: ConsumerOfResolved>(
    pub(super) &'c mut C,
    pub(super) &'c mut ResolvedOf<C>,
);

impl<C: ConsumerOfResolved> Way<C> for Ahead<'_, C> {
    fn consumer(&mut self) -> &mut C {
        self.0
    }

    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.0.apply_resolved(operations, self.1, verdict)
    }
}
