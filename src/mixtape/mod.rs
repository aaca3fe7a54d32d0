//! A mixtape: users, songs and playlists of a document too large to keep, as an index with byte positions.
//!
//! [`Index::read`] goes over the document once; operations change the index; [`splice`] copies the document and writes only
//! what changed.

mod appended;
mod change;
mod created;
mod directory;
mod document;
mod id_set;
mod index;
mod key;
mod layout;
mod locate;
mod lookups;
mod patch;
mod playlists;
mod ranks;
mod references;
mod resolve;
mod room;
mod scan;
mod scan_playlist;
mod separator;
mod shape;
mod splice;
mod style;
mod table;
mod user_keys;

pub use index::Index;
pub use patch::{Ending, Patch, SongStyle};
pub use playlists::Place;
pub use references::count_dangling;
pub use separator::SeparatorId;
pub use shape::Shape;
pub use splice::splice;
