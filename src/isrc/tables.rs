//! What matching reads and writes, whatever holds it: folders of CSV files, a database.

use super::judge::Method;
use super::video::Described;
use crate::error::Result;
use crate::io::Phase;

/// A media item with its latest description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaItem<'a> {
    /// Its id, as the database or the file spells it.
    pub id: &'a str,
    /// Its titles and its artist.
    pub described: Described<'a>,
}

/// A row of the track table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackRow<'a> {
    /// The title.
    pub track: &'a str,
    /// The artist, perhaps several.
    pub artist: &'a str,
    /// The code as it was written.
    pub isrc: &'a str,
}

/// Media items are read.
pub(super) const MEDIA_ITEMS: Phase = Phase {
    name: "reading media items",
    items: "media items",
};

/// Tracks are read.
pub(super) const TRACKS: Phase = Phase {
    name: "reading tracks",
    items: "tracks",
};

/// Where media items come from.
pub trait MediaItems {
    /// About how many bytes there are, if that is known: the smaller side is held in memory.
    fn size(&self) -> Option<u64>;

    /// Hands over every media item once. Called once.
    ///
    /// # Errors
    /// When they cannot be read, and whatever `each` returns.
    fn for_each(&mut self, each: &mut dyn FnMut(MediaItem<'_>) -> Result<()>) -> Result<()>;
}

/// Where tracks come from.
pub trait Tracks {
    /// About how many bytes there are, if that is known.
    fn size(&self) -> Option<u64>;

    /// Hands over every row once. Called once.
    ///
    /// # Errors
    /// When they cannot be read, and whatever `each` returns.
    fn for_each(&mut self, each: &mut dyn FnMut(TrackRow<'_>) -> Result<()>) -> Result<()>;
}

/// One row of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// The media item.
    pub media_item_id: &'a str,
    /// The code, in capitals and without hyphens.
    pub isrc: &'a str,
    /// The weakest step on which the match rests; it has the score.
    pub method: Method,
}

/// Why nothing was found for a media item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unmatched {
    /// Its titles do not tell who the artist is.
    NoArtist,
    /// The track table has none of its artists.
    UnknownArtist,
    /// The artist is there, the title is not.
    UnknownTitle,
    /// The song is there in other versions only.
    OtherVersion,
}

impl Unmatched {
    /// All of them.
    pub const ALL: [Unmatched; 4] = [
        Unmatched::NoArtist,
        Unmatched::UnknownArtist,
        Unmatched::UnknownTitle,
        Unmatched::OtherVersion,
    ];

    /// The stable name, such as `unknown_artist`.
    pub fn name(self) -> &'static str {
        match self {
            Unmatched::NoArtist => "no_artist",
            Unmatched::UnknownArtist => "unknown_artist",
            Unmatched::UnknownTitle => "unknown_title",
            Unmatched::OtherVersion => "other_version",
        }
    }
}

/// Where matches go.
pub trait Matches {
    /// Takes a match. Those of one media item come together, the surest first.
    ///
    /// # Errors
    /// When it cannot be written.
    fn add(&mut self, found: &Match<'_>) -> Result<()>;
}

/// Where media items without a match go.
pub trait UnmatchedItems {
    /// Takes one.
    ///
    /// # Errors
    /// When it cannot be written.
    fn add(&mut self, item: &MediaItem<'_>, reason: Unmatched) -> Result<()>;
}
