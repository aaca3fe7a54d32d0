//! Why something was rejected, by its stable name.

use std::fmt;

use serde::Serialize;

/// Why something was rejected. The names are stable: they stand in reject files and summaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No playlist has this id (any more).
    UnknownPlaylist,
    /// No song has this id.
    UnknownSong,
    /// No user has this id.
    UnknownUser,
    /// A new playlist without a song.
    EmptyPlaylist,
    /// A playlist has this id already.
    DuplicatePlaylist,
    /// The type of operation is none that exists.
    UnknownOperation,
    /// A member that the operation needs is not there.
    MissingMember,
    /// A member, or the operation itself, is of the wrong JSON type.
    WrongType,
    /// A member stands twice.
    DuplicateMember,
    /// A line is not JSON.
    MalformedJson,
    /// A time that no calendar or clock has.
    ImpossibleTime,
    /// A text with U+0000, which the database cannot hold.
    NulInText,
    /// An id or a name longer than the database can tell apart.
    TextTooLong,
    /// A row of a table has more or fewer fields than its header.
    WrongFieldCount,
    /// A field that a row needs is empty.
    MissingField,
    /// What should be a duration in whole seconds is none.
    ImpossibleSeconds,
    /// A text that is not UTF-8.
    NotUtf8,
}

impl Reason {
    /// Every reason, in the order of the summary.
    pub const ALL: [Reason; 17] = [
        Reason::UnknownPlaylist,
        Reason::UnknownSong,
        Reason::UnknownUser,
        Reason::EmptyPlaylist,
        Reason::DuplicatePlaylist,
        Reason::UnknownOperation,
        Reason::MissingMember,
        Reason::WrongType,
        Reason::DuplicateMember,
        Reason::MalformedJson,
        Reason::ImpossibleTime,
        Reason::NulInText,
        Reason::TextTooLong,
        Reason::WrongFieldCount,
        Reason::MissingField,
        Reason::ImpossibleSeconds,
        Reason::NotUtf8,
    ];

    /// The stable name, such as `unknown_playlist`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::UnknownPlaylist => "unknown_playlist",
            Reason::UnknownSong => "unknown_song",
            Reason::UnknownUser => "unknown_user",
            Reason::EmptyPlaylist => "empty_playlist",
            Reason::DuplicatePlaylist => "duplicate_playlist",
            Reason::UnknownOperation => "unknown_operation",
            Reason::MissingMember => "missing_member",
            Reason::WrongType => "wrong_type",
            Reason::DuplicateMember => "duplicate_member",
            Reason::MalformedJson => "malformed_json",
            Reason::ImpossibleTime => "impossible_time",
            Reason::NulInText => "nul_in_text",
            Reason::TextTooLong => "text_too_long",
            Reason::WrongFieldCount => "wrong_field_count",
            Reason::MissingField => "missing_field",
            Reason::ImpossibleSeconds => "impossible_seconds",
            Reason::NotUtf8 => "not_utf8",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
