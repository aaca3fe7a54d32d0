//! How much of a piece a batch has.

use super::batch::Batch;

/// What was read of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gathered {
    pub(super) operations: u64,
    /// The batch has them all; else it was too small for them.
    pub(super) is_whole: bool,
}

impl Gathered {
    pub(super) const NOTHING: Gathered = Gathered {
        operations: 0,
        is_whole: true,
    };

    /// Room for one more: a batch that is full is emptied, and what is read from then on is only known to be right.
    pub(super) fn make_room(&mut self, batch: &mut Batch) {
        if batch.is_full() {
            batch.clear();
            self.is_whole = false;
        }
    }
}
