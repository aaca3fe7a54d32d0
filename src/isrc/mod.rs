//! Finds the recordings (ISRCs) of media items by artist and title.
//!
//! In reading order: [`fold`] gives text the one spelling in which it is compared; [`names`] splits artists; [`Title`] takes a
//! title apart, with the notes around it and the words of `vocabulary`; [`Video`] lists every sensible reading of a media item,
//! [`Track`] reads a row of the track table; [`judge()`] decides about one pair. [`match_all`] is the whole way in one file, over
//! [`MediaItems`] and [`Tracks`] that a folder of CSV files or a database holds.
//!
//! ```
//! use mixtape::isrc::{Described, Method, Track, Video, judge};
//!
//! let video = Video::read(&Described {
//!     primary: "Teo Brandt x NOVA PIKE – Night Bus [Official Video] ft. Ana Reyes",
//!     secondary: None,
//!     artist: None,
//! });
//! let track = Track::read("Night Bus (feat. Ana Reyes)", "Nova Pike & Teo Brandt");
//! assert_eq!(judge(&video, &track), Some(Method::Exact));
//! let other_guest = Track::read("Night Bus (feat. Kit Mora)", "Nova Pike & Teo Brandt");
//! assert_eq!(judge(&video, &other_guest), None);
//! ```

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
