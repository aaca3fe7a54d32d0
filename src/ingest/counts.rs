//! How many rows each of the eight tables has.

use serde::Serialize;

/// How many rows each table has, or has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names of the tables say it")]
pub struct TableCounts {
    pub users: i64,
    pub playlists: i64,
    pub media_items: i64,
    pub artists: i64,
    pub playlist_metadata_log: i64,
    pub playlist_plays_log: i64,
    pub playlist_positions_log: i64,
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
