//! What personalised playlists are worth: which works were recommended to a user, and how much of it all was heard.
//!
//! [`recommended_works`] answers the first question, [`Report::read`] the second one: from the table of [`listening`], and, where
//! they are in the same database, from the tables of [`ingest`]. What is read is of one moment, and every figure an integer that
//! the database has summed. A report is then written: as text with bars, CSV, JSON, Markdown, or a page for a browser, which
//! needs nothing but itself.
//!
//! [`listening`]: crate::listening
//! [`ingest`]: crate::ingest
//!
//! ```
//! use mixtape::database::{Database, DatabaseUrl};
//! use mixtape::report::{Question, Report, recommended_works};
//!
//! let folder = tempfile::tempdir()?;
//! let mut database = Database::open(&DatabaseUrl::Sqlite(folder.path().join("music.db")))?;
//! database.transaction(|database| {
//!     mixtape::listening::SCHEMA.create(database)?;
//!     database.execute(
//!         "insert into personalized_playlists (user_id, playlist, playlist_name, position, track_id, work, recommended, streams, \
//!          seconds_streamed) values ('ada', 'playlist_01', 'Personalised playlist 1', 1, 't7', 'Nocturnes', true, 2, 5400)",
//!         &[],
//!     )
//! })?;
//!
//! let works = recommended_works(&mut database, "ada")?;
//! assert_eq!(works[0].work, "Nocturnes");
//!
//! let report = Report::read(&mut database, &Question::default())?;
//! assert_eq!(report.playlists[0].seconds_streamed, 5400);
//! assert!(report.page().contains("1.50 h"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod csv;
mod figures;
mod markdown;
mod names;
mod observed;
mod page;
mod personalised;
mod read;
mod sentences;
mod stored;
mod text;
mod works;
mod works_table;

pub use observed::{Observation, ObservedPlaylist, ObservedPlaylists, ObservedSong};
pub use personalised::{PlaylistFigures, Totals, WorkFigures};
pub use read::{Question, Report};
pub use text::Terminal;
pub use works::{RecommendedWork, recommended_works};
pub use works_table::{write_works_csv, write_works_table};
