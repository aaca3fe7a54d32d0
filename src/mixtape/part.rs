//! A part of a mixtape: an index of no more than what some operations are about, for one that is kept elsewhere.

use super::appended::{Appended, Lasts, List};
use super::created::CreatedPlaylists;
use super::directory::Directory;
use super::id_set::IdSet;
use super::index::Index;
use super::key::{Key, Texts};
use super::lookups::Lookups;
use super::playlists::{Place, Playlists, State};
use super::separator::{self, Separators};
use super::shape::Shape;
use super::table::Unbuilt;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::Operation;
use crate::rejects::Verdict;
use foldhash::quality::RandomState;

/// Where generated ids go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// The largest canonical decimal id below 2^64 that a playlist has had.
    pub largest: Option<u64>,
    /// The largest id that was tried above 2^64.
    pub beyond: u128,
}

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
        let hasher = RandomState::default();
        let mut texts = Texts::default();
        let mut keys = |ids: &mut dyn Iterator<Item = Id<'i>>| {
            let keys = ids.map(|id| Key::new(id, &mut texts));
            keys.collect::<std::result::Result<Vec<Key>, _>>()
        };
        let (users, songs) = (keys(&mut { users })?, keys(&mut { songs })?);
        let playlist_keys = keys(&mut { playlists })?;
        let unbuilt = |unbuilt| match unbuilt {
            Unbuilt::NoRoom(none) => Error::from(none),
            Unbuilt::Twice(_) => unreachable!("none is given twice"),
        };
        let set = |keys| IdSet::build(keys, &texts, &hasher).map_err(|(reason, _)| unbuilt(reason));
        let (users, songs) = (set(users)?, set(songs)?);
        let mut playlists = Playlists::default();
        for key in playlist_keys {
            playlists.make_room()?;
            playlists.push(key, NOWHERE);
        }
        let key = |index| playlists.key(index);
        playlists.directory =
            Directory::build(playlists.len(), key, &texts, &hasher).map_err(unbuilt)?;
        Ok(Part(Index {
            number_ids: shape.number_ids,
            largest: counters.largest,
            beyond: counters.beyond,
            lookups: Lookups::default(),
            layout: shape.layout,
            owner: shape.owner.clone(),
            array: 0..0,
            separators: Separators::default(),
            created: CreatedPlaylists::new(),
            appended: Appended::new(),
            hasher,
            texts,
            users,
            songs,
            playlists,
        }))
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
        Counters {
            largest: self.0.largest,
            beyond: self.0.beyond,
        }
    }

    /// Hands all that was done to `effects`: first what became of the given playlists, then the new ones in their order.
    ///
    /// # Errors
    /// What `effects` says.
    pub fn effects(&self, effects: &mut impl Effects) -> Result<()> {
        let index = &self.0;
        for number in 0..index.playlists.len() as u32 {
            match index.playlists.state(number) {
                State::Kept => {}
                State::Removed => effects.removed(number)?,
                State::Extended(list) => {
                    self.with_songs(list, |songs| effects.appended(number, songs))?
                }
            }
        }
        for new in index.created.iter() {
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
        self.0.appended.gather(&[list], &mut lasts);
        read(&mut self.0.appended.songs(&lasts[0]))
    }
}

/// Nobody asks where the playlists of a part stand.
const NOWHERE: Place = Place {
    start: 0,
    insertion: 0,
    end: 0,
    separator: separator::UNKNOWN,
};

impl Shape {
    /// The id that a generated number is.
    pub fn generated<'t>(&self, text: &'t str) -> Id<'t> {
        if self.number_ids {
            Id::number(text)
        } else {
            Id::string(text)
        }
    }
}
