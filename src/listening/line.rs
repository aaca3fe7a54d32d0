//! One line of PLAYLISTS: a user and that user's own playlists, in one of several layouts.

mod fault;
mod tracks;
mod value;

use struson::reader::ValueType;

use super::batch::{Batch, Span};
use super::fields::{Field, FieldNames, Found, Taken, Unknown};
use super::playlist;
use crate::json::{self, DocumentReader, Failure, ask};
use crate::rejects::Rejection;
use fault::wrong;
use value::{Best, Scalar, required, scalar};

pub(super) use fault::Fault;

/// Reads lines; knows which names they had so far.
pub(super) struct LineReader<'n> {
    names: &'n FieldNames,
    pub(super) taken: Taken,
    /// Names as they were spelled, found once: they are the same in every line.
    found: Vec<(String, Found)>,
    fault: Option<Fault>,
    has_playlists: bool,
    /// Whether a line, and an object that is a track, was understood: then others like it are wrong, and not the names.
    knows_lines: bool,
    knows_tracks: bool,
    /// What stands where it was not.
    pub(super) unknown: Unknown,
}

/// More spellings than these are looked up again each time.
const MOST_FOUND: usize = 16;

impl<'n> LineReader<'n> {
    pub(super) fn new(names: &'n FieldNames) -> Self {
        LineReader {
            names,
            taken: Taken::default(),
            found: Vec::new(),
            fault: None,
            has_playlists: false,
            knows_lines: false,
            knows_tracks: false,
            unknown: Unknown::default(),
        }
    }

