//! Plain operations by the likeness of one to the next: a file's operations differ in their ids, and in little else.

use super::{Plain, PlainId};
use crate::digits;
use crate::id::IdKind;
use crate::json::{Blanks, PlainWord};
use crate::operation::OperationKind;

/// Finds plain operations, as [`Plain::find`] does, and knows those that look like earlier ones at a glance.
pub(in crate::changes) struct PlainFinder {
    blanks: Blanks,
    /// The last one of those that add a song.
    add_song: Option<Likeness>,
}

impl PlainFinder {
    /// Where these stand between tokens.
    pub(in crate::changes) fn new(blanks: Blanks) -> Self {
        PlainFinder {
            blanks,
            add_song: None,
        }
    }

    pub(in crate::changes) fn blanks(&self) -> Blanks {
        self.blanks
    }

    /// The operation with which `bytes` begin.
    #[inline(always)]
    pub(in crate::changes) fn find(&mut self, bytes: &[u8]) -> Option<Plain> {
        let alike = self.add_song.as_ref().and_then(|like| like.find(bytes));
        alike.or_else(|| self.learn(bytes))
    }

    #[inline(never)]
    fn learn(&mut self, bytes: &[u8]) -> Option<Plain> {
        let plain = Plain::find(bytes, self.blanks)?;
        if plain.kind() == OperationKind::AddSongToPlaylist {
            self.add_song = Likeness::of(&plain, bytes);
        }
        Some(plain)
    }
}

/// What stands around the two ids of an operation, and what they are.
struct Likeness {
    before: Text<64>,
    first: IdKind,
    between: Text<32>,
    second: IdKind,
    behind: Text<8>,
    playlist_is_first: bool,
}

impl Likeness {
    /// That of an operation that adds a song; none where there is more around its ids than in most.
    fn of(plain: &Plain, bytes: &[u8]) -> Option<Self> {
        let (playlist, song) = (plain.playlist, plain.song?);
        let playlist_is_first = playlist.text.range().start < song.text.range().start;
        let (first, second) = match playlist_is_first {
            true => (playlist, song),
            false => (song, playlist),
        };
        let (first_text, second_text) = (first.text.range(), second.text.range());
        Some(Likeness {
            before: Text::of(&bytes[..first_text.start])?,
            first: first.kind,
            between: Text::of(&bytes[first_text.end..second_text.start])?,
            second: second.kind,
            behind: Text::of(&bytes[second_text.end..plain.length as usize])?,
            playlist_is_first,
        })
    }

    /// The operation with which `bytes` begin, if it is like this one, and its ids are a few digits.
    #[inline(always)]
    fn find(&self, bytes: &[u8]) -> Option<Plain> {
        let start = self.before.end(bytes, 0)?;
        let first = few_digits(bytes, start, self.first)?;
        let start = self.between.end(bytes, first.end)?;
        let second = few_digits(bytes, start, self.second)?;
        let end = self.behind.end(bytes, second.end)?;
        let (playlist, song) = match self.playlist_is_first {
            true => (first, second),
            false => (second, first),
        };
        Some(Plain {
            playlist: PlainId::of(playlist),
            song: Some(PlainId::of(song)),
            length: end as u32,
        })
    }
}

/// A text to compare with, at once and not byte by byte.
struct Text<const ROOM: usize> {
    bytes: [u8; ROOM],
    /// All ones where there is a byte of it.
    mask: [u8; ROOM],
    length: usize,
}

impl<const ROOM: usize> Text<ROOM> {
    /// None where there is no room for it.
    fn of(text: &[u8]) -> Option<Self> {
        let (mut bytes, mut mask) = ([0; ROOM], [0; ROOM]);
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        mask[..text.len()].fill(0xFF);
        Some(Text {
            bytes,
            mask,
            length: text.len(),
        })
    }

    /// Where it ends in `bytes`, if it stands at `start` and there are a few bytes behind it.
    #[inline(always)]
    fn end(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let found: &[u8; ROOM] = bytes.get(start..)?.first_chunk()?;
        let mut other = 0;
        for ((found, byte), mask) in found.iter().zip(&self.bytes).zip(&self.mask) {
            other |= (found ^ byte) & mask;
        }
        (other == 0).then_some(start + self.length)
    }
}

/// An id of digits, fewer than sixteen, as one of this kind has them.
#[inline(always)]
fn few_digits(bytes: &[u8], start: usize, kind: IdKind) -> Option<PlainWord> {
    let mut count = digits::leading(bytes.get(start..)?.first_chunk()?);
    if count == 8 {
        count += digits::leading(bytes.get(start + 8..)?.first_chunk()?);
    }
    let is_one = match kind {
        IdKind::String => count > 0,
        IdKind::Number => count == 1 || count > 1 && bytes[start] != b'0',
    };
    (is_one && count < 16).then_some(PlainWord {
        quoted: kind == IdKind::String,
        start,
        end: start + count,
    })
}

#[cfg(test)]
mod tests;
