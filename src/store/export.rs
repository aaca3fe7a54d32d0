//! A mixtape out of a store, as `apply` would have written it; and one playlist of it.

use std::cell::RefCell;

use serde::Serialize;

use super::Store;
use super::ids;
use super::pieces::{Pieces, Shared};
use super::state::{Document, State, Token};
use super::tables::{PLAYLISTS, by_id};
use crate::database::{Database, OwnedValue, Value};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::{Phase, Progress, Sink};
use crate::mixtape::{Ending, Patch, Place, SongStyle, further_members};

/// Rows that are fetched together.
const PAGE: i64 = 256;

const WRITING: Phase = Phase {
    name: "writing",
    items: "playlists",
};

/// What an export has written.
#[derive(Clone, Debug, Serialize)]
pub struct ExportSummary {
    /// Playlists in the output.
    pub playlists: u64,
    /// Bytes of the output.
    pub bytes: u64,
    /// What of the store was written.
    pub token: Token,
}

impl Store {
    /// Writes the mixtape as it is now. Memory is the same whatever its length; who applies meanwhile is not held up.
    ///
    /// # Errors
    /// When the store holds none, cannot be read, or `output` cannot be written.
    pub fn export(&mut self, mut output: Sink, progress: &Progress) -> Result<ExportSummary> {
        let (playlists, token) = self.database.reading(|database| {
            let document = Document::required(database)?;
            let state = State::read(database)?;
            progress.begin(WRITING, None);
            let database = RefCell::new(database);
            let mut export = Export {
                database: &database,
                document: &document,
                progress,
                patch: Patch::new(
                    &document.name,
                    Pieces::new(&database, 0),
                    0,
                    &document.shape,
                    &mut output,
                ),
            };
            let ending = export.playlists()?;
            if ending.created {
                export.new_playlists()?;
            }
            export.patch.finish(&ending, document.length)?;
            let token = Token {
                store: document.store.clone(),
                commits: state.commits,
            };
            Ok((state.playlists, token))
        })?;
        let bytes = output.written();
        output.finish()?;
        Ok(ExportSummary {
            playlists,
            bytes,
            token,
        })
    }

    /// Writes one playlist as an export would, or none where no playlist has the id. Whether there is one.
    ///
    /// # Errors
    /// As [`export`](Self::export).
    pub fn write_playlist(&mut self, id: Id<'_>, output: &mut Sink) -> Result<bool> {
        self.database.reading(|database| {
            let document = Document::required(database)?;
            let mut number = None;
            let key = ids::key_of(id);
            database.find(&by_id(&PLAYLISTS), &[&key], |_, found| number = Some(found))?;
            let Some(number) = number else {
                return Ok(false);
            };
            let query =
                "select start, insertion, ending, separator from store_playlists where number = $1";
            let rows = database.query(query, &[Value::Integer(number)])?;
            let place = place_of(rows.first().map_or(&[], |row| &row[..]));
            let database = RefCell::new(database);
            let start = place.as_ref().map_or(0, |place| place.start);
            let mut export = Export {
                database: &database,
                document: &document,
                progress: &Progress::default(),
                patch: Patch::new(
                    &document.name,
                    Pieces::new(&database, start),
                    start,
                    &document.shape,
                    output,
                ),
            };
            match place {
                Some(place) => {
                    let mut style = export.patch.extend(&place)?;
                    export.songs_of(number, &mut style)?;
                    export.patch.end_songs(&style)?;
                    export.patch.up_to(place.end)?;
                }
                None => {
                    let mut style = export.begin_new(number)?;
                    export.songs_of(number, &mut style)?;
                    export.patch.end_new_playlist()?;
                }
            }
            Ok(true)
        })
    }
}

fn place_of(row: &[OwnedValue]) -> Option<Place> {
    let integer = |column: usize| row.get(column)?.integer();
    Some(Place {
        start: integer(0)? as u64,
        insertion: integer(1)? as u64,
        end: integer(2)? as u64,
        separator: integer(3)? as u16,
    })
}

/// An export under way.
struct Export<'e, 'd> {
    database: &'e Shared<'d>,
    document: &'e Document,
    progress: &'e Progress,
    patch: Patch<'e, Pieces<'e, 'd>>,
}

