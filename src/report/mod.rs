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
mod stored;
mod text;
mod works;
mod works_table;

use serde::Serialize;

use crate::database::Database;
use crate::error::Result;
use crate::ingest;
use names::NameColumn;
use observed::Asked;
use stored::Condition;

pub use observed::{Observation, ObservedPlaylist, ObservedPlaylists, ObservedSong};
pub use personalised::{PlaylistFigures, Totals, WorkFigures};
pub use text::Terminal;
pub use works::{RecommendedWork, recommended_works};
pub use works_table::{write_works_csv, write_works_table};

/// What a report shall be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Only what this composer or artist has made, in any case of letters.
    pub artist: Option<String>,
    /// Only the playlist of this name or id, in any case of letters.
    pub playlist: Option<String>,
    /// How many of the top works, of the songs on top of a playlist, and of the most played playlists.
    pub top: u32,
}

impl Default for Question {
    fn default() -> Self {
        Question {
            artist: None,
            playlist: None,
            top: 10,
        }
    }
}

/// The figures of all personalised playlists. Serialized it is the JSON of the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The composer or artist that it is narrowed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artist: Option<String>,
    /// The playlist that it is narrowed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playlist: Option<String>,
    /// All playlists together.
    pub totals: Totals,
    /// Each playlist, in the order of their numbers.
    pub playlists: Vec<PlaylistFigures>,
    /// The works that were streamed longest.
    pub works: Vec<WorkFigures>,
    /// What `ingest` has observed, where the database holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<ObservedPlaylists>,
}

const COMPOSERS: NameColumn = column("personalized_playlists", "composer");
const ARTISTS: NameColumn = column("artists", "name");
const PLAYLISTS: [NameColumn; 2] = [
    column("personalized_playlists", "playlist"),
    column("personalized_playlists", "playlist_name"),
];
const OBSERVED_PLAYLISTS: [NameColumn; 2] = [
    column("playlist_observations", "name"),
    column("playlists", "source_id"),
];

const fn column(table: &'static str, column: &'static str) -> NameColumn {
    NameColumn { table, column }
}

impl Report {
    /// Reads the figures, all of them of the same moment.
    ///
    /// # Errors
    /// When nothing is called as the question says; the error names the nearest names. When the database holds no personalised
    /// playlists or tables of another version, cannot be read, or has a sum beyond 64 bits.
    pub fn read(database: &mut Database, question: &Question) -> Result<Self> {
        stored::require(database)?;
        let has_observations = ingest::SCHEMA.is_readable(database)?;
        database.reading(|database| read(database, question, has_observations))
    }
}

fn read(database: &mut Database, question: &Question, has_observations: bool) -> Result<Report> {
    let mut artist_columns = vec![COMPOSERS];
    let mut playlist_columns = PLAYLISTS.to_vec();
    if has_observations {
        artist_columns.push(ARTISTS);
        playlist_columns.extend(OBSERVED_PLAYLISTS);
    }
    let mut spellings = |columns: &[NameColumn], kind, asked: &Option<String>| {
        let find = |asked: &String| names::spellings(database, columns, kind, asked);
        asked.as_ref().map(find).transpose()
    };
    let artists = spellings(&artist_columns, "composer or artist", &question.artist)?;
    let playlists = spellings(&playlist_columns, "playlist", &question.playlist)?;
    let condition = Condition::new()
        .holds(&["playlist", "playlist_name"], playlists.as_deref())
        .holds(&["composer"], artists.as_deref());
    let asked = Asked {
        playlists: playlists.as_deref(),
        artists: artists.as_deref(),
        top: question.top,
    };
    let (totals, figures) = personalised::figures(database, &condition)?;
    let observed = has_observations.then(|| observed::observed(database, &asked));
    Ok(Report {
        artist: question.artist.clone(),
        playlist: question.playlist.clone(),
        totals,
        playlists: figures,
        works: personalised::works(database, &condition, question.top)?,
        observed: observed.transpose()?,
    })
}
