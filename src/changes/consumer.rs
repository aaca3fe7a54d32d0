//! Who takes operations, and what it is told.

use super::ChangesFormat;
use crate::error::Result;
use crate::json::{Held, Position};
use crate::operation::Operation;
use crate::rejects::{Reject, Verdict};

/// Takes the operations in file order.
pub trait Consumer {
    /// Applies operations in order and gives `verdict` each one's number in the batch and its outcome.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()>;

    /// Takes what could not be applied, or not even be understood; `held` shows what stands around it.
    ///
    /// # Errors
    /// When the run shall end, or cannot go on.
    fn reject(&mut self, reject: &Reject<'_>, held: &dyn Held) -> Result<()>;

    /// Is told the layout, before the first operation.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn begins(&mut self, _format: ChangesFormat) -> Result<()> {
        Ok(())
    }

    /// How many operations it wants at once.
    fn batch_size(&self) -> BatchSize {
        BatchSize::SMALL
    }

    /// Is told how far CHANGES is dealt with, rejects included: from there on it can be read again another time.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn passed<'p>(&mut self, _passed: impl FnOnce() -> Passed<'p>) -> Result<()> {
        Ok(())
    }

    /// Whether operations shall not wait for further ones to fill a batch with, and [`waiting`](Self::waiting) be called.
    /// Only lines are read so.
    fn is_eager(&self) -> bool {
        false
    }

    /// Is called before more is read, which may take any time.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn waiting(&mut self) -> Result<()> {
        Ok(())
    }
}

/// How many operations are applied together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    /// Operations.
    pub operations: usize,
    /// A batch ends early when its operations are longer than this together: they are all held in the window.
    pub bytes: u64,
    /// Of operations that are read member by member, so many: each needs buffers of its own.
    pub elements: usize,
}

impl BatchSize {
    /// For an index in memory: enough for the lookups of one to hide those of the others, few enough to stay in the cache.
    pub const SMALL: BatchSize = BatchSize {
        operations: 64,
        bytes: 128 * 1024,
        elements: 64,
    };

    /// For a part of a mixtape that is made for them: enough that making it, and looking up what they name, costs little for each.
    pub const FOR_A_PART: BatchSize = BatchSize {
        operations: 16_384,
        bytes: 2 << 20,
        elements: 2048,
    };
}

/// Looks up what operations name, on any thread and ahead of their turn: what it finds must not depend on operations.
pub trait Resolver: Sync {
    /// What it has found.
    type Resolved: Default + Send;

    /// Looks up what `operations` name, behind what was looked up before.
    fn resolve(&self, operations: &[Operation<'_>], resolved: &mut Self::Resolved);

    /// Forgets what was looked up.
    fn clear(resolved: &mut Self::Resolved);
}

/// A consumer that can have what operations name looked up ahead.
pub trait ConsumerOfResolved: Consumer {
    /// Who looks it up.
    type Resolver: Resolver;

    /// Applies the operations that come next in `resolved`, `most` of them at the most, as long as that says all that applying
    /// them takes; returns how many. All of them are applied, none is rejected.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn apply_known(&mut self, most: usize, resolved: &mut ResolvedOf<Self>) -> Result<usize>;

    /// [`Consumer::apply`], with what these operations name, which comes next in `resolved`.
    ///
    /// # Errors
    /// When the run cannot go on.
    fn apply_resolved<'a>(
        &mut self,
        operations: &[Operation<'a>],
        resolved: &mut ResolvedOf<Self>,
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()>;
}

/// What is looked up for a consumer.
pub type ResolvedOf<C> = <<C as ConsumerOfResolved>::Resolver as Resolver>::Resolved;

/// How far CHANGES is dealt with.
#[derive(Clone, Copy, Debug)]
pub struct Passed<'p> {
    /// Operations up to there, rejected ones included.
    pub operations: u64,
    /// Behind the last one.
    pub position: Position,
    /// The last one's bytes.
    pub last: &'p [u8],
}
