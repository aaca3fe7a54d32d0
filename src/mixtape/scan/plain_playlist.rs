//! The ordinary playlist, recognized in the bytes that are read already, without asking the reader for every part of it.
//!
//! This knows no errors and no rules: what it takes is a playlist that [`Scan::playlist`](super::scan::Scan) would take member by
//! member and understand as the same one. Whatever is not plainly that is left to be read so.

use super::layout::{Layout, OWNERS};
use crate::json::{Blanks, PlainBytes, PlainWord};

/// A playlist with ids that stand in its bytes as they are. All places count from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainPlaylist {
    pub(super) id: PlainWord,
    /// How it names the member that holds its user.
    pub(super) owner: Option<&'static str>,
    pub(super) songs: PlainSongs,
    /// Behind its last byte.
    pub(super) end: usize,
}

/// Its array of songs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainSongs {
    pub(super) count: u64,
    /// Behind the opening bracket.
    pub(super) open: usize,
    /// Where the first song starts, or the closing bracket stands.
    pub(super) first: usize,
    /// Where the last song's neighbour in front of it ends; the opening bracket's end where it has none.
    pub(super) before_last: usize,
    pub(super) last_start: usize,
    /// Behind the last song, or the opening bracket.
    pub(super) last_end: usize,
    /// The closing bracket.
    pub(super) close: usize,
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
    pub(super) fn find(bytes: &[u8], layout: Layout, longest: usize) -> Option<Self> {
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
    loop {
        rest.skip_blanks();
        if rest.text(b"\"id\"") {
            rest.colon()?;
            set(&mut id, short(rest.word()?, longest)?)?;
        } else if rest.text(b"\"owner_id\"") {
            rest.colon()?;
            short(rest.word()?, longest)?;
            set(&mut owner, OWNERS[0])?;
        } else if rest.text(b"\"user_id\"") {
            rest.colon()?;
            short(rest.word()?, longest)?;
            set(&mut owner, OWNERS[1])?;
        } else if rest.text(quoted_songs(layout)) {
            rest.colon()?;
            set(&mut songs, song_list(rest, longest)?)?;
        } else if rest.text(b"\"name\"") {
            // The one further member that the wrapped layout knows.
            rest.colon()?;
            rest.word()?;
        } else {
            return None;
        }
        rest.skip_blanks();
        match rest.take()? {
            b',' => {}
            b'}' => break,
            _ => return None,
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
        rest.skip_blanks();
        songs.close = rest.at();
        match rest.take()? {
            b',' => rest.skip_blanks(),
            b']' => return Some(songs),
            _ => return None,
        }
    }
}

/// The word, unless it is longer than an id may be, quotes included.
#[inline(always)]
fn short(word: PlainWord, longest: usize) -> Option<PlainWord> {
    (word.end - word.start + 2 <= longest).then_some(word)
}

/// Sets what is not set yet.
#[inline(always)]
fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use proptest::prelude::*;

    use super::super::scan::{self, Alone, Scan};
    use super::*;
    use crate::io::Memory;
    use crate::json::{self, HoldLimit, Window};

    const LIMIT: HoldLimit = HoldLimit {
        bytes: 40,
        what: "the test",
        flag: "--none",
    };

    /// Gives so many bytes at once: what lies in the window is not all of an array, or of a playlist.
    struct Drops<'t>(&'t [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(self.1);
            self.0.read(&mut buffer[..count])
        }
    }

    /// What a document with this playlist behind a first one of this layout is understood as: by the short cut where it takes it
    /// (and whether it did), or member by member; or what is wrong with it.
    fn understood(
        layout: Layout,
        playlist: &str,
        short_cut: bool,
        at_once: usize,
    ) -> (bool, Result<String, String>) {
        let first = match layout {
            Layout::Plain => r#"{"id": "x", "user_id": 1, "song_ids": [ 1, 2 ]}"#,
            Layout::Wrapped => r#"{"playlist": {"id": "x", "user_id": 1, "songs": [ 1, 2 ]}}"#,
        };
        let text = format!(r#"{{"users": [], "songs": [], "playlists": [{first}, {playlist}]}}"#);
        let taken = PlainPlaylist::find(playlist.as_bytes(), layout, LIMIT.bytes).is_some();
        let source = Drops(text.as_bytes(), at_once);
        let mut window = Window::new(source, LIMIT).unwrap();
        let scan = scan::scan_with(
            json::document_reader(&mut window),
            Scan::new(&Memory::UNLIMITED, short_cut),
            &mut Alone,
        );
        (
            taken,
            scan.map(|scan| scan.outline())
                .map_err(|failure| failure.to_string()),
        )
    }

    fn check(layout: Layout, playlist: &str) -> bool {
        let (taken, quick) = understood(layout, playlist, true, usize::MAX);
        let (_, exact) = understood(layout, playlist, false, usize::MAX);
        assert_eq!(quick, exact, "{layout:?}: {playlist}");
        for at_once in [60, 1] {
            let (_, slow) = understood(layout, playlist, true, at_once);
            // What is too long may be noticed elsewhere.
            assert_eq!(quick.clone().ok(), slow.ok(), "{layout:?}: {playlist}");
        }
        taken
    }

    fn blanks() -> impl Strategy<Value = String> {
        prop_oneof![4 => Just(String::new()), 4 => Just(" ".to_owned()), 1 => "[ \t\r\n]{0,12}", 1 => " {250,260}"]
    }

    fn id() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => (0..1_000_000_000_000u64).prop_map(|id| format!("\"{id}\"")),
            4 => (0..1_000_000_000_000u64).prop_map(|id| id.to_string()),
            2 => "\"[ -~]{0,12}\"",
            1 => prop::sample::select(vec![
                "00", "0", "-7", "1.5", "7e2", "null", "true", "[]", "{}", "\"é\"", "\"\\n\"", "\"\"", "\"x", "7_",
                "\"123456789012345678901234567890123456789\"", "\"1234567890123456789012345678901234567890\"",
                "1234567890123456789012345678901234567890", "12345678901234567890123456789012345678901",
            ])
            .prop_map(str::to_owned),
        ]
    }

    prop_compose! {
        fn songs()(
            parts in prop::collection::vec((blanks(), id(), blanks()), 0..5),
            inner in blanks(),
        ) -> String {
            let parts: Vec<String> = parts.into_iter().map(|(a, id, b)| format!("{a}{id}{b}")).collect();
            let text = parts.join(",");
            format!("[{}]", if text.is_empty() { inner } else { text })
        }
    }

    fn member() -> impl Strategy<Value = (String, String)> {
        let name = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            prop::sample::select(names)
        };
        prop_oneof![
            4 => (name(&["id"]), id()),
            3 => (name(&["owner_id", "user_id", "name"]), id()),
            4 => (name(&["song_ids", "songs"]), songs()),
            1 => (name(&["id", "songs", "song_ids", "playlist", "name", "x", "na\\u006de"]), prop_oneof![id(), songs()]),
        ]
    }

    prop_compose! {
        fn playlist()(
            members in prop::collection::vec((member(), prop::collection::vec(blanks(), 4)), 2..5),
            layout in prop::sample::select(vec![Layout::Plain, Layout::Wrapped]),
            outer in prop::collection::vec(blanks(), 4),
        ) -> (Layout, String) {
            let parts: Vec<String> = members
                .into_iter()
                .map(|((name, value), blanks)| {
                    let [a, b, c, d] = &blanks[..] else { unreachable!() };
                    format!("{a}\"{name}\"{b}:{c}{value}{d}")
                })
                .collect();
            let object = format!("{{{}}}", parts.join(","));
            let [a, b, c, d] = &outer[..] else { unreachable!() };
            (layout, match layout {
                Layout::Plain => object,
                Layout::Wrapped => format!("{{{a}\"playlist\"{b}:{c}{object}{d}}}"),
            })
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_as_plain_is_the_playlist_that_its_members_say((layout, text) in playlist()) {
            check(layout, &text);
        }
    }

    #[test]
    fn ordinary_playlists_are_plain_and_others_are_not() {
        for (layout, text) in [
            (
                Layout::Plain,
                r#"{"id": "1", "owner_id": "2", "song_ids": ["3", "4"]}"#,
            ),
            (Layout::Plain, r#"{"song_ids":[],"id":1,"user_id":2}"#),
            (
                Layout::Plain,
                "{\n  \"id\": \"1\",\n  \"owner_id\": 3,\n  \"song_ids\": [\n    7,\n    8\n  ]\n}",
            ),
            (
                Layout::Wrapped,
                r#"{"playlist": {"id": "1", "name": "n", "user_id": "2", "songs": [3]}}"#,
            ),
        ] {
            assert!(check(layout, text), "{text}");
        }
        for (layout, text) in [
            (
                Layout::Plain,
                r#"{"id": "1", "owner_id": "2", "user_id": "2", "song_ids": ["3"]}"#,
            ),
            (
                Layout::Plain,
                r#"{"id": "1", "id": "2", "song_ids": ["3"]}"#,
            ),
            (Layout::Plain, r#"{"id": "1", "song_ids": ["3", null]}"#),
            (Layout::Plain, r#"{"id": "1", "song_ids": ["3",]}"#),
            (Layout::Plain, r#"{"id": "1", "song_ids": ["é"]}"#),
            (Layout::Plain, r#"{"id": "1", "songs": ["3"]}"#),
            (
                Layout::Wrapped,
                r#"{"playlist": {"id": "1", "songs": [3]}, "x": 1}"#,
            ),
            (Layout::Wrapped, r#"{"id": "1", "songs": [3]}"#),
        ] {
            assert!(!check(layout, text), "{text}");
        }
    }
}
