//! The ordinary playlist, recognized in the bytes that are read already, without asking the reader for every part of it.
//!
//! This knows no errors and no rules: what it takes is a playlist that [`Scan::playlist`](super::scan::Scan) would take member by
//! member and understand as the same one. Whatever is not plainly that is left to be read so.

use crate::json::{Blanks, PlainBytes, PlainWord, set_once};
use crate::mixtape::layout::{Layout, OWNERS};

/// A playlist with ids that stand in its bytes as they are. All places count from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainPlaylist {
    pub(in crate::mixtape) id: PlainWord,
    /// How it names the member that holds its user.
    pub(in crate::mixtape) owner: Option<&'static str>,
    pub(in crate::mixtape) songs: PlainSongs,
    /// Behind its last byte.
    pub(in crate::mixtape) end: usize,
}

/// Its array of songs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainSongs {
    pub(in crate::mixtape) count: u64,
    /// Behind the opening bracket.
    pub(in crate::mixtape) open: usize,
    /// Where the first song starts, or the closing bracket stands.
    pub(in crate::mixtape) first: usize,
    /// Where the last song's neighbour in front of it ends; the opening bracket's end where it has none.
    pub(in crate::mixtape) before_last: usize,
    pub(super) last_start: usize,
    /// Behind the last song, or the opening bracket.
    pub(in crate::mixtape) last_end: usize,
    /// The closing bracket.
    pub(in crate::mixtape) close: usize,
}

/// Arrays and objects that are nested in a playlist, itself included.
pub(super) fn levels(layout: Layout) -> u32 {
    match layout {
        Layout::Plain => 2,
        Layout::Wrapped => 3,
    }
}

impl PlainPlaylist {
    /// The playlist with which `bytes` begin, in a document of this layout; `longest` is the most bytes that an id may have.
    #[inline]
    pub(in crate::mixtape) fn find(bytes: &[u8], layout: Layout, longest: usize) -> Option<Self> {
        let mut rest = PlainBytes::new(bytes, Blanks::All);
        let found = match layout {
            Layout::Plain => object(&mut rest, layout, longest)?,
            Layout::Wrapped => {
                rest.byte(b'{')?;
                rest.skip_blanks();
                if !rest.text(b"\"playlist\"") {
                    return None;
                }
                rest.colon()?;
                let found = object(&mut rest, layout, longest)?;
                rest.skip_blanks();
                rest.byte(b'}')?;
                found
            }
        };
        Some(PlainPlaylist {
            end: rest.at(),
            ..found
        })
    }
}

/// The object that holds id, user and songs.
#[inline(always)]
fn object(rest: &mut PlainBytes<'_>, layout: Layout, longest: usize) -> Option<PlainPlaylist> {
    let (mut id, mut owner, mut songs) = (None, None, None);
    rest.byte(b'{')?;
    rest.skip_blanks();
    loop {
        if rest.text(b"\"id\"") {
            rest.colon()?;
            set_once(&mut id, short(rest.word()?, longest)?)?;
        } else if rest.text(b"\"owner_id\"") {
            rest.colon()?;
            short(rest.word()?, longest)?;
            set_once(&mut owner, OWNERS[0])?;
        } else if rest.text(b"\"user_id\"") {
            rest.colon()?;
            short(rest.word()?, longest)?;
            set_once(&mut owner, OWNERS[1])?;
        } else if rest.text(quoted_songs(layout)) {
            rest.colon()?;
            set_once(&mut songs, song_list(rest, longest)?)?;
        } else if rest.text(b"\"name\"") {
            // The one further member that the wrapped layout knows.
            rest.colon()?;
            rest.word()?;
        } else {
            return None;
        }
        if !rest.another(b'}')? {
            break;
        }
    }
    Some(PlainPlaylist {
        id: id?,
        owner,
        songs: songs?,
        end: rest.at(),
    })
}

fn quoted_songs(layout: Layout) -> &'static [u8] {
    match layout {
        Layout::Plain => b"\"song_ids\"",
        Layout::Wrapped => b"\"songs\"",
    }
}

#[inline(always)]
fn song_list(rest: &mut PlainBytes<'_>, longest: usize) -> Option<PlainSongs> {
    rest.byte(b'[')?;
    let open = rest.at();
    rest.skip_blanks();
    let first = rest.at();
    let mut songs = PlainSongs {
        count: 0,
        open,
        first,
        before_last: open,
        last_start: open,
        last_end: open,
        close: first,
    };
    if rest.peek()? == b']' {
        rest.take();
        return Some(songs);
    }
    loop {
        songs.before_last = songs.last_end;
        songs.last_start = rest.at();
        short(rest.word()?, longest)?;
        songs.last_end = rest.at();
        songs.count += 1;
        if !rest.another(b']')? {
            songs.close = rest.at() - 1;
            return Some(songs);
        }
    }
}

/// The word, unless it is longer than an id may be, quotes included.
#[inline(always)]
fn short(word: PlainWord, longest: usize) -> Option<PlainWord> {
    (word.end - word.start + 2 <= longest).then_some(word)
}

#[cfg(test)]
mod tests;
