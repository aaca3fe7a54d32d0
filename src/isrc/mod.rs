//! Finds the recordings (ISRCs) of media items by artist and title.
//!
//! In reading order: [`fold`] gives text the one spelling in which it is compared; [`names`] splits artists; [`Title`] takes a
//! title apart, with the notes around it and the words of `vocabulary`; [`Video`] lists every sensible reading of a media item,
//! [`Track`] reads a row of the track table; [`judge()`] decides about one pair. [`match_all`] is the whole way in one file, over
//! [`MediaItems`] and [`Tracks`] that a folder of CSV files or a database holds.

mod artists;
mod code;
mod files;
pub mod fold;
mod held;
mod index;
mod judge;
mod latest;
mod matching;
pub mod names;
mod note;
mod profanity;
mod reading;
mod result_files;
mod segments;
mod stored;
mod tables;
mod title;
mod track;
mod video;
mod vocabulary;

pub use code::Isrc;
pub use files::{MediaFiles, TrackFile};
pub use judge::{Method, judge};
pub use matching::{Propose, Summary, match_all};
pub use profanity::is_masked_twin;
pub use result_files::{MatchFile, UnmatchedFile};
pub use stored::{SCHEMA, StoredMedia, store};
pub use tables::{
    Match, Matches, MediaItem, MediaItems, TrackRow, Tracks, Unmatched, UnmatchedItems,
};
pub use title::Title;
pub use track::Track;
pub use video::{Described, Video};