impl<'e> Export<'e, '_> {
    fn query(&self, query: &str, values: &[Value<'_>]) -> Result<Vec<Vec<OwnedValue>>> {
        let mut database = self.database.borrow_mut();
        let database: &mut Database = &mut database;
        database.query(query, values)
    }

    /// Copies the document's playlists up to the last one that is kept.
    fn playlists(&mut self) -> Result<Ending> {
        let count = Value::Integer(self.document.playlists);
        let kept = self.query(
            "select number, ending from store_playlists where number < $1 and id is not null \
             order by number desc limit 1",
            &[count],
        )?;
        let last_kept = kept
            .first()
            .and_then(|row| Some((row[0].integer()?, row[1].integer()?)));
        let created = self.query("select playlist from store_created limit 1", &[])?;
        let ending = Ending {
            last_kept: last_kept.map(|(_, end)| end as u64),
            created: !created.is_empty(),
        };
        if let Some((last, _)) = last_kept {
            self.edits(last)?;
        }
        self.patch.end_playlists(&ending)?;
        Ok(ending)
    }

    /// Makes the edits of the document's playlists up to number `last`.
    fn edits(&mut self, last: i64) -> Result<()> {
        let (mut playlist, mut sequence) = (-1, -1);
        let mut style: Option<SongStyle<'e>> = None;
        loop {
            let page = self.query(
                "select edits.playlist, edits.sequence, edits.songs, own.start, own.insertion, own.ending, own.separator, \
                 next.start from store_edits edits join store_playlists own on own.number = edits.playlist \
                 left join store_playlists next on next.number = edits.playlist + 1 \
                 where (edits.playlist, edits.sequence) > ($1, $2) and edits.playlist <= $3 \
                 order by edits.playlist, edits.sequence limit $4",
                &[playlist, sequence, last, PAGE].map(Value::Integer),
            )?;
            for row in &page {
                let (Some(number), Some(own), Some(place)) =
                    (row[0].integer(), row[1].integer(), place_of(&row[3..7]))
                else {
                    return Err(damaged());
                };
                if number != playlist
                    && let Some(style) = style.take()
                {
                    self.patch.end_songs(&style)?;
                }
                match &row[2] {
                    OwnedValue::Bytes(songs) => {
                        let mut going = match style.take() {
                            Some(style) => style,
                            None => self.patch.extend(&place)?,
                        };
                        self.songs(songs, &mut going)?;
                        style = Some(going);
                    }
                    _ => {
                        let next = row[7].integer().ok_or_else(damaged)?;
                        self.patch.remove(place.start, next as u64)?;
                    }
                }
                (playlist, sequence) = (number, own);
            }
            if page.len() < PAGE as usize {
                break;
            }
        }
        match style {
            Some(style) => self.patch.end_songs(&style),
            None => Ok(()),
        }
    }

    fn new_playlists(&mut self) -> Result<()> {
        let (mut playlist, mut sequence) = (self.document.playlists - 1, i64::MAX);
        let mut style: Option<SongStyle<'e>> = None;
        loop {
            let page = self.query(
                "select playlist, sequence, songs from store_edits where (playlist, sequence) > ($1, $2) \
                 order by playlist, sequence limit $3",
                &[playlist, sequence, PAGE].map(Value::Integer),
            )?;
            for row in &page {
                let (Some(number), Some(own), Some(songs)) =
                    (row[0].integer(), row[1].integer(), row[2].bytes())
                else {
                    return Err(damaged());
                };
                if number != playlist && style.take().is_some() {
                    self.patch.end_new_playlist()?;
                }
                let mut going = match style.take() {
                    Some(style) => style,
                    None => {
                        self.progress.count(1);
                        self.begin_new(number)?
                    }
                };
                self.songs(songs, &mut going)?;
                style = Some(going);
                (playlist, sequence) = (number, own);
            }
            if page.len() < PAGE as usize {
                break;
            }
        }
        match style {
            Some(_) => self.patch.end_new_playlist(),
            None => Ok(()),
        }
    }

    /// Begins the created playlist of this number.
    fn begin_new(&mut self, number: i64) -> Result<SongStyle<'e>> {
        let rows = self.query(
            "select id, owner, further from store_created where playlist = $1",
            &[Value::Integer(number)],
        )?;
        let row = rows.first().ok_or_else(damaged)?;
        let bytes = |column: usize| row[column].bytes().ok_or_else(damaged);
        let (id, owner) = (ids::id_of(bytes(0)?)?, ids::id_of(bytes(1)?)?);
        self.patch.new_playlist(
            |output| id.write_json(output),
            further_members(bytes(2)?),
            |output| owner.write_json(output),
        )
    }

    /// Writes all songs that a playlist has got.
    fn songs_of(&mut self, number: i64, style: &mut SongStyle<'e>) -> Result<()> {
        let mut sequence = -1;
        loop {
            let page = self.query(
                "select sequence, songs from store_edits where playlist = $1 and sequence > $2 \
                 order by sequence limit $3",
                &[number, sequence, PAGE].map(Value::Integer),
            )?;
            for row in &page {
                sequence = row[0].integer().ok_or_else(damaged)?;
                self.songs(row[1].bytes().ok_or_else(damaged)?, style)?;
            }
            if page.len() < PAGE as usize {
                return Ok(());
            }
        }
    }

    fn songs(&mut self, songs: &[u8], style: &mut SongStyle<'e>) -> Result<()> {
        for song in ids::of_list(songs) {
            let id = ids::id_of(song)?;
            self.patch.song(style, |output| id.write_json(output))?;
        }
        Ok(())
    }
}

fn damaged() -> Error {
    Error::conflict("the store is damaged: its tables do not go together; import it anew")
}
