//! A mixtape: users, songs and playlists of a document too large to keep, as an index with byte positions.
//!
//! ```text
//!            pass one                 operations            pass two
//! MIXTAPE ────scan────▶ catalogue ────change────▶ changed ────splice────▶ OUTPUT
//!                       what it has               what became of it
//! ```
//! [`Index::read`] goes over the document once; operations change the index; [`splice`] copies the document and writes only
//! what changed. `shape` is how the document is laid out, so that what is new looks like its neighbours.
//!
//! For a mixtape that is kept elsewhere there is the same in parts: [`survey`] hands on what the document has, a [`Part`] is an
//! index of what some operations are about, and a [`Patch`] writes what changed. [`Lines`] are one that lies in many files.

mod catalogue;
mod changed;
mod document;
mod elements;
mod index;
mod key;
mod kind;
mod layout;
mod lines;
mod locate;
mod part;
mod references;
mod room;
mod scan;
mod shape;
mod splice;
mod survey;
mod surveyor;

pub use catalogue::{Catalogue, Resolved};
pub use changed::{Changed, Changing, Counters, further_members};
pub use elements::{Walk, elements};
pub use index::Index;
pub use kind::Kind;
pub use lines::{Lines, LinesOutline, LinesStyle};
pub use part::{Effects, Part};
pub use references::count_dangling;
pub use shape::{Place, SeparatorId, Shape};
pub use splice::{Ending, Output, Patch, SongStyle, splice};
pub use survey::{Survey, stands_twice, survey};
pub(crate) use surveyor::Nobody;
pub use surveyor::Surveyor;
