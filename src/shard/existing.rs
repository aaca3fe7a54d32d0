//! What exists of all that the operations of a shard name.

use super::matched::stands_twice;
use super::record::{Records, id_of};
use crate::error::Result;
use crate::id::Id;
use crate::mixtape::{Counters, Part, Shape};

/// What exists of all that the operations of the shard name.
#[derive(Default)]
pub(super) struct Named {
    pub(super) users: Vec<Box<[u8]>>,
    pub(super) songs: Vec<Box<[u8]>>,
    pub(super) playlists: Vec<Playlist>,
}

/// A playlist of the mixtape: its partition, and its number there.
pub(super) struct Playlist {
    id: Box<[u8]>,
    pub(super) partition: u32,
    pub(super) index: u64,
}

/// Adds the ids of a frame.
pub(super) fn take_ids(list: &mut Vec<Box<[u8]>>, payload: &[u8]) -> Result<()> {
    Records(payload).each(|record| {
        list.push(record.bytes()?.into());
        Ok(())
    })
}

/// Ids that [`Named::each_once`] has seen to be ids.
fn all<'n>(list: impl Iterator<Item = &'n Box<[u8]>>) -> impl Iterator<Item = Id<'n>> {
    list.map(|bytes| id_of(bytes).expect("was checked"))
}

impl Named {
    /// Adds the playlists of a frame.
    pub(super) fn take_playlists(&mut self, partition: u32, payload: &[u8]) -> Result<()> {
        Records(payload).each(|record| {
            let index = record.number()?;
            let id = record.bytes()?.into();
            self.playlists.push(Playlist {
                id,
                partition,
                index,
            });
            Ok(())
        })
    }

    /// Leaves each user and song once; that no playlist stands twice is checked.
    pub(super) fn each_once(&mut self) -> Result<()> {
        for list in [&mut self.users, &mut self.songs] {
            list.sort_unstable();
            list.dedup();
            for bytes in list {
                id_of(bytes)?;
            }
        }
        let playlists = &mut self.playlists;
        playlists.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        for playlist in playlists.iter() {
            id_of(&playlist.id)?;
        }
        match playlists.windows(2).find(|two| two[0].id == two[1].id) {
            Some(two) => Err(stands_twice("playlist", id_of(&two[0].id)?)),
            None => Ok(()),
        }
    }

    /// The part of the mixtape that it is.
    pub(super) fn part(&self, shape: &Shape) -> Result<Part> {
        let playlists = self.playlists.iter().map(|playlist| &playlist.id);
        let (users, songs) = (all(self.users.iter()), all(self.songs.iter()));
        Part::new(shape, users, songs, all(playlists), Counters::default())
    }
}
