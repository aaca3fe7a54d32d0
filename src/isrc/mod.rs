//! Finds the recordings (ISRCs) of media items by artist and title.
//!
//! In reading order: [`fold`] gives text the one spelling in which it is compared; [`names`] splits artists, [`title`] takes a
//! title apart with the words of `vocabulary`; [`video`] lists every sensible reading of a media item, [`track`] reads a row
//! of the track table; [`judge`] decides about one pair.

pub mod fold;
pub mod judge;
pub mod names;
mod profanity;
mod segments;
pub mod title;
pub mod track;
pub mod video;
mod vocabulary;

pub use judge::{Method, judge};
pub use profanity::is_masked_twin;
pub use track::Track;
pub use video::{Described, Video};
