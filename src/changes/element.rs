//! One element of CHANGES, read into buffers that serve all of them.

use std::ops::Range;

use struson::reader::ValueType;

use super::names::Names;
use super::spelling::{OPERATION, Role, Spelling};
use crate::id::IdKind;
use crate::json::{DocumentReader, Failure, ask};
use crate::operation::{Member, OperationKind, Span, StoredId};
use crate::rejects::Wrapping;

/// An object's members as far as they mean something, and where the others stand. Nothing is judged while it is read:
/// whether a member matters is known only when all are read, because they come in any order.
#[derive(Default)]
pub(super) struct Element {
    /// Offsets of the element in the stream.
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) is_object: bool,
    /// All texts that are kept, one behind the other.
    pub(super) text: String,
    pub(super) kind: Field<Kind>,
    pub(super) playlist: Field<StoredId>,
    pub(super) song: Field<StoredId>,
    pub(super) owner: Field<StoredId>,
    pub(super) id: Field<StoredId>,
    pub(super) songs: Field<()>,
    /// The entries of `songs`; those that `wrong_songs` lists have no id.
    pub(super) song_list: Vec<StoredId>,
    pub(super) wrong_songs: Vec<usize>,
    /// Every member of the object, and what it means.
    pub(super) members: Vec<Member>,
    roles: Vec<Option<Role>>,
    names: Names,
    pub(super) duplicate: Option<Span>,
    /// The operation inside a line of a reject file.
    inner: Option<Box<Element>>,
    has_inner: bool,
}

/// A member that an operation can have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Field<T> {
    #[default]
    Absent,
    Wrong,
    Value(T),
}

/// What `type` says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Known(OperationKind),
    /// The text of a name that no operation has.
    Unknown(Span),
}

/// Text that nearly every operation needs no more of, in bytes.
const ROOM: usize = 256;

/// Bytes that are not kept for the next one.
const LARGE: usize = 64 * 1024;

impl Element {
    /// An element whose buffer need not grow for an ordinary operation.
    pub(super) fn with_room() -> Self {
        Element {
            text: String::with_capacity(ROOM),
            ..Element::default()
        }
    }

    /// Gives the memory back that one large operation has taken.
    pub(super) fn forget_if_large(&mut self) {
        if self.text.capacity() > LARGE
            || self.song_list.capacity() > LARGE / 16
            || self.members.capacity() > LARGE / 32
        {
            *self = Element::with_room();
        }
    }

    /// Reads the value at which `json` stands.
    pub(super) fn read<J: DocumentReader>(
        &mut self,
        json: &mut J,
        spelling: &Spelling,
    ) -> Result<(), Failure> {
        let kind = ask(json, J::peek)?;
        self.read_value(json, kind, spelling, Wrapping::Possible)
    }

    /// The operation to look at: the one inside where this is a line of a reject file. A line with two operations is
    /// itself, to be rejected: neither of them is dropped in silence.
    pub(super) fn effective(&self) -> &Element {
        match &self.inner {
            Some(inner)
                if self.has_inner && self.kind == Field::Absent && self.duplicate.is_none() =>
            {
                inner
            }
            _ => self,
        }
    }

    fn read_value<J: DocumentReader>(
        &mut self,
        json: &mut J,
        kind: ValueType,
        spelling: &Spelling,
        wrapping: Wrapping,
    ) -> Result<(), Failure> {
        self.clear();
        self.start = json.offset();
        self.is_object = kind == ValueType::Object;
        if self.is_object {
            ask(json, J::begin_object)?;
            while ask(json, J::has_next)? {
                self.member(json, spelling, wrapping)?;
            }
            ask(json, J::end_object)?;
        } else {
            ask(json, J::skip_value)?;
        }
        self.end = json.offset();
        Ok(())
    }

    fn clear(&mut self) {
        self.text.clear();
        self.kind = Field::Absent;
        self.playlist = Field::Absent;
        self.song = Field::Absent;
        self.owner = Field::Absent;
        self.id = Field::Absent;
        self.songs = Field::Absent;
        self.song_list.clear();
        self.wrong_songs.clear();
        self.members.clear();
        self.roles.clear();
        self.names.clear();
        self.duplicate = None;
        self.has_inner = false;
    }

    fn member<J: DocumentReader>(
        &mut self,
        json: &mut J,
        spelling: &Spelling,
        wrapping: Wrapping,
    ) -> Result<(), Failure> {
        let name_start = json.offset();
        let name_in_text = self.text.len();
        let (role, known_twice) = match json.next_name() {
            Ok(name) => {
                let role = (spelling.role)(name);
                let twice = role.is_some() && self.roles.contains(&role);
                // The name of a role says nothing that the role does not, unless it is to be complained about.
                if role.is_none() || twice {
                    self.text.push_str(name);
                }
                (role, twice)
            }
            Err(error) => return Err(json.failure(error)),
        };
        let name = name_in_text..self.text.len();
        let name_end = json.offset();
        let twice = known_twice || (role.is_none() && !self.names.insert(&self.text, name.clone()));
        let name = Span::new(name.start, name.end);
        if twice && self.duplicate.is_none() {
            self.duplicate = Some(name);
        }
        let kind = ask(json, J::peek)?;
        let value_start = json.offset();
        self.value(json, role, kind, wrapping)?;
        self.roles.push(role);
        self.members.push(Member {
            is_further: !matches!(
                role,
                Some(Role::Kind | Role::Id | Role::Owner | Role::Songs)
            ),
            name,
            raw_name: Span::of_stream(self.start, name_start, name_end),
            raw_value: Span::of_stream(self.start, value_start, json.offset()),
        });
        Ok(())
    }

