//! Who takes what stands in a mixtape, one element after the other.

use super::key::{Key, Texts};
use super::shape::Place;
use crate::error::Result;
use crate::id::Id;

/// Takes what stands in a mixtape, in file order. What nobody asks for is passed over.
pub trait Surveyor {
    /// A user: the ids under `id` and `user_id`. Which of them counts is known at the end.
    ///
    /// # Errors
    /// When the survey cannot go on, here and below.
    fn user(&mut self, _id: Option<Id<'_>>, _user_id: Option<Id<'_>>) -> Result<()> {
        Ok(())
    }

    /// A song.
    ///
    /// # Errors
    /// As above.
    fn song(&mut self, _id: Id<'_>) -> Result<()> {
        Ok(())
    }

    /// A playlist.
    ///
    /// # Errors
    /// As above.
    fn playlist(&mut self, _id: Id<'_>, _place: &Place) -> Result<()> {
        Ok(())
    }
}

/// An element that was just read: the keys of its ids.
pub(super) enum Taken {
    /// Under both names that a user's id can have.
    User([Option<Key>; 2]),
    Song(Key),
    Playlist(Key, Place),
}

impl Taken {
    /// Hands it on.
    pub(super) fn hand_to(&self, surveyor: &mut impl Surveyor, texts: &Texts) -> Result<()> {
        match self {
            Taken::User([id, user_id]) => with(*id, texts, |id| {
                with(*user_id, texts, |user_id| surveyor.user(id, user_id))
            }),
            Taken::Song(key) => key.with_id(texts, |id| surveyor.song(id)),
            Taken::Playlist(key, place) => key.with_id(texts, |id| surveyor.playlist(id, place)),
        }
    }
}

fn with<T>(key: Option<Key>, texts: &Texts, read: impl FnOnce(Option<Id<'_>>) -> T) -> T {
    match key {
        None => read(None),
        Some(key) => key.with_id(texts, |id| read(Some(id))),
    }
}

/// Takes nothing.
pub(crate) struct Nobody;

impl Surveyor for Nobody {}
