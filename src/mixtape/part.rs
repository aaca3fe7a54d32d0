//! A part of a mixtape: an index of no more than what some operations are about, for one that is kept elsewhere.

use super::catalogue::{Catalogue, Directory, IdSet, Playlists, Unbuilt};
use super::changed::{Changed, Counters, Fate, Lasts, List};
use super::index::Index;
use super::key::{Key, Texts};
use super::room::{self, List as Room, NoRoom};
use super::shape::separator::{self, Separators};
use super::shape::{Place, Shape};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::Memory;
use crate::operation::Operation;
use crate::rejects::Verdict;
use foldhash::quality::RandomState;

/// What exists of the users, songs and playlists that some operations name. The rules are those of [`Index`]: it is one.
pub struct Part(Index);

/// Takes what operations have made of a part. Users, songs and playlists go by the numbers, from 0, in which they were given.
pub trait Effects {
    /// Songs are appended to a playlist.
    ///
    /// # Errors
    /// When it cannot be taken, here and below.
    fn appended(&mut self, playlist: u32, songs: &mut dyn Iterator<Item = u32>) -> Result<()>;

    /// A playlist is removed.
    ///
    /// # Errors
    /// As above.
    fn removed(&mut self, playlist: u32) -> Result<()>;

    /// A new playlist with its further members, name and value in turn, each followed by a zero byte.
    ///
    /// # Errors
    /// As above.
    fn created(
        &mut self,
        id: Id<'_>,
        owner: u32,
        further: &[u8],
        songs: &mut dyn Iterator<Item = u32>,
    ) -> Result<()>;
}

impl Part {
    /// The part that has these users, songs and playlists, none of them twice.
    ///
    /// # Errors
    /// When memory does not hold it.
    pub fn new<'i>(
        shape: &Shape,
        users: impl Iterator<Item = Id<'i>>,
        songs: impl Iterator<Item = Id<'i>>,
        playlists: impl Iterator<Item = Id<'i>>,
        counters: Counters,
    ) -> Result<Self> {
        let memory = &Memory::UNLIMITED; // a part is small
        let hasher = RandomState::default();
        let mut texts = Texts::new(memory);
        let mut keys = |ids: &mut dyn Iterator<Item = Id<'i>>| {
            let mut keys = Room::new_in(memory.clone());
            for id in ids {
                room::reserve(&mut keys, 1)?;
                keys.push(Key::new(id, &mut texts)?);
            }
            Ok::<_, NoRoom>(keys)
        };
        let (users, songs) = (keys(&mut { users })?, keys(&mut { songs })?);
        let playlist_keys = keys(&mut { playlists })?;
        let unbuilt = |unbuilt| match unbuilt {
            Unbuilt::NoRoom(none) => Error::from(none),
            Unbuilt::Twice(_) => unreachable!("none is given twice"),
        };
        let set = |keys| IdSet::build(keys, &texts, &hasher).map_err(|(reason, _)| unbuilt(reason));
        let (users, songs) = (set(users)?, set(songs)?);
        let mut playlists = Playlists::new(memory);
        for key in playlist_keys {
            playlists.make_room()?;
            playlists.push(key, NOWHERE);
        }
        let key = |index| playlists.key(index);
        playlists.directory =
            Directory::build(playlists.len(), key, &texts, &hasher, memory).map_err(unbuilt)?;
        let changed = Changed::nothing(playlists.len(), counters, memory)?;
        let catalogue = Catalogue {
            number_ids: shape.number_ids,
            layout: shape.layout,
            owner: shape.owner.clone(),
            array: 0..0,
            separators: Separators::default(),
            hasher,
            texts,
            users,
            songs,
            playlists,
        };
        Ok(Part(Index::new(catalogue, changed)))
    }

    /// Applies operations in order; [`Index::apply_batch`].
    ///
    /// # Errors
    /// When memory does not hold what they add.
    pub fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        verdict: impl FnMut(usize, Verdict<'a>),
    ) -> Result<()> {
        self.0.make_room(operations)?;
        self.0.apply_batch(operations, verdict);
        Ok(())
    }

    /// Where generated ids go on.
    pub fn counters(&self) -> Counters {
        self.0.changed.counters
    }

    /// Lets generated ids go on there: for a part of operations that were numbered elsewhere.
    pub fn set_counters(&mut self, counters: Counters) {
        self.0.changed.counters = counters;
    }

    /// Hands all that was done to `effects`: first what became of the given playlists, then the new ones in their order.
    ///
    /// # Errors
    /// What `effects` says.
    pub fn effects(&self, effects: &mut impl Effects) -> Result<()> {
        let changed = &self.0.changed;
        for number in 0..self.0.catalogue.playlists.len() as u32 {
            match changed.fates.of(number) {
                Fate::Kept => {}
                Fate::Removed => effects.removed(number)?,
                Fate::Extended(list) => {
                    self.with_songs(list, |songs| effects.appended(number, songs))?
                }
            }
        }
        for new in changed.created.iter() {
            self.with_songs(new.songs, |songs| {
                effects.created(new.id, new.owner, new.further_bytes(), songs)
            })?;
        }
        Ok(())
    }

    fn with_songs<T>(
        &self,
        list: List,
        read: impl FnOnce(&mut dyn Iterator<Item = u32>) -> T,
    ) -> T {
        let mut lasts = [Lasts::default()];
        self.0.changed.appended.gather(&[list], &mut lasts);
        read(&mut self.0.changed.appended.songs(&lasts[0]))
    }
}

/// Nobody asks where the playlists of a part stand.
const NOWHERE: Place = Place {
    start: 0,
    insertion: 0,
    end: 0,
    separator: separator::UNKNOWN,
};

#[cfg(test)]
mod tests;
