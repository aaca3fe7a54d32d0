//! How many rows each of the eight tables has.

use serde::Serialize;

/// How many rows each table has, or has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableCounts {
    /// Of `users`.
    pub users: i64,
    /// Of `playlists`.
    pub playlists: i64,
    /// Of `media_items`.
    pub media_items: i64,
    /// Of `artists`.
    pub artists: i64,
    /// Of `playlist_metadata_log`.
    pub playlist_metadata_log: i64,
    /// Of `playlist_plays_log`.
    pub playlist_plays_log: i64,
    /// Of `playlist_positions_log`.
    pub playlist_positions_log: i64,
    /// Of `media_item_metadata_log`.
    pub media_item_metadata_log: i64,
}

impl TableCounts {
    /// Names and counts, in the order of the tables.
    pub fn named(&self) -> [(&'static str, i64); 8] {
        [
            ("users", self.users),
            ("playlists", self.playlists),
            ("media_items", self.media_items),
            ("artists", self.artists),
            ("playlist_metadata_log", self.playlist_metadata_log),
            ("playlist_plays_log", self.playlist_plays_log),
            ("playlist_positions_log", self.playlist_positions_log),
            ("media_item_metadata_log", self.media_item_metadata_log),
        ]
    }
}
