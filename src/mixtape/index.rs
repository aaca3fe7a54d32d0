//! The index of a mixtape: what exists now, and what operations have made of it.

use super::catalogue::{Catalogue, Directory, IdSet, Resolved, Unbuilt};
use super::changed::{Changed, Changing, Counters};
use super::document::located;
use super::key::Key;
use super::kind::Kind;
use super::locate::{duplicate_error, user_without_id};
use super::scan::{Scan, scan_document};
use crate::error::{Error, Result};
use crate::in_order::Threads;
use crate::io::{Memory, Rereadable};
use crate::json::Limits;
use crate::operation::Operation;
use crate::rejects::Verdict;
use foldhash::quality::RandomState;

/// What exists in a mixtape, by id, and where its playlists stand in the document.
///
/// Memory: 30 bytes a playlist and 8 a user or song, and for each of them 6.4 in a table, or a quarter of one where the ids are
/// numbers that ascend; ids that are no decimal numbers their own length more; and 8 bytes for each appended song. The document
/// itself is not kept.
pub struct Index {
    pub(super) catalogue: Catalogue,
    pub(super) changed: Changed,
    /// Room for the lookups of a batch of operations.
    resolved: Resolved,
}

impl Index {
    /// Reads the document once and indexes it.
    ///
    /// # Errors
    /// When it cannot be read, is no mixtape, or passes a limit; always with its position. When it was changed meanwhile.
    ///
    /// ```
    /// use mixtape::{io::Rereadable, json::HoldLimit, mixtape::Index};
    /// let limit = HoldLimit { bytes: 1 << 20, what: "an id", flag: "--max-id" };
    /// let file = tempfile::NamedTempFile::new()?;
    /// std::fs::write(file.path(), r#"{"users": [], "songs": [], "playlists": []}"#)?;
    /// let index = Index::read(&Rereadable::open(file.path(), &Default::default())?, limit)?;
    /// assert_eq!(index.playlist_count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(mixtape: &Rereadable, limits: impl Into<Limits>) -> Result<Self> {
        Self::read_into(&Memory::UNLIMITED, mixtape, limits, Threads::ONE)
    }

    /// [`read`](Self::read) on so many threads, or as many of them as the system gives, with the index, and all that operations
    /// make of it, in this memory. The index is the same for any number of threads.
    ///
    /// # Errors
    /// As [`read`](Self::read), and when the memory's temporary files cannot be written.
    pub fn read_into(
        memory: &Memory,
        mixtape: &Rereadable,
        limits: impl Into<Limits>,
        threads: Threads,
    ) -> Result<Self> {
        let limits = limits.into();
        let scan = scan_document(mixtape, limits, memory, threads)?;
        let index =
            Self::of_scan(scan, mixtape, limits, memory).map_err(|error| located(mixtape, error));
        // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
        mixtape.check_unchanged().and(index)
    }

    fn of_scan(scan: Scan, mixtape: &Rereadable, limits: Limits, memory: &Memory) -> Result<Self> {
        let layout = scan.layout.unwrap_or_else(|| scan.users.layout());
        let hasher = RandomState::default();
        let texts = scan.texts;
        let unbuilt = |kind, unbuilt, key: &dyn Fn(u32) -> Key| match unbuilt {
            Unbuilt::NoRoom(none) => Error::from(none),
            Unbuilt::Twice(duplicate) => {
                let key = key(duplicate.second);
                duplicate_error(mixtape, limits, &texts, kind, duplicate, key)
            }
        };
        let set = |kind, keys| {
            IdSet::build(keys, &texts, &hasher)
                .map_err(|(reason, keys)| unbuilt(kind, reason, &|index| keys[index as usize]))
        };
        let users = scan
            .users
            .into_keys(layout)
            .map_err(|number| user_without_id(mixtape, limits, layout, number as u32))?;
        let users = set(Kind::Users, users)?;
        let songs = set(Kind::Songs, scan.songs)?;
        let mut playlists = scan.playlists;
        let key = |index| playlists.key(index);
        playlists.directory = Directory::build(playlists.len(), key, &texts, &hasher, memory)
            .map_err(|reason| unbuilt(Kind::Playlists, reason, &key))?;
        let counters = Counters {
            largest: scan.largest,
            beyond: 0,
        };
        let changed = Changed::nothing(playlists.len(), counters, memory)?;
        let catalogue = Catalogue {
            number_ids: playlists.len() > 0 && scan.string_ids == 0,
            layout,
            owner: scan.owner.unwrap_or(layout.usual_owner()).to_owned(),
            array: scan.array,
            separators: scan.separators,
            hasher,
            texts,
            users,
            songs,
            playlists,
        };
        Ok(Index::new(catalogue, changed))
    }

    pub(super) fn new(catalogue: Catalogue, changed: Changed) -> Self {
        Index {
            catalogue,
            changed,
            resolved: Resolved::default(),
        }
    }

    /// Playlists that exist now.
    pub fn playlist_count(&self) -> u64 {
        self.changed.playlist_count()
    }

    /// What the document has, and what operations make of it.
    pub fn halves(&mut self) -> (&Catalogue, Changing<'_>) {
        let changing = Changing::new(&self.catalogue, &mut self.changed);
        (&self.catalogue, changing)
    }

    /// [`Changing::make_room`]
    ///
    /// # Errors
    /// As there.
    pub fn make_room(&mut self, operations: &[Operation<'_>]) -> Result<()> {
        self.halves().1.make_room(operations)
    }

    /// [Looks up](Catalogue::resolve) what the operations name, and [applies](Changing::apply) them.
    pub fn apply_batch<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) {
        self.resolved.clear();
        self.catalogue.resolve(operations, &mut self.resolved);
        Changing::new(&self.catalogue, &mut self.changed).apply(
            operations,
            &mut self.resolved,
            verdict,
        );
    }
}

#[cfg(test)]
mod tests;
