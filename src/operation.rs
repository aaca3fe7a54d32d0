//! One change to a mixtape, as every layout of CHANGES says it and every engine applies it.
//!
//! ```
//! use mixtape::id::Id;
//! use mixtape::operation::{Operation, OperationKind};
//!
//! let add = Operation::AddSong { playlist: Id::string("1"), song: Id::string("4") };
//! assert_eq!(add.kind(), OperationKind::AddSongToPlaylist);
//! assert_eq!(add.song_count(), 1);
//! assert_eq!(OperationKind::of_name("remove_playlist"), Some(OperationKind::RemovePlaylist));
//! ```

use std::ops::Range;

use serde::Serialize;

use crate::id::{Id, IdKind};

/// A change, borrowed from the reader that read it.
#[derive(Clone, Copy, Debug)]
pub enum Operation<'a> {
    /// Append a song to a playlist.
    AddSong {
        /// The playlist, which must exist.
        playlist: Id<'a>,
        /// The song, which must exist.
        song: Id<'a>,
    },
    /// Create a playlist.
    AddPlaylist(NewPlaylist<'a>),
    /// Remove a playlist.
    RemovePlaylist {
        /// The playlist, which must exist.
        playlist: Id<'a>,
    },
}

/// What sort of operation it is, by the name that CHANGES calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// `add_song_to_playlist`
    AddSongToPlaylist,
    /// `add_playlist`
    AddPlaylist,
    /// `remove_playlist`
    RemovePlaylist,
}

impl OperationKind {
    /// Every kind, in the order of the summary.
    pub const ALL: [OperationKind; 3] = [
        OperationKind::AddSongToPlaylist,
        OperationKind::AddPlaylist,
        OperationKind::RemovePlaylist,
    ];

    /// The value of `type`.
    pub fn name(self) -> &'static str {
        match self {
            OperationKind::AddSongToPlaylist => "add_song_to_playlist",
            OperationKind::AddPlaylist => "add_playlist",
            OperationKind::RemovePlaylist => "remove_playlist",
        }
    }

    /// The kind that a `type` names.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Operation<'_> {
    /// What sort of operation it is.
    pub fn kind(&self) -> OperationKind {
        match self {
            Operation::AddSong { .. } => OperationKind::AddSongToPlaylist,
            Operation::AddPlaylist(_) => OperationKind::AddPlaylist,
            Operation::RemovePlaylist { .. } => OperationKind::RemovePlaylist,
        }
    }

    /// Ids that it names.
    pub(crate) fn lookup_count(&self) -> usize {
        match self {
            Operation::AddSong { .. } => 2,
            Operation::AddPlaylist(new) => {
                1 + usize::from(new.id.is_some()) + new.songs.stored.len()
            }
            Operation::RemovePlaylist { .. } => 1,
        }
    }

    /// Songs that it would append.
    pub fn song_count(&self) -> usize {
        match self {
            Operation::AddSong { .. } => 1,
            Operation::AddPlaylist(new) => new.songs.stored.len(),
            Operation::RemovePlaylist { .. } => 0,
        }
    }
}

/// A playlist to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewPlaylist<'a> {
    /// Its id, if the operation names one.
    pub id: Option<Id<'a>>,
    /// The user it belongs to.
    pub owner: Id<'a>,
    /// Its songs, in order.
    pub songs: Ids<'a>,
    /// Members that go into the playlist as they stand.
    pub further: Further<'a>,
}

/// A list of ids in a reader's buffers.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a> {
    pub(crate) text: &'a str,
    pub(crate) stored: &'a [StoredId],
}

/// An id whose text stands in a buffer shared by a whole operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredId {
    pub(crate) kind: IdKind,
    /// Its place in the shared text.
    pub(crate) text: Span,
    /// Its place in the operation's bytes.
    pub(crate) raw: Span,
}

/// A place within an operation or its text, which are shorter than 4 GiB. Half the size of a `Range`: thousands are written
/// for every one that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Longest operation that spans can point into.
    pub(crate) const MAX_LENGTH: usize = u32::MAX as usize;

    /// From `start` to `end`, lengths within the limit; longer operations are refused once they are read.
    #[inline]
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Span {
            start: start as u32,
            end: end as u32,
        }
    }

    /// A range of stream offsets within the operation that starts at `base`.
    #[inline]
    pub(crate) fn of_stream(base: u64, start: u64, end: u64) -> Self {
        Self::new((start - base) as usize, (end - base) as usize)
    }

    #[inline]
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The range of stream offsets again.
    pub(crate) fn in_stream(self, base: u64) -> Range<u64> {
        base + u64::from(self.start)..base + u64::from(self.end)
    }
}

impl StoredId {
    pub(crate) fn id(self, text: &str) -> Id<'_> {
        Id {
            kind: self.kind,
            text: &text[self.text.range()],
        }
    }
}

impl<'a> Ids<'a> {
    /// The ids in order.
    pub fn iter(self) -> impl Iterator<Item = Id<'a>> {
        self.stored.iter().map(move |id| id.id(self.text))
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.stored.is_empty()
    }
}

/// Members of an `add_playlist` that only the user knows.
#[derive(Clone, Copy, Debug)]
pub struct Further<'a> {
    /// The operation's bytes.
    pub(crate) raw: &'a [u8],
    /// The names' text, escapes resolved.
    pub(crate) text: &'a str,
    /// All members of the operation.
    pub(crate) members: &'a [Member],
}

/// Where a member of an operation stands.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Whether a playlist that the operation creates takes it over.
    pub(crate) is_further: bool,
    /// Name in the shared text; empty where the operation's own members are meant.
    pub(crate) name: Span,
    /// Name with quotes, in the operation's bytes.
    pub(crate) raw_name: Span,
    /// Value, in the operation's bytes.
    pub(crate) raw_value: Span,
}

impl<'a> Further<'a> {
    /// Each member: its name with quotes, and its value, as they are written.
    pub fn raw_members(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.iter()
            .map(move |member| (self.raw(member.raw_name), self.raw(member.raw_value)))
    }

    /// The names, escapes resolved.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        self.iter()
            .map(move |member| &self.text[member.name.range()])
    }

    fn iter(self) -> impl Iterator<Item = &'a Member> {
        self.members.iter().filter(|member| member.is_further)
    }

    fn raw(self, span: Span) -> &'a [u8] {
        &self.raw[span.range()]
    }
}
