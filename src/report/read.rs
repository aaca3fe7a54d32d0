//! A report: the question, and what is read of the database to answer it.

use serde::Serialize;

use super::names::{self, NameColumn};
use super::observed::{self, Asked, ObservedPlaylists};
use super::personalised::{self, PlaylistFigures, Totals, WorkFigures};
use super::stored::{self, Condition};
use crate::database::Database;
use crate::error::Result;
use crate::ingest;

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