    fn value<J: DocumentReader>(
        &mut self,
        json: &mut J,
        role: Option<Role>,
        kind: ValueType,
        wrapping: Wrapping,
    ) -> Result<(), Failure> {
        match role {
            Some(Role::Kind) => self.kind = self.kind(json, kind)?,
            Some(Role::Id) => self.id = self.id_field(json, kind)?,
            Some(Role::Playlist) => self.playlist = self.id_field(json, kind)?,
            Some(Role::Song) => self.song = self.id_field(json, kind)?,
            Some(Role::Owner) => self.owner = self.id_field(json, kind)?,
            Some(Role::Songs) if kind == ValueType::Array => {
                self.songs = Field::Value(());
                self.song_list.clear();
                ask(json, J::begin_array)?;
                while ask(json, J::has_next)? {
                    self.listed_song(json)?;
                }
                ask(json, J::end_array)?;
            }
            Some(Role::Songs) => {
                self.songs = Field::Wrong;
                ask(json, J::skip_value)?;
            }
            // Of any type: a rejected `7` is rejected for the same reason again.
            Some(Role::Operation) if wrapping == Wrapping::Possible => {
                self.has_inner = true;
                let inner = self.inner.get_or_insert_default();
                inner.read_value(json, kind, &OPERATION, Wrapping::Excluded)?;
            }
            Some(Role::Operation) | None => ask(json, J::skip_value)?,
        }
        Ok(())
    }

    fn kind<J: DocumentReader>(
        &mut self,
        json: &mut J,
        kind: ValueType,
    ) -> Result<Field<Kind>, Failure> {
        if kind != ValueType::String {
            return ask(json, J::skip_value).map(|()| Field::Wrong);
        }
        let start = self.text.len();
        match json.next_str() {
            Ok(name) => Ok(Field::Value(match OperationKind::of_name(name) {
                Some(kind) => Kind::Known(kind),
                None => {
                    self.text.push_str(name);
                    Kind::Unknown(Span::new(start, self.text.len()))
                }
            })),
            Err(error) => Err(json.failure(error)),
        }
    }

    fn id_field<J: DocumentReader>(
        &mut self,
        json: &mut J,
        kind: ValueType,
    ) -> Result<Field<StoredId>, Failure> {
        let id = read_id(json, kind, self.start, &mut self.text)?;
        Ok(id.map_or(Field::Wrong, Field::Value))
    }

    fn listed_song<J: DocumentReader>(&mut self, json: &mut J) -> Result<(), Failure> {
        let kind = ask(json, J::peek)?;
        let start = json.offset();
        let song = read_id(json, kind, self.start, &mut self.text)?.unwrap_or_else(|| {
            self.wrong_songs.push(self.song_list.len());
            StoredId {
                kind: IdKind::String,
                text: Span::default(),
                raw: Span::of_stream(self.start, start, json.offset()),
            }
        });
        self.song_list.push(song);
        Ok(())
    }

    /// Role, name with quotes and value of every member, as offsets in the stream.
    pub(super) fn raw_members(
        &self,
    ) -> impl Iterator<Item = (Option<Role>, Range<u64>, Range<u64>)> {
        self.roles.iter().zip(&self.members).map(|(role, member)| {
            let name = member.raw_name.in_stream(self.start);
            (*role, name, member.raw_value.in_stream(self.start))
        })
    }

    /// Where the value of a role's first member stands.
    pub(super) fn raw_value(&self, role: Role) -> Option<Range<u64>> {
        self.raw_members()
            .find_map(|(other, _, value)| (other == Some(role)).then_some(value))
    }
}

/// Reads an id, its text added to `text`; skips what is none.
/// `base` is where the operation starts.
pub(super) fn read_id<J: DocumentReader>(
    json: &mut J,
    kind: ValueType,
    base: u64,
    text: &mut String,
) -> Result<Option<StoredId>, Failure> {
    let raw_start = json.offset();
    let start = text.len();
    let read = match kind {
        ValueType::String => json.next_str().map(|id| text.push_str(id)),
        ValueType::Number => json.next_number_as_str().map(|id| text.push_str(id)),
        _ => return ask(json, J::skip_value).map(|()| None),
    };
    read.map_err(|error| json.failure(error))?;
    Ok(Some(StoredId {
        kind: if kind == ValueType::String {
            IdKind::String
        } else {
            IdKind::Number
        },
        text: Span::new(start, text.len()),
        raw: Span::of_stream(base, raw_start, json.offset()),
    }))
}

#[cfg(test)]
mod tests;
