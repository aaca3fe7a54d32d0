//! What became of the playlists of a shard, on its way to where they stand.

use std::collections::HashMap;

use super::existing::Named;
use super::frame::damaged;
use super::record::{Buckets, put_bytes, put_id, put_number};
use crate::error::Result;
use crate::id::Id;
use crate::id_bytes;
use crate::io::Sink;
use crate::mixtape::Effects;

/// Takes what became of the playlists.
pub(super) struct Written<'w> {
    pub(super) named: &'w Named,
    pub(super) creations: HashMap<Box<[u8]>, (u32, u64)>,
    pub(super) edits: Buckets,
    pub(super) created: Buckets,
    pub(super) list: Vec<u8>,
    pub(super) output: &'w mut Sink,
    /// Removed ones of the mixtape, and new ones.
    pub(super) counts: [u64; 2],
}

impl Written<'_> {
    fn gather(&mut self, songs: &mut dyn Iterator<Item = u32>) {
        self.list.clear();
        for song in songs {
            id_bytes::push_to_list(&mut self.list, &self.named.songs[song as usize]);
        }
    }
}

impl Effects for Written<'_> {
    fn appended(&mut self, playlist: u32, songs: &mut dyn Iterator<Item = u32>) -> Result<()> {
        self.gather(songs);
        let own = &self.named.playlists[playlist as usize];
        self.edits.add(own.partition, self.output, |out| {
            put_number(out, own.index);
            put_bytes(out, &self.list);
        })
    }

    /// A list without songs: there is no other edit that has none.
    fn removed(&mut self, playlist: u32) -> Result<()> {
        self.counts[0] += 1;
        let own = &self.named.playlists[playlist as usize];
        self.edits.add(own.partition, self.output, |out| {
            put_number(out, own.index);
            put_bytes(out, b"");
        })
    }

    fn created(
        &mut self,
        id: Id<'_>,
        owner: u32,
        further: &[u8],
        songs: &mut dyn Iterator<Item = u32>,
    ) -> Result<()> {
        self.counts[1] += 1;
        self.gather(songs);
        let place = self.creations.get(&id_bytes::bytes_of(id)[..]);
        let &(partition, number) = place.ok_or_else(damaged)?;
        self.created.add(partition, self.output, |out| {
            put_number(out, number);
            put_id(out, id);
            put_bytes(out, &self.named.users[owner as usize]);
            put_bytes(out, further);
            put_bytes(out, &self.list);
        })
    }
}
