//! The ordinary operation, recognized in the bytes that are read already, without asking the reader for every part of it.
//!
//! This knows no errors and no rules: what it takes is an operation that [`Element`](super::element::Element) would take and
//! understand as the same one. Whatever is not plainly that (an escape, another alphabet, a member more, the window's end) is
//! left to be read member by member.

mod finder;
#[cfg(test)]
mod tests;

use crate::id::{Id, IdKind};
use crate::json::{Blanks, PlainBytes, PlainWord, set_once};
use crate::operation::{Operation, OperationKind, Span};

pub(super) use finder::PlainFinder;

/// An operation with ids that stand in its bytes as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plain {
    playlist: PlainId,
    /// None: the playlist is removed.
    song: Option<PlainId>,
    /// Bytes from its first to behind its last one.
    length: u32,
}

/// The text of an id within the operation.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PlainId {
    text: Span,
    kind: IdKind,
}

/// What stands in the names and around them; each is followed by blanks and a colon.
const KIND: &[u8] = b"\"type\"";
const PLAYLIST: &[u8] = b"\"playlist_id\"";
const SONG: &[u8] = b"\"song_id\"";

/// The types; their quotes are part of the text to compare.
const ADD_SONG: &[u8] = b"\"add_song_to_playlist\"";
const REMOVE: &[u8] = b"\"remove_playlist\"";

impl Plain {
    /// The operation with which `bytes` begin.
    #[inline(always)]
    pub(super) fn find(bytes: &[u8], blanks: Blanks) -> Option<Self> {
        let mut rest = PlainBytes::new(bytes, blanks);
        let (mut kind, mut playlist, mut song) = (None, None, None);
        rest.byte(b'{')?;
        rest.skip_blanks();
        loop {
            if rest.text(PLAYLIST) {
                rest.colon()?;
                set_once(&mut playlist, id(&mut rest)?)?;
            } else if rest.text(SONG) {
                rest.colon()?;
                set_once(&mut song, id(&mut rest)?)?;
            } else if rest.text(KIND) {
                rest.colon()?;
                set_once(&mut kind, kind_of(&mut rest)?)?;
            } else {
                return None;
            }
            if !rest.another(b'}')? {
                break;
            }
        }
        let takes_song = kind? == OperationKind::AddSongToPlaylist;
        (takes_song == song.is_some()).then_some(Plain {
            playlist: playlist?,
            song,
            length: rest.at() as u32,
        })
    }

    fn kind(&self) -> OperationKind {
        match self.song {
            Some(_) => OperationKind::AddSongToPlaylist,
            None => OperationKind::RemovePlaylist,
        }
    }

    /// Bytes from its first to behind its last one.
    #[inline]
    pub(super) fn length(&self) -> u64 {
        u64::from(self.length)
    }

    /// The operation, whose bytes start at index `start` of `text`.
    #[inline]
    pub(super) fn operation<'a>(&self, text: &'a str, start: usize) -> Operation<'a> {
        let text = &text[start..start + self.length as usize];
        let id = |id: PlainId| Id {
            kind: id.kind,
            text: &text[id.text.range()],
        };
        let playlist = id(self.playlist);
        match self.song {
            Some(song) => Operation::AddSong {
                playlist,
                song: id(song),
            },
            None => Operation::RemovePlaylist { playlist },
        }
    }
}

#[inline(always)]
fn kind_of(rest: &mut PlainBytes<'_>) -> Option<OperationKind> {
    if rest.text(ADD_SONG) {
        Some(OperationKind::AddSongToPlaylist)
    } else if rest.text(REMOVE) {
        Some(OperationKind::RemovePlaylist)
    } else {
        None
    }
}

#[inline(always)]
fn id(rest: &mut PlainBytes<'_>) -> Option<PlainId> {
    rest.word().map(PlainId::of)
}

impl PlainId {
    #[inline(always)]
    fn of(word: PlainWord) -> Self {
        PlainId {
            kind: IdKind::of_quoted(word.quoted),
            text: Span::new(word.start, word.end),
        }
    }
}
