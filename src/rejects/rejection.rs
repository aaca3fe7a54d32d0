//! A reason with what it is about, in words.

use std::fmt;

use super::Reason;
use crate::id::Id;

/// A reason with what it is about. `Display` is the message for people. Making one allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection<'a> {
    /// [`Reason::UnknownPlaylist`]
    UnknownPlaylist(Missing<'a>),
    /// [`Reason::UnknownSong`]
    UnknownSong(Missing<'a>),
    /// [`Reason::UnknownUser`]
    UnknownUser(Missing<'a>),
    /// [`Reason::EmptyPlaylist`]
    EmptyPlaylist,
    /// [`Reason::DuplicatePlaylist`]
    DuplicatePlaylist(Id<'a>),
    /// [`Reason::UnknownOperation`]
    UnknownOperation(&'a str),
    /// [`Reason::UnknownOperation`] of a part of grouped changes, by the names that lead to it.
    UnknownList(&'a str),
    /// [`Reason::MissingMember`]
    MissingMember(&'static str),
    /// [`Reason::WrongType`]
    WrongType {
        /// The member, or what else is of the wrong type.
        what: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// [`Reason::DuplicateMember`]
    DuplicateMember(&'a str),
    /// [`Reason::MalformedJson`]
    MalformedJson(&'a str),
    /// [`Reason::ImpossibleTime`]
    ImpossibleTime(&'a str),
    /// [`Reason::NulInText`]
    NulInText(&'static str),
    /// [`Reason::TextTooLong`]
    TextTooLong {
        /// The member.
        what: &'static str,
        /// Most bytes.
        limit: usize,
    },
    /// [`Reason::WrongFieldCount`]
    WrongFieldCount {
        /// How many there are.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// [`Reason::MissingField`], by the name of the column.
    MissingField(&'a str),
    /// [`Reason::ImpossibleSeconds`]
    ImpossibleSeconds(&'a str),
    /// [`Reason::NotUtf8`], by the name of the column.
    NotUtf8(&'a str),
}

/// An id that nothing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing<'a> {
    /// The id.
    pub id: Id<'a>,
    /// Whether something has the same text as an id of the other JSON type, which is a different id.
    pub has_twin: bool,
}

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)?;
        if self.has_twin {
            let twin = self.id.twin();
            write!(f, "; there is one with the {} {twin}", twin.kind.name())?;
        }
        Ok(())
    }
}

/// What becomes of an operation: it is applied, or it is not, and nothing has changed.
pub type Verdict<'a> = std::result::Result<(), Rejection<'a>>;

impl Rejection<'_> {
    /// The reason alone.
    pub fn reason(&self) -> Reason {
        match self {
            Rejection::UnknownPlaylist(_) => Reason::UnknownPlaylist,
            Rejection::UnknownSong(_) => Reason::UnknownSong,
            Rejection::UnknownUser(_) => Reason::UnknownUser,
            Rejection::EmptyPlaylist => Reason::EmptyPlaylist,
            Rejection::DuplicatePlaylist(_) => Reason::DuplicatePlaylist,
            Rejection::UnknownOperation(_) | Rejection::UnknownList(_) => Reason::UnknownOperation,
            Rejection::MissingMember(_) => Reason::MissingMember,
            Rejection::WrongType { .. } => Reason::WrongType,
            Rejection::DuplicateMember(_) => Reason::DuplicateMember,
            Rejection::MalformedJson(_) => Reason::MalformedJson,
            Rejection::ImpossibleTime(_) => Reason::ImpossibleTime,
            Rejection::NulInText(_) => Reason::NulInText,
            Rejection::TextTooLong { .. } => Reason::TextTooLong,
            Rejection::WrongFieldCount { .. } => Reason::WrongFieldCount,
            Rejection::MissingField(_) => Reason::MissingField,
            Rejection::ImpossibleSeconds(_) => Reason::ImpossibleSeconds,
            Rejection::NotUtf8(_) => Reason::NotUtf8,
        }
    }
}

impl fmt::Display for Rejection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::UnknownPlaylist(id) => write!(f, "no playlist has the id {id}"),
            Rejection::UnknownSong(id) => write!(f, "no song has the id {id}"),
            Rejection::UnknownUser(id) => write!(f, "no user has the id {id}"),
            Rejection::EmptyPlaylist => f.write_str("a new playlist needs at least one song"),
            Rejection::DuplicatePlaylist(id) => write!(f, "a playlist has the id {id} already"),
            Rejection::UnknownOperation(name) => write!(
                f,
                "{name:?} is none of add_song_to_playlist, add_playlist, remove_playlist"
            ),
            Rejection::UnknownList(name) => write!(
                f,
                "{name:?} is none of deletions.playlists, additions.existing_playlists_to_update, additions.new_playlists"
            ),
            Rejection::MissingMember(member) => write!(f, "member {member:?} is missing"),
            Rejection::WrongType { what, expected } => write!(f, "{what} must be {expected}"),
            Rejection::DuplicateMember(member) => write!(f, "member {member:?} stands twice"),
            Rejection::MalformedJson(message) => f.write_str(message),
            Rejection::ImpossibleTime(text) => write!(
                f,
                "{} is no time; expected one such as 2022-05-20T12:19:10.516896",
                Shown(text)
            ),
            Rejection::NulInText(member) => write!(
                f,
                "{member} has the character U+0000, which Postgres cannot hold"
            ),
            Rejection::TextTooLong { what, limit } => write!(
                f,
                "{what} is longer than the {limit} bytes that Postgres can index"
            ),
            Rejection::WrongFieldCount { found, expected } => {
                write!(f, "a row of {found} fields under a header of {expected}")
            }
            Rejection::MissingField(column) => write!(f, "{column} is empty"),
            Rejection::ImpossibleSeconds(text) => write!(
                f,
                "{} is no number of seconds; expected an integer from 0 to 9223372036854775807",
                Shown(text)
            ),
            Rejection::NotUtf8(column) => write!(f, "{column} is not UTF-8"),
        }
    }
}

/// Whatever stands in place of something else may be long.
struct Shown<'t>(&'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown(text) = self;
        let shown = text
            .char_indices()
            .nth(40)
            .map_or(*text, |(end, _)| &text[..end]);
        let more = if shown.len() < text.len() { "…" } else { "" };
        write!(f, "{shown:?}{more}")
    }
}
