//! What became of playlists since they were imported: one edit as bytes, and edits as they are made.

use crate::varint;

/// What became of a playlist. There is either no more than [`Removed`](Edit::Removed) of it in a run, or `Created` first, or
/// only `Songs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit<'a> {
    Removed,
    /// Its id and its owner's, as bytes, and its further members.
    Created {
        id: &'a [u8],
        owner: &'a [u8],
        further: &'a [u8],
    },
    /// A list of ids.
    Songs(&'a [u8]),
}

const REMOVED: u64 = 0;
const CREATED: u64 = 1;
const SONGS: u64 = 2;

impl<'a> Edit<'a> {
    /// Adds its bytes.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Edit::Removed => varint::push(out, REMOVED),
            Edit::Created { id, owner, further } => {
                varint::push(out, CREATED);
                for part in [id, owner, further] {
                    varint::push_bytes(out, part);
                }
            }
            Edit::Songs(list) => {
                varint::push(out, SONGS);
                varint::push_bytes(out, list);
            }
        }
    }

    /// The edit that `bytes` begin with, taken off them; none where they are damaged.
    pub(super) fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        match varint::take(bytes)? {
            REMOVED => Some(Edit::Removed),
            CREATED => Some(Edit::Created {
                id: varint::take_bytes(bytes)?,
                owner: varint::take_bytes(bytes)?,
                further: varint::take_bytes(bytes)?,
            }),
            SONGS => varint::take_bytes(bytes).map(Edit::Songs),
            _ => None,
        }
    }
}

/// Edits as they are made, until they are put in order.
#[derive(Default)]
pub(super) struct NewEdits {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
}

/// Of a playlist: its edit begins at `start`.
#[derive(Clone, Copy)]
struct Entry {
    playlist: i64,
    start: usize,
    is_removal: bool,
    is_creation: bool,
}

/// Bytes of edits that are kept in memory.
const ENOUGH: usize = 4 << 20;

impl NewEdits {
    /// Adds one.
    pub(super) fn push(&mut self, playlist: i64, edit: Edit<'_>) {
        self.entries.push(Entry {
            playlist,
            start: self.bytes.len(),
            is_removal: matches!(edit, Edit::Removed),
            is_creation: matches!(edit, Edit::Created { .. }),
        });
        edit.write(&mut self.bytes);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether they are to be written, though nothing is committed yet.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() + self.entries.len() * size_of::<Entry>() > ENOUGH
    }

    /// Gives all that counts of them, in the order of playlists, and forgets them.
    pub(super) fn drain<E>(
        &mut self,
        mut give: impl FnMut(i64, Edit<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        // Of one playlist they stay in the order in which they were made.
        self.entries.sort_by_key(|entry| entry.playlist);
        for entries in self
            .entries
            .chunk_by(|one, other| one.playlist == other.playlist)
        {
            // Whatever was done to a playlist, nothing follows its removal.
            let first = match entries.last() {
                Some(last) if last.is_removal && entries[0].is_creation => entries.len(),
                Some(last) if last.is_removal => entries.len() - 1,
                _ => 0,
            };
            for entry in &entries[first..] {
                let edit = Edit::take(&mut &self.bytes[entry.start..]);
                give(entry.playlist, edit.expect("it was written here"))?;
            }
        }
        self.entries.clear();
        self.bytes.clear();
        Ok(())
    }
}
