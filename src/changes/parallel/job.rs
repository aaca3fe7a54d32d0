//! What all threads are told.

use crate::changes::{ChangesFormat, ConsumerOfResolved};
use crate::json::Limits;

/// What is read, and how.
pub(super) struct Job<'j, C: ConsumerOfResolved> {
    pub(super) name: &'j str,
    pub(super) format: ChangesFormat,
    pub(super) limits: Limits,
    pub(super) resolver: &'j C::Resolver,
}
