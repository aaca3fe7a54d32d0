//! How a mixtape spells its parts.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::json::Position;

/// The two layouts, told apart by what the document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Layout {
    /// `{"id", "owner_id" or "user_id", "song_ids"}`; users have an `id`.
    Plain,
    /// `{"playlist": {"id", "name", "user_id", "songs"}}`; users have a `user_id`.
    Wrapped,
}

impl Layout {
    /// The layout that users alone suggest: whether some have no `id`, or no `user_id`.
    pub(super) fn of_users(without: [bool; 2]) -> Self {
        match without {
            [true, false] => Layout::Wrapped,
            _ => Layout::Plain,
        }
    }

    /// The member that holds a playlist's songs.
    pub(super) fn songs(self) -> &'static str {
        match self {
            Layout::Plain => "song_ids",
            Layout::Wrapped => "songs",
        }
    }

    /// The member that holds a user's id.
    pub(super) fn user_id(self) -> &'static str {
        match self {
            Layout::Plain => "id",
            Layout::Wrapped => "user_id",
        }
    }

    /// The error for a user of the input `name` that has no such member.
    pub(super) fn user_without_id(self, name: &str, position: Position) -> Error {
        let message = format!("user without {:?}", self.user_id());
        Error::data(name, position, message)
    }

    /// The member that holds a playlist's user, where no playlist shows one.
    pub(super) fn usual_owner(self) -> &'static str {
        match self {
            Layout::Plain => "owner_id",
            Layout::Wrapped => "user_id",
        }
    }
}

/// How documents call the member that holds a playlist's user.
pub(super) const OWNERS: [&str; 2] = ["owner_id", "user_id"];
