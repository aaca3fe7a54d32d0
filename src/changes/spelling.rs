//! What the members of an element are called, in each place where one can stand.

/// What a member means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Kind,
    Id,
    Playlist,
    Song,
    Owner,
    Songs,
    /// Where a line of a reject file holds its operation.
    Operation,
}

/// How a layout names the members of its elements.
pub(super) struct Spelling {
    pub(super) role: fn(&str) -> Option<Role>,
    pub(super) playlist: &'static str,
    pub(super) songs: &'static str,
}

/// The members of an operation of its own.
pub(super) const OPERATION: Spelling = Spelling {
    role: |name| {
        Some(match name {
            "type" => Role::Kind,
            "id" => Role::Id,
            "playlist_id" => Role::Playlist,
            "song_id" => Role::Song,
            "user_id" | "owner_id" => Role::Owner,
            "song_ids" => Role::Songs,
            "operation" => Role::Operation,
            _ => return None,
        })
    },
    playlist: "playlist_id",
    songs: "song_ids",
};

/// `{"id", "songs"}` in a group: songs for a playlist that is there.
pub(super) const UPDATE: Spelling = Spelling {
    role: |name| {
        Some(match name {
            "id" => Role::Playlist,
            "songs" => Role::Songs,
            _ => return None,
        })
    },
    playlist: "id",
    songs: "songs",
};

/// `{"user_id", "name", "songs"}` in a group: a new playlist.
pub(super) const NEW: Spelling = Spelling {
    role: |name| {
        Some(match name {
            "id" => Role::Id,
            "user_id" | "owner_id" => Role::Owner,
            // The second is what the songs are called in an operation, as which a rejected one is written.
            "songs" | "song_ids" => Role::Songs,
            "type" => Role::Kind,
            _ => return None,
        })
    },
    playlist: "id",
    songs: "songs",
};
