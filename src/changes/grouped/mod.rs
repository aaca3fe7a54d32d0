//! Operations grouped by what they do: the layout of the program that this one succeeds.

mod out;
mod place;
mod unknown;

use struson::reader::ValueType;

use super::Consumer;
use super::element::{Element, read_id};
use super::format::GROUPS;
use super::spelling::{NEW, Role, UPDATE};
use crate::error::Stop;
use crate::json::{DocumentReader, ElementPath, Failure, HoldLimit, ask, expect, name};
use crate::operation::{Operation, OperationKind};
use crate::rejects::{Rejection, Verdict};
use out::Out;
use place::GroupedPlace;

/// A list of operations within the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Deletions,
    Updates,
    New,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            List::Deletions => "playlists",
            List::Updates => "existing_playlists_to_update",
            List::New => "new_playlists",
        }
    }
}

/// Reads the document; returns how many operations it has: one a deletion, a new playlist, and each song of an update. The
/// first `before` of them are passed over.
pub(super) fn read<J: DocumentReader, C: Consumer>(
    json: J,
    before: u64,
    consumer: &mut C,
) -> Result<u64, Stop> {
    let mut reader = Grouped {
        limit: json.limit(),
        json,
        out: Out::new(consumer, before),
        element: Element::default(),
        text: String::new(),
        place: GroupedPlace::default(),
    };
    let read = reader.document();
    read.map_err(|stop| reader.place.locate(stop))?;
    reader.json.finish()?;
    Ok(reader.out.number)
}

struct Grouped<'c, J, C> {
    json: J,
    limit: HoldLimit,
    out: Out<'c, C>,
    element: Element,
    text: String,
    place: GroupedPlace,
}

