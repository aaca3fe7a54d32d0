//! Ids on their way to partitions, to each of them once.

use std::collections::HashSet;

use super::record::{Buckets, put_bytes};
use crate::error::Result;
use crate::id::Id;
use crate::id_bytes;
use crate::io::Sink;

/// Ids of one sort, and which of them have gone where.
pub(super) struct EachOnce {
    gone: HashSet<(u32, Box<[u8]>)>,
    buckets: Buckets,
}

impl EachOnce {
    pub(super) fn new(tag: u8, partitions: u32) -> Self {
        EachOnce {
            gone: HashSet::new(),
            buckets: Buckets::new(tag, partitions),
        }
    }

    /// Lets the id go to a partition, unless it has.
    pub(super) fn add(&mut self, id: Id<'_>, to: u32, output: &mut Sink) -> Result<()> {
        let entry = (to, id_bytes::bytes_of(id).into_boxed_slice());
        if !self.gone.contains(&entry) {
            self.buckets
                .add(to, output, |out| put_bytes(out, &entry.1))?;
            self.gone.insert(entry);
        }
        Ok(())
    }

    /// Writes the rest.
    pub(super) fn finish(self, output: &mut Sink) -> Result<()> {
        self.buckets.finish(output)
    }
}
