//! Edits in the order of playlists, put together in chunks: what stands in a row of the table.

use super::edits::Edit;
use crate::varint;

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
    use super::super::edits::NewEdits;
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
