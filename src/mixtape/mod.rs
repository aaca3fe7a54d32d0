//! A mixtape: users, songs and playlists of a document too large to keep, as an index with byte positions.
//!
//! [`Index::read`] goes over the document once; operations change the index; [`splice`] copies the document and writes only
//! what changed.
//!
//! For a mixtape that is kept elsewhere there is the same in parts: [`survey`] hands on what the document has, a [`Part`] is an
//! index of what some operations are about, and a [`Patch`] writes what changed.
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

mod appended;
mod catalogue;
mod change;
mod changed;
mod copy;
mod created;
mod directory;
mod document;
mod elements;
mod fates;
mod id_set;
mod index;
mod key;
mod layout;
mod lines;
mod locate;
mod lookups;
mod part;
mod patch;
mod plain_playlist;
mod playlists;
mod ranks;
mod references;
mod resolve;
mod room;
mod scan;
mod scan_ahead;
mod scan_append;
mod scan_playlist;
mod segments;
mod separator;
mod shape;
mod splice;
mod stretch;
mod style;
mod survey;
mod table;
mod user_keys;

pub use catalogue::Catalogue;
pub use change::Changing;
pub use changed::Changed;
pub use created::further_members;
pub use elements::{Walk, elements};
pub use index::Index;
pub use lines::{Lines, LinesOutline, LinesStyle};
pub(crate) use lines::{Nobody, user_without};
pub use lookups::Resolved;
pub use part::{Counters, Effects, Part};
pub use patch::{Ending, Output, Patch, SongStyle};
pub use playlists::Place;
pub use references::count_dangling;
pub use separator::SeparatorId;
pub use shape::Shape;
pub use splice::splice;
pub use survey::{Kind, Survey, Surveyor, stands_twice, survey};
