//! A mixtape: users, songs and playlists of a document too large to keep, as an index with byte positions.
//!
//! [`Index::read`] goes over the document once; operations change the index; [`splice`] copies the document and writes only
//! what changed.
//!
//! For a mixtape that is kept elsewhere there is the same in parts: [`survey`] hands on what the document has, a [`Part`] is an
//! index of what some operations are about, and a [`Patch`] writes what changed.

mod appended;
mod catalogue;
mod change;
mod changed;
mod copy;
mod course;
mod created;
mod directory;
mod document;
mod elements;
mod fates;
mod frame;
mod id_set;
mod index;
mod key;
mod kind;
mod layout;
mod lines;
mod lines_outline;
mod locate;
mod lookups;
mod outline;
mod part;
mod patch;
mod plain_playlist;
mod playlists;
mod ranks;
mod references;
mod resolve;
mod room;
mod sample;
mod scan;
mod scan_ahead;
mod scan_append;
mod scan_id;
mod scan_playlist;
mod scan_song_list;
mod segments;
mod separator;
mod shape;
mod splice;
mod stretch;
mod style;
mod survey;
mod surveyor;
mod table;
mod user_keys;

pub use catalogue::Catalogue;
pub use change::Changing;
pub use changed::{Changed, Counters};
pub use created::further_members;
pub use elements::{Walk, elements};
pub use frame::SongStyle;
pub use index::Index;
pub use kind::Kind;
pub use lines::Lines;
pub use lines_outline::{LinesOutline, LinesStyle};
pub use lookups::Resolved;
pub use part::{Effects, Part};
pub use patch::{Ending, Output, Patch};
pub use place::Place;
pub use references::count_dangling;
pub use separator::SeparatorId;
pub use shape::Shape;
pub use splice::splice;
pub use survey::{Survey, stands_twice, survey};
pub(crate) use surveyor::Nobody;
pub use surveyor::Surveyor;
