//! What became of playlists since they were imported, as bytes in the order of playlists.

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
    fn write(self, out: &mut Vec<u8>) {
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

/// Bytes of a chunk, about.
const CHUNK: usize = 16 * 1024;

/// Puts edits together that come in the order of playlists.
#[derive(Default)]
pub(super) struct ChunkWriter {
    bytes: Vec<u8>,
    last: i64,
}

impl ChunkWriter {
    pub(super) fn push(&mut self, playlist: i64, edit: Edit<'_>) {
        if self.bytes.is_empty() {
            self.last = 0;
        }
        varint::push(&mut self.bytes, (playlist - self.last) as u64);
        self.last = playlist;
        edit.write(&mut self.bytes);
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= CHUNK
    }

    /// The chunk, and the last playlist in it; the next one begins.
    pub(super) fn take(&mut self) -> Option<(i64, Vec<u8>)> {
        let bytes = std::mem::take(&mut self.bytes);
        (!bytes.is_empty()).then_some((self.last, bytes))
    }
}

/// Reads a chunk.
#[derive(Default)]
pub(super) struct ChunkReader {
    bytes: Vec<u8>,
    /// Behind the number of the playlist whose edit is next.
    at: usize,
    playlist: i64,
}

/// A chunk has other bytes than it can have.
pub(super) struct Damaged;

impl ChunkReader {
    /// Goes to its first edit.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, Damaged> {
        let mut reader = ChunkReader {
            bytes,
            at: 0,
            playlist: 0,
        };
        reader.go_to(0)?;
        Ok(reader)
    }

    /// The playlist whose edit is next; none at the end.
    pub(super) fn playlist(&self) -> Option<i64> {
        (self.at < self.bytes.len()).then_some(self.playlist)
    }

    /// The edit that is next, which there is; [`pass`](Self::pass) goes behind it.
    pub(super) fn edit(&self) -> Result<Edit<'_>, Damaged> {
        Edit::take(&mut &self.bytes[self.at..]).ok_or(Damaged)
    }

    /// Goes behind the edit that is next.
    pub(super) fn pass(&mut self) -> Result<(), Damaged> {
        let mut rest = &self.bytes[self.at..];
        Edit::take(&mut rest).ok_or(Damaged)?;
        let end = self.bytes.len() - rest.len();
        self.go_to(end)
    }

    fn go_to(&mut self, at: usize) -> Result<(), Damaged> {
        let mut rest = &self.bytes[at..];
        if !rest.is_empty() {
            self.playlist += varint::take(&mut rest).ok_or(Damaged)? as i64;
        }
        self.at = self.bytes.len() - rest.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn songs(list: &'static [u8]) -> Edit<'static> {
        Edit::Songs(list)
    }

    #[test]
    fn what_counts_of_edits_comes_back_in_the_order_of_playlists() {
        let created = Edit::Created {
            id: b"s7",
            owner: b"n1",
            further: b"\"name\"\0\"x\"\0",
        };
        let mut edits = NewEdits::default();
        for (playlist, edit) in [
            (900, created),
            (5, songs(b"a")),
            (7, songs(b"b")),
            (5, songs(b"c")),
            (7, Edit::Removed),
            (900, songs(b"d")),
            (901, created),
            (901, songs(b"e")),
            (901, Edit::Removed),
        ] {
            edits.push(playlist, edit);
        }
        let mut writer = ChunkWriter::default();
        edits
            .drain(|playlist, edit| {
                writer.push(playlist, edit);
                Ok::<_, ()>(())
            })
            .unwrap();
        assert!(edits.is_empty());
        let (last, bytes) = writer.take().unwrap();
        assert_eq!(last, 900);
        let read = |bytes: &[u8]| {
            let mut reader = ChunkReader::new(bytes.to_vec())?;
            let mut all = Vec::new();
            while let Some(playlist) = reader.playlist() {
                all.push((playlist, format!("{:?}", reader.edit()?)));
                reader.pass()?;
            }
            Ok::<_, Damaged>(all)
        };
        let expected = [
            (5, songs(b"a")),
            (5, songs(b"c")),
            (7, Edit::Removed),
            (900, created),
            (900, songs(b"d")),
        ];
        let expected = expected.map(|(playlist, edit)| (playlist, format!("{edit:?}")));
        assert_eq!(read(&bytes).ok().unwrap(), expected);
        // Cut anywhere, it is fewer of them, or damaged.
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err() || read(&bytes[..end]).ok().unwrap().len() < 5);
        }
        assert!(writer.take().is_none());
    }
}
