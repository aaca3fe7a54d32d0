//! The ordinary operation, recognized in the bytes that are read already, without asking the reader for every part of it.
//!
//! This knows no errors and no rules: what it takes is an operation that [`Element`](super::element::Element) would take and
//! understand as the same one. Whatever is not plainly that (an escape, another alphabet, a member more, the window's end) is
//! left to be read member by member.

use crate::id::{Id, IdKind};
use crate::operation::{Operation, OperationKind, Span};

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

/// Which bytes are blanks between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blanks {
    /// Any that JSON has.
    All,
    /// Those that end no line.
    OfOneLine,
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
        let mut rest = Rest {
            bytes,
            at: 0,
            blanks,
        };
        let (mut kind, mut playlist, mut song) = (None, None, None);
        rest.byte(b'{')?;
        loop {
            rest.skip_blanks();
            if rest.text(PLAYLIST) {
                rest.colon()?;
                set(&mut playlist, rest.id()?)?;
            } else if rest.text(SONG) {
                rest.colon()?;
                set(&mut song, rest.id()?)?;
            } else if rest.text(KIND) {
                rest.colon()?;
                set(&mut kind, rest.kind()?)?;
            } else {
                return None;
            }
            rest.skip_blanks();
            match rest.next()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        let takes_song = kind? == OperationKind::AddSongToPlaylist;
        (takes_song == song.is_some()).then_some(Plain {
            playlist: playlist?,
            song,
            length: rest.at as u32,
        })
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

/// Sets what is not set yet.
#[inline(always)]
fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// The bytes from `at` on are still to be looked at.
struct Rest<'b> {
    bytes: &'b [u8],
    at: usize,
    blanks: Blanks,
}

impl Rest<'_> {
    #[inline(always)]
    fn next(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    #[inline(always)]
    fn byte(&mut self, expected: u8) -> Option<()> {
        (self.next()? == expected).then_some(())
    }

    /// Passes over `text` where that comes next.
    #[inline(always)]
    fn text(&mut self, text: &[u8]) -> bool {
        let found = self.bytes[self.at..].starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    #[inline(always)]
    fn skip_blanks(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => {}
                b'\n' if self.blanks == Blanks::All => {}
                _ => return,
            }
            self.at += 1;
        }
    }

    #[inline(always)]
    fn colon(&mut self) -> Option<()> {
        self.skip_blanks();
        self.byte(b':')?;
        self.skip_blanks();
        Some(())
    }

    #[inline(always)]
    fn kind(&mut self) -> Option<OperationKind> {
        if self.text(ADD_SONG) {
            Some(OperationKind::AddSongToPlaylist)
        } else if self.text(REMOVE) {
            Some(OperationKind::RemovePlaylist)
        } else {
            None
        }
    }

    /// An id up to behind its last byte: a string of printable ASCII without escapes, or a number of digits alone.
    #[inline(always)]
    fn id(&mut self) -> Option<PlainId> {
        let quoted = *self.bytes.get(self.at)? == b'"';
        self.at += usize::from(quoted);
        let start = self.at;
        self.skip_few_digits();
        if quoted {
            while !matches!(self.next()?, b'"') {
                let byte = self.bytes[self.at - 1];
                if !matches!(byte, b' '..=b'~') || byte == b'\\' {
                    return None;
                }
            }
            return Some(PlainId {
                kind: IdKind::String,
                text: Span::new(start, self.at - 1),
            });
        }
        while self.bytes.get(self.at)?.is_ascii_digit() {
            self.at += 1;
        }
        let digits = &self.bytes[start..self.at];
        let canonical = !digits.is_empty() && (digits[0] != b'0' || digits.len() == 1);
        canonical.then_some(PlainId {
            kind: IdKind::Number,
            text: Span::new(start, self.at),
        })
    }

    /// Passes over digits, up to eight of them, looked at in one step.
    #[inline(always)]
    fn skip_few_digits(&mut self) {
        let Some(chunk) = self.bytes[self.at..].first_chunk::<8>() else {
            return;
        };
        let word = u64::from_le_bytes(*chunk) ^ 0x3030_3030_3030_3030;
        // A byte is a digit where it is below ten: adding 0x76 keeps its highest bit clear.
        let sum = (word & 0x7F7F_7F7F_7F7F_7F7F) + 0x7676_7676_7676_7676;
        let others = (sum | word) & 0x8080_8080_8080_8080;
        self.at += others.trailing_zeros() as usize / 8;
    }
}