impl<J: DocumentReader, C: Consumer> Grouped<'_, J, C> {
    fn document(&mut self) -> Result<(), Stop> {
        expect(
            &mut self.json,
            ValueType::Object,
            "by --changes-format grouped, changes",
        )?;
        let mut seen = [false; GROUPS.len()];
        ask(&mut self.json, J::begin_object)?;
        while ask(&mut self.json, J::has_next)? {
            let at = self.json.offset();
            let group = name(&mut self.json, |name| {
                let known = GROUPS.iter().position(|group| *group == name);
                known.ok_or_else(|| name.to_owned())
            })?;
            match group {
                Ok(group) if std::mem::replace(&mut seen[group], true) => {
                    let message = format!("member {:?} stands twice", GROUPS[group]);
                    return Err(Failure::data(at, message).into());
                }
                Ok(group) => self.group(GROUPS[group])?,
                Err(unknown) => self.unknown_group(&unknown)?,
            }
        }
        ask(&mut self.json, J::end_object)?;
        Ok(())
    }

    fn group(&mut self, group: &'static str) -> Result<(), Stop> {
        self.place.begin_group(group);
        expect(&mut self.json, ValueType::Object, group)?;
        ask(&mut self.json, J::begin_object)?;
        while ask(&mut self.json, J::has_next)? {
            let list = name(&mut self.json, |name| match (group, name) {
                ("deletions", "playlists") => Ok(List::Deletions),
                ("additions", "existing_playlists_to_update") => Ok(List::Updates),
                ("additions", "new_playlists") => Ok(List::New),
                _ => Err(name.to_owned()),
            })?;
            match list {
                Ok(list) => self.list(list)?,
                Err(unknown) => self.unknown_member(group, &unknown)?,
            }
        }
        ask(&mut self.json, J::end_object)?;
        self.place.end_group();
        Ok(())
    }

    fn list(&mut self, list: List) -> Result<(), Stop> {
        self.place.begin_list(list.name());
        expect(&mut self.json, ValueType::Array, list.name())?;
        ask(&mut self.json, J::begin_array)?;
        while ask(&mut self.json, J::has_next)? {
            let start = self.json.offset();
            self.place.begin_part(start, self.out.number + 1);
            match list {
                List::Deletions => self.deletion()?,
                List::Updates => self.update()?,
                List::New => self.new_playlist()?,
            }
            self.place.end_part();
            self.passed()?;
        }
        ask(&mut self.json, J::end_array)?;
        self.json.release();
        self.place.end_list();
        Ok(())
    }

    fn deletion(&mut self) -> Result<(), Stop> {
        self.out.number += 1;
        let kind = ask(&mut self.json, J::peek)?;
        let start = self.hold();
        self.text.clear();
        let id = read_id(&mut self.json, kind, start, &mut self.text)?;
        let end = self.json.offset();
        self.limit.check(&(start..end))?;
        let verdict: Verdict<'_> = match id {
            Some(id) => self.out.apply(Operation::RemovePlaylist {
                playlist: id.id(&self.text),
            })?,
            None => Err(Rejection::WrongType {
                what: "a playlist's id",
                expected: "a string or a number",
            }),
        };
        let Err(rejection) = verdict else {
            return Ok(());
        };
        self.out.begin(OperationKind::RemovePlaylist.name());
        let held = self.json.held();
        self.out.member(b"\"playlist_id\"", held.raw(start..end));
        self.out.reject(held, self.place.path(), rejection, start)
    }

    fn update(&mut self) -> Result<(), Stop> {
        self.hold();
        self.element.read(&mut self.json, &UPDATE)?;
        let (held, out, element) = (self.json.held(), &mut self.out, &self.element);
        let path = self.place.path();
        let start = element.start;
        self.limit.check(&(start..element.end))?;
        let songs = element
            .check_object("an update")
            .and_then(|()| element.listed_songs());
        let songs = match songs {
            Ok(songs) => songs,
            Err(rejection) => {
                out.number += 1;
                out.begin_whole(held, element, OperationKind::AddSongToPlaylist);
                return out.reject(held, path, rejection, start);
            }
        };
        let playlist = element.required(&element.playlist, UPDATE.playlist);
        for (at, (place, song)) in (0..).zip(songs) {
            out.number += 1;
            let verdict = match (playlist, song) {
                (Ok(playlist), Ok(song)) => out.apply(Operation::AddSong { playlist, song })?,
                (Err(rejection), _) | (_, Err(rejection)) => Err(rejection),
            };
            if let Err(rejection) = verdict {
                out.begin(OperationKind::AddSongToPlaylist.name());
                if let Some(range) = element.raw_value(Role::Playlist) {
                    out.member(b"\"playlist_id\"", held.raw(range));
                }
                let place = place.raw.in_stream(start);
                out.member(b"\"song_id\"", held.raw(place.clone()));
                let path = ElementPath {
                    part: Some((UPDATE.songs, at)),
                    ..path
                };
                out.reject(held, path, rejection, place.start)?;
            }
        }
        Ok(())
    }

    fn new_playlist(&mut self) -> Result<(), Stop> {
        self.hold();
        self.element.read(&mut self.json, &NEW)?;
        let (json, out, path) = (&mut self.json, &mut self.out, self.place.path());
        out.number += 1;
        let (start, end) = (self.element.start, self.element.end);
        self.limit.check(&(start..end))?;
        let held = json.held();
        let has_type = self.element.raw_value(Role::Kind).is_some();
        let verdict = match self.element.new_playlist(held.raw(start..end), &NEW) {
            // It could not be told from the operation's own.
            Ok(_) if has_type => Err(Rejection::DuplicateMember("type")),
            Ok(operation) => out.apply(operation)?,
            Err(rejection) => Err(rejection),
        };
        let Err(rejection) = verdict else {
            return Ok(());
        };
        out.begin_whole(held, &self.element, OperationKind::AddPlaylist);
        out.reject(held, path, rejection, start)
    }

    /// All operations up to here are dealt with.
    fn passed(&mut self) -> Result<(), Stop> {
        let end = self.json.offset();
        self.out.passed(self.json.held(), end)
    }

    /// Holds the element at which the reader stands.
    fn hold(&mut self) -> u64 {
        let start = self.json.offset();
        self.json.hold(start);
        start
    }
}