    /// Reads the value at which `json` stands and appends its lists to `batch`; the user that they are of, or what is wrong.
    pub(super) fn read<J: DocumentReader>(
        &mut self,
        json: &mut J,
        line: u32,
        batch: &mut Batch,
    ) -> Result<Result<Span, Fault>, Failure> {
        self.fault = None;
        self.has_playlists = false;
        if !self.knows_lines {
            self.unknown.clear();
        }
        if ask(json, J::peek)? != ValueType::Object {
            ask(json, J::skip_value)?;
            return Ok(Err(wrong("a row", "an object")));
        }
        let mut user = Best::default();
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            match self.name(json, &[Field::User, Field::Playlists], batch)? {
                Name::Playlist(playlist) => self.playlist(json, line, playlist, batch)?,
                Name::Field(found) if found.field == Field::User => {
                    self.value(json, found, &mut user, batch)?;
                }
                Name::Field(found) => {
                    self.taken.take(found);
                    self.playlists(json, line, batch)?;
                }
                Name::Other => ask(json, J::skip_value)?,
            }
        }
        ask(json, J::end_object)?;
        self.take(Field::User, &user);
        Ok(self.judge(user.value, batch))
    }

    /// What was found for a field counts.
    fn take(&mut self, field: Field, best: &Best) {
        if !matches!(best.value, Scalar::Absent) {
            let rank = best.rank;
            self.taken.take(Found { field, rank });
        }
    }

    fn judge(&mut self, user: Scalar, batch: &Batch) -> Result<Span, Fault> {
        // That a member has a name of its own says more than what is wrong in others.
        for (field, is_there) in [
            (Field::User, !matches!(user, Scalar::Absent)),
            (Field::Playlists, self.has_playlists),
        ] {
            if !is_there && !self.knows_lines {
                return Err(Fault::Strange(field));
            }
            if !is_there {
                return Err(Fault::Rejected(Rejection::MissingMember(field.word())));
            }
        }
        self.knows_lines = true;
        match self.fault {
            Some(fault) => Err(fault),
            None => required(user, Field::User, batch),
        }
    }

    fn name<J: DocumentReader>(
        &mut self,
        json: &mut J,
        fields: &[Field],
        batch: &mut Batch,
    ) -> Result<Name, Failure> {
        let looks_for_playlists = fields.contains(&Field::Playlists);
        let remembers = !(self.knows_lines && self.knows_tracks);
        json::name(json, |name| {
            if looks_for_playlists && let Some(digits) = playlist::digits(name.as_bytes()) {
                return Name::Playlist(batch.text(digits));
            }
            let mut before = self.found.iter();
            let is_it =
                |(known, found): &&(String, Found)| known == name && fields.contains(&found.field);
            if let Some((_, found)) = before.find(is_it) {
                return Name::Field(*found);
            }
            match self.names.find(fields, name) {
                Some(found) => {
                    self.taken.see(found);
                    if self.found.len() < MOST_FOUND {
                        self.found.push((name.to_owned(), found));
                    }
                    Name::Field(found)
                }
                None => {
                    if remembers {
                        self.unknown.add(name);
                    }
                    Name::Other
                }
            }
        })
    }

    /// Reads a value that is wanted unless a better one was found.
    fn value<J: DocumentReader>(
        &mut self,
        json: &mut J,
        found: Found,
        best: &mut Best,
        batch: &mut Batch,
    ) -> Result<(), Failure> {
        let value = scalar(json, batch)?;
        let is_first = matches!(best.value, Scalar::Absent);
        if !is_first && best.rank == found.rank {
            self.reject(Rejection::DuplicateMember(found.field.word()));
        }
        if is_first || found.rank < best.rank {
            let rank = found.rank;
            *best = Best { rank, value };
        }
        Ok(())
    }

    /// `playlists`: an object of them, or an array of objects that have names.
    fn playlists<J: DocumentReader>(
        &mut self,
        json: &mut J,
        line: u32,
        batch: &mut Batch,
    ) -> Result<(), Failure> {
        self.has_playlists = true;
        match ask(json, J::peek)? {
            ValueType::Object => {
                ask(json, J::begin_object)?;
                while ask(json, J::has_next)? {
                    let digits = json::name(json, |name| {
                        playlist::digits(name.as_bytes()).map(|digits| batch.text(digits))
                    })?;
                    match digits {
                        Some(playlist) => self.playlist(json, line, playlist, batch)?,
                        None => {
                            self.reject(NOT_A_PLAYLIST);
                            ask(json, J::skip_value)?;
                        }
                    }
                }
                ask(json, J::end_object)
            }
            ValueType::Array => {
                ask(json, J::begin_array)?;
                while ask(json, J::has_next)? {
                    if ask(json, J::peek)? == ValueType::Object {
                        self.playlist_object(json, line, None, batch)?;
                    } else {
                        self.reject(Rejection::WrongType {
                            what: "a playlist",
                            expected: "an object with a name and tracks",
                        });
                        ask(json, J::skip_value)?;
                    }
                }
                ask(json, J::end_array)
            }
            _ => {
                self.reject(Rejection::WrongType {
                    what: "playlists",
                    expected: "an object or an array",
                });
                ask(json, J::skip_value)
            }
        }
    }

    /// The tracks of a playlist whose name is known.
    fn playlist<J: DocumentReader>(
        &mut self,
        json: &mut J,
        line: u32,
        playlist: Span,
        batch: &mut Batch,
    ) -> Result<(), Failure> {
        self.has_playlists = true;
        match ask(json, J::peek)? {
            ValueType::Object => self.playlist_object(json, line, Some(playlist), batch),
            _ => self.tracks(json, line, playlist, batch),
        }
    }

    /// An object that has the tracks of a playlist, and its name where that is not known.
    fn playlist_object<J: DocumentReader>(
        &mut self,
        json: &mut J,
        line: u32,
        mut playlist: Option<Span>,
        batch: &mut Batch,
    ) -> Result<(), Failure> {
        let needs_name = playlist.is_none();
        let before = batch.lists.len();
        let mut name = Best::default();
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            match self.name(json, &[Field::Name, Field::Tracks], batch)? {
                Name::Field(found) if found.field == Field::Tracks => {
                    self.taken.take(found);
                    self.tracks(json, line, Span::NONE, batch)?;
                }
                Name::Field(found) if needs_name => self.value(json, found, &mut name, batch)?,
                _ => ask(json, J::skip_value)?,
            }
        }
        ask(json, J::end_object)?;
        if needs_name {
            self.take(Field::Name, &name);
            playlist = match name.value {
                Scalar::Text(name) => playlist::digits(batch.get(name).as_bytes())
                    .map(str::to_owned)
                    .map(|digits| batch.text(&digits)),
                _ => None,
            };
        }
        match (playlist, &mut batch.lists[before..]) {
            (None, _) => self.reject(NOT_A_PLAYLIST),
            (Some(playlist), [list]) => list.playlist = playlist,
            (Some(_), []) => self.reject(Rejection::MissingMember(Field::Tracks.word())),
            (Some(_), _) => self.reject(Rejection::DuplicateMember(Field::Tracks.word())),
        }
        Ok(())
    }

    fn reject(&mut self, rejection: Rejection<'static>) {
        self.fault.get_or_insert(Fault::Rejected(rejection));
    }
}

/// What a member is, by its name.
enum Name {
    Playlist(Span),
    Field(Found),
    Other,
}

const NOT_A_PLAYLIST: Rejection<'static> = Rejection::WrongType {
    what: "the name of a playlist",
    expected: "playlist_ and digits",
};
