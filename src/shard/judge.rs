//! Which operations of a partition of changes are possible, as far as no playlist matters; and the ids of new playlists.

use std::collections::HashMap;

use super::record::Records;
use crate::error::Result;
use crate::id::{Id, IdKind};
use crate::id_bytes;
use crate::mixtape::{Counters, Part, Shape};
use crate::operation::{NewPlaylist, Operation};
use crate::rejects::Rejection;

/// Ids that are named and do not exist, and whether their twins do.
#[derive(Default)]
pub(super) struct Missing(HashMap<Box<[u8]>, bool>);

impl Missing {
    /// Adds those of a frame.
    pub(super) fn take(&mut self, payload: &[u8]) -> Result<()> {
        Records(payload).each(|record| {
            let has_twin = record.byte()? != 0;
            self.0.insert(record.bytes()?.into(), has_twin);
            Ok(())
        })
    }

    /// What exists under this id's text: it, or else its twin; or nothing.
    pub(super) fn existing<'a>(&self, id: Id<'a>) -> Option<Id<'a>> {
        if self.0.is_empty() {
            return Some(id);
        }
        match self.0.get(&id_bytes::bytes_of(id)[..]) {
            None => Some(id),
            Some(true) => Some(id.twin()),
            Some(false) => None,
        }
    }
}

/// What becomes of a new playlist where no other playlist matters.
pub(super) enum Judged<'a> {
    /// It is rejected, whatever playlists there are.
    Rejected(Rejection<'a>),
    /// It brings an id, which may be taken.
    Named(Id<'a>),
    /// It gets the next id: this one, or one of 2^64 or above, which its shard knows.
    Numbered(Option<u64>),
}

/// Judges new playlists in their order.
pub(super) struct Judge<'s> {
    pub(super) shape: &'s Shape,
    pub(super) users: Missing,
    pub(super) songs: Missing,
    /// The largest id below 2^64 so far.
    largest: u64,
}

impl<'s> Judge<'s> {
    /// In front of the first one, where nothing is known to be missing and this is the largest id below 2^64.
    pub(super) fn new(shape: &'s Shape, largest: u64) -> Self {
        Judge {
            shape,
            users: Missing::default(),
            songs: Missing::default(),
            largest,
        }
    }

    /// Gives `take` the number of each new playlist among `operations`, and what becomes of it.
    pub(super) fn judge<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut take: impl FnMut(usize, &NewPlaylist<'a>, Judged<'a>),
    ) -> Result<()> {
        let created = |operation: &Operation<'a>| match *operation {
            Operation::AddPlaylist(new) => Some(new),
            _ => None,
        };
        let new: Vec<NewPlaylist<'a>> = operations.iter().filter_map(created).collect();
        if new.is_empty() {
            return Ok(());
        }
        let users = new.iter().filter_map(|new| self.users.existing(new.owner));
        let songs = new.iter().flat_map(|new| new.songs.iter());
        let songs = songs.filter_map(|song| self.songs.existing(song));
        let (users, songs) = (each_once(users), each_once(songs));
        let counters = Counters {
            largest: Some(self.largest),
            beyond: 0,
        };
        let (users, songs) = (users.into_iter(), songs.into_iter());
        let mut part = Part::new(self.shape, users, songs, std::iter::empty(), counters)?;
        for (number, operation) in operations.iter().enumerate() {
            let Operation::AddPlaylist(new) = operation else {
                continue;
            };
            let before = part.counters().largest;
            let mut verdict = Ok(());
            part.apply(std::slice::from_ref(operation), |_, outcome| {
                verdict = outcome;
            })?;
            let after = part.counters().largest;
            let judged = match (verdict, new.id) {
                // Among these alone it says nothing; and nothing comes behind it.
                (Ok(()) | Err(Rejection::DuplicatePlaylist(_)), Some(id)) => Judged::Named(id),
                (Ok(()), None) => Judged::Numbered(after.filter(|_| before < Some(u64::MAX))),
                (Err(rejection), _) => Judged::Rejected(rejection),
            };
            take(number, new, judged);
        }
        self.largest = part.counters().largest.unwrap_or(0);
        Ok(())
    }
}

/// Ids in some order, each once.
pub(super) fn each_once<'a>(ids: impl Iterator<Item = Id<'a>>) -> Vec<Id<'a>> {
    let mut ids: Vec<Id<'a>> = ids.collect();
    ids.sort_unstable_by_key(|id| (id.kind == IdKind::String, id.text));
    ids.dedup();
    ids
}
