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
//!
//! ```
//! use mixtape::id::Id;
//! use mixtape::Threads;
//! use mixtape::io::{Rereadable, Sink};
//! use mixtape::json::HoldLimit;
//! use mixtape::mixtape::{Index, splice};
//! use mixtape::operation::Operation;
//!
//! let folder = tempfile::tempdir()?;
//! let path = |name: &str| folder.path().join(name);
//! let old = r#"{"users": [], "songs": [], "playlists": [{"id": 1, "song_ids": []}, {"id": 2, "song_ids": []}]}"#;
//! std::fs::write(path("mixtape.json"), old)?;
//! let mixtape = Rereadable::open(&path("mixtape.json"), &Default::default())?;
//!
//! let limit = HoldLimit { bytes: 1 << 20, what: "an id", flag: "--max-id" };
//! let mut index = Index::read(&mixtape, limit)?;
//! let remove = |id| Operation::RemovePlaylist { playlist: Id::number(id) };
//! let mut applied = Vec::new();
//! index.apply_batch(&[remove("2"), remove("7")], |_, verdict| applied.push(verdict.is_ok()));
//! assert_eq!(applied, [true, false]);
//!
//! let mut output = Sink::create(&path("new.json"))?;
//! splice(&mixtape, &index, Threads::ONE, &mut output)?;
//! output.finish()?;
//! let new = std::fs::read_to_string(path("new.json"))?;
//! assert_eq!(new, r#"{"users": [], "songs": [], "playlists": [{"id": 1, "song_ids": []}]}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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

#[cfg(test)]
mod generated;
