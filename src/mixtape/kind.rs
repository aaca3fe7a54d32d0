//! The three sorts of elements that a mixtape has, each in an array of its own.

/// One of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Users.
    Users,
    /// Playlists.
    Playlists,
    /// Songs.
    Songs,
}

impl Kind {
    pub(super) const ALL: [Kind; 3] = [Kind::Users, Kind::Playlists, Kind::Songs];

    /// What the array is called in the document.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Users => "users",
            Kind::Playlists => "playlists",
            Kind::Songs => "songs",
        }
    }

    /// The kind whose array is called so.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What one element is called.
    pub(super) fn element(self) -> &'static str {
        match self {
            Kind::Users => "user",
            Kind::Playlists => "playlist",
            Kind::Songs => "song",
        }
    }
}
