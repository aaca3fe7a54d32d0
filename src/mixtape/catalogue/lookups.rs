//! The lookups of operations, waiting and done.

use crate::mixtape::key::Key;
use crate::mixtape::kind::Kind;
use crate::operation::Operation;

/// What an id is in the document: the index of its entry.
pub(in crate::mixtape) type Found = Option<u32>;

/// What the ids of operations are in the document, in the order in which applying the operations asks for them.
#[derive(Default)]
pub struct Resolved {
    pub(super) pending: Vec<Pending>,
    pub(in crate::mixtape) found: Vec<u32>,
    /// Of those found, the ones that were asked for.
    pub(in crate::mixtape) taken: usize,
    /// Each operation, where nothing but what was found need be known of it.
    pub(super) known: Vec<Option<Known>>,
    /// Of the operations, those that have asked.
    begun: usize,
    /// Of the operations, those of which somebody [looked ahead](Self::look_ahead).
    seen: usize,
}

/// An operation of which nothing but this need be known: the indexes of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mixtape) struct Known {
    /// A playlist of the document.
    pub(in crate::mixtape) playlist: u32,
    /// The song that is appended to it; none where it is removed.
    pub(in crate::mixtape) song: Option<u32>,
}

impl Known {
    /// None where one of those that are named was not found.
    fn of(playlist: u32, song: Option<u32>) -> Option<Self> {
        (playlist != NONE && song != Some(NONE)).then_some(Known { playlist, song })
    }

    fn lookup_count(self) -> usize {
        1 + usize::from(self.song.is_some())
    }
}

/// Operations that are looked at together: enough for their places in memory to come at once, few enough to stay in the cache.
const AHEAD: usize = 64;

/// In place of the index of an entry: there is none.
pub(in crate::mixtape) const NONE: u32 = u32::MAX;

/// A number to be looked up in a hash table.
pub(super) struct Pending {
    /// Whose array it is looked up in.
    pub(in crate::mixtape) kind: Kind,
    pub(in crate::mixtape) hash: u64,
    pub(in crate::mixtape) key: Key,
    /// Where in `found` the result goes.
    pub(in crate::mixtape) place: u32,
}

impl Resolved {
    /// Forgets all of it.
    pub fn clear(&mut self) {
        self.found.clear();
        self.taken = 0;
        self.known.clear();
        self.begun = 0;
        self.seen = 0;
    }

    /// The next operation begins to ask.
    #[inline]
    pub(in crate::mixtape) fn begin(&mut self) {
        self.begun += 1;
    }

    /// The next operation, where nothing but this need be known of it.
    #[inline]
    pub(in crate::mixtape) fn peek(&self) -> Option<Known> {
        *self.known.get(self.begun)?
    }

    /// The next operation needs to ask for nothing more.
    #[inline]
    pub(in crate::mixtape) fn pass(&mut self, known: Known) {
        self.begun += 1;
        self.taken += known.lookup_count();
    }

    /// The playlists of the operations that come next, now and then a few together.
    #[inline]
    pub(in crate::mixtape) fn look_ahead(&mut self) -> Option<impl Iterator<Item = u32>> {
        if self.begun < self.seen {
            return None;
        }
        let next = self.known.get(self.begun..)?;
        let next = &next[..next.len().min(AHEAD)];
        self.seen = self.begun + AHEAD;
        Some(next.iter().flatten().map(|known| known.playlist))
    }

    /// Adds what is known of operations, of which what was found from `at` on is all.
    pub(super) fn add_known(&mut self, operations: &[Operation<'_>], mut at: usize) {
        let found = &self.found;
        self.known.extend(operations.iter().map(|operation| {
            let start = at;
            at += operation.lookup_count();
            match *operation {
                Operation::AddSong { .. } => Known::of(found[start], Some(found[start + 1])),
                Operation::RemovePlaylist { .. } => Known::of(found[start], None),
                Operation::AddPlaylist(_) => None,
            }
        }));
    }

    #[inline]
    pub(in crate::mixtape) fn push(&mut self, found: Found) {
        self.found.push(found.unwrap_or(NONE));
    }

    /// What was looked up next.
    ///
    /// # Panics
    /// When all was taken.
    #[inline]
    pub(in crate::mixtape) fn next(&mut self) -> Found {
        let found = self.found[self.taken];
        self.taken += 1;
        (found != NONE).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_playlist_is_looked_at_once_before_its_operation_comes() {
        for count in [0, 1, 63, 64, 65, 200] {
            let known = (0..count).map(|playlist| {
                let song = (playlist % 2 == 0).then_some(7);
                // Now and then there is an operation of which more need be known.
                (playlist % 5 != 3).then_some(Known { playlist, song })
            });
            let mut resolved = Resolved {
                known: known.collect(),
                ..Resolved::default()
            };
            let expected: Vec<Known> = resolved.known.iter().flatten().copied().collect();
            let (mut looked_at, mut passed) = (Vec::new(), Vec::new());
            for _ in 0..count {
                looked_at.extend(resolved.look_ahead().into_iter().flatten());
                match resolved.peek() {
                    None => resolved.begin(),
                    Some(known) => {
                        assert!(looked_at.contains(&known.playlist));
                        resolved.pass(known);
                        passed.push(known);
                    }
                }
            }
            assert_eq!(passed, expected);
            let playlists: Vec<u32> = expected.iter().map(|known| known.playlist).collect();
            assert_eq!(looked_at, playlists);
            assert_eq!(resolved.peek(), None);
        }
    }
}
