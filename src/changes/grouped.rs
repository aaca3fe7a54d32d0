//! Operations grouped by what they do: the layout of the program that this one succeeds.

use struson::reader::ValueType;

use super::element::{Element, Role, Spelling, read_id};
use super::format::GROUPS;
use super::grouped_place::GroupedPlace;
use super::{Consumer, OPERATION, Passed};
use crate::error::Stop;
use crate::json::{
    DocumentReader, ElementPath, Failure, Held, HoldLimit, ask, expect, name, write_string,
};
use crate::operation::{Operation, OperationKind};
use crate::rejects::{Evidence, Reject, Rejection, Verdict};

/// `{"id", "songs"}`: songs for a playlist that is there.
const UPDATE: Spelling = Spelling {
    role: |name| {
        Some(match name {
            "id" => Role::Playlist,
            "songs" => Role::Songs,
            _ => return None,
        })
    },
    playlist: "id",
    songs: "songs",
};

/// `{"user_id", "name", "songs"}`: a new playlist.
const NEW: Spelling = Spelling {
    role: |name| {
        Some(match name {
            "id" => Role::Id,
            "user_id" | "owner_id" => Role::Owner,
            // The second is what the songs are called in an operation, as which a rejected one is written.
            "songs" | "song_ids" => Role::Songs,
            "type" => Role::Kind,
            _ => return None,
        })
    },
    playlist: "id",
    songs: "songs",
};

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
    limit: HoldLimit,
    consumer: &mut C,
) -> Result<u64, Stop> {
    let mut reader = Grouped {
        json,
        limit,
        out: Out {
            consumer,
            composed: Vec::new(),
            number: 0,
            before,
        },
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

/// The consumer, and what it is told of rejected parts: the operation of its own that a part amounts to, so that the reject
/// file can be applied again.
struct Out<'c, C> {
    consumer: &'c mut C,
    composed: Vec<u8>,
    number: u64,
    /// Operations that were dealt with another time.
    before: u64,
}

impl<C: Consumer> Out<'_, C> {
    fn begin(&mut self, kind: &str) {
        self.composed.clear();
        self.composed.extend_from_slice(b"{\"type\": ");
        write_string(&mut self.composed, kind).expect("memory takes all bytes");
    }

    fn member(&mut self, name: &[u8], value: &[u8]) {
        for part in [b", ", name, b": ", value] {
            self.composed.extend_from_slice(part);
        }
    }

    fn apply<'a>(&mut self, operation: Operation<'a>) -> Result<Verdict<'a>, Stop> {
        let mut verdict = Ok(());
        if self.number <= self.before {
            return Ok(verdict);
        }
        self.consumer
            .apply(&[operation], |_, outcome| verdict = outcome)?;
        Ok(verdict)
    }

    /// Rejects what was composed.
    fn reject(
        &mut self,
        held: &dyn Held,
        path: ElementPath<'_>,
        rejection: Rejection<'_>,
        at: u64,
    ) -> Result<(), Stop> {
        if self.number <= self.before {
            return Ok(());
        }
        self.composed.push(b'}');
        self.consumer.reject(
            &Reject {
                rejection,
                element: OPERATION,
                number: self.number,
                path: Some(path),
                position: held.position(at),
                evidence: Evidence::Operation(&self.composed),
            },
            held,
        )?;
        Ok(())
    }
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
                Err(unknown) => {
                    let kind = format!("{group}.{unknown}");
                    self.place.begin_list(&unknown);
                    if ask(&mut self.json, J::peek)? == ValueType::Array {
                        self.unknown_list(&kind)?;
                    } else {
                        self.unknown_operation(&kind)?;
                    }
                    self.place.end_list();
                }
            }
        }
        ask(&mut self.json, J::end_object)?;
        self.place.end_group();
        Ok(())
    }

    /// A group that nobody knows, perhaps of a mistyped name: the entries of its lists, and its objects, are rejected operations.
    /// Texts and numbers in it say nothing to do: who made the changes, and when.
    fn unknown_group(&mut self, group: &str) -> Result<(), Stop> {
        self.place.begin_group(group);
        match ask(&mut self.json, J::peek)? {
            ValueType::Array => self.unknown_list(group)?,
            ValueType::Object => {
                ask(&mut self.json, J::begin_object)?;
                while ask(&mut self.json, J::has_next)? {
                    let list = name(&mut self.json, str::to_owned)?;
                    let kind = format!("{group}.{list}");
                    self.place.begin_list(&list);
                    match ask(&mut self.json, J::peek)? {
                        ValueType::Array => self.unknown_list(&kind)?,
                        ValueType::Object => self.unknown_operation(&kind)?,
                        _ => ask(&mut self.json, J::skip_value)?,
                    }
                    self.place.end_list();
                }
                ask(&mut self.json, J::end_object)?;
            }
            _ => ask(&mut self.json, J::skip_value)?,
        }
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
                compose_whole(out, held, element, OperationKind::AddSongToPlaylist);
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
        compose_whole(out, held, &self.element, OperationKind::AddPlaylist);
        out.reject(held, path, rejection, start)
    }

    /// All operations up to here are dealt with.
    fn passed(&mut self) -> Result<(), Stop> {
        let end = self.json.offset();
        let out = &mut self.out;
        if out.number <= out.before {
            return Ok(());
        }
        let held = self.json.held();
        Ok(out.consumer.passed(|| Passed {
            operations: out.number,
            position: held.position(end),
            last: b"",
        })?)
    }

    /// Holds the element at which the reader stands.
    fn hold(&mut self) -> u64 {
        let start = self.json.offset();
        self.json.hold(start);
        start
    }

    /// A list of something that cannot be done: each entry is a rejected operation.
    fn unknown_list(&mut self, kind: &str) -> Result<(), Stop> {
        ask(&mut self.json, J::begin_array)?;
        while ask(&mut self.json, J::has_next)? {
            let start = self.json.offset();
            self.place.begin_part(start, self.out.number + 1);
            self.unknown_operation(kind)?;
            self.place.end_part();
        }
        ask(&mut self.json, J::end_array)?;
        Ok(())
    }

    fn unknown_operation(&mut self, kind: &str) -> Result<(), Stop> {
        self.out.number += 1;
        let start = self.hold();
        ask(&mut self.json, J::skip_value)?;
        let end = self.json.offset();
        self.limit.check(&(start..end))?;
        let held = self.json.held();
        self.out.begin(kind);
        self.out.member(b"\"value\"", held.raw(start..end));
        let rejection = Rejection::UnknownList(kind);
        self.out.reject(held, self.place.path(), rejection, start)?;
        self.passed()?;
        self.json.release();
        Ok(())
    }
}

/// An element as an operation of its own, with all its members, or itself as `value` where it is no object.
fn compose_whole<C: Consumer>(
    out: &mut Out<'_, C>,
    held: &dyn Held,
    element: &Element,
    kind: OperationKind,
) {
    out.begin(kind.name());
    if !element.is_object {
        out.member(b"\"value\"", held.raw(element.start..element.end));
    }
    for (role, name, value) in element.raw_members() {
        if role == Some(Role::Songs) && kind == OperationKind::AddPlaylist {
            out.member(b"\"song_ids\"", held.raw(value));
        } else {
            out.member(held.raw(name), held.raw(value));
        }
    }
}
