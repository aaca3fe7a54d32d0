//! What a surveyor is told of a mixtape, and what a patch makes of that.

use std::io::{self, Write};

use super::Seen;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::mixtape::shape::{Place, Shape};
use crate::mixtape::splice::{Output, Patch};
use crate::mixtape::surveyor::Surveyor;

/// Notes what it is told of what stands in a text that begins at an offset; the last that it takes is that of this number.
pub(in crate::mixtape) struct Notes<'t> {
    pub(in crate::mixtape) text: &'t str,
    pub(in crate::mixtape) base: u64,
    pub(in crate::mixtape) seen: Vec<Seen>,
    pub(in crate::mixtape) places: Vec<Place>,
    pub(in crate::mixtape) most: usize,
}

impl<'t> Notes<'t> {
    pub(in crate::mixtape) fn of(text: &'t str, base: u64) -> Self {
        Notes {
            text,
            base,
            seen: Vec::new(),
            places: Vec::new(),
            most: usize::MAX,
        }
    }

    fn take(&mut self, ids: &[Option<Id<'_>>], place: Option<&Place>) -> Result<()> {
        assert!(self.seen.len() < self.most, "it was told to end");
        self.seen.push(Seen {
            ids: ids.iter().map(|id| id.map(|id| id.to_string())).collect(),
            place: place.map(|place| {
                let range = place.start - self.base..place.end - self.base;
                let text = &self.text[range.start as usize..range.end as usize];
                (text.to_owned(), place.insertion - place.start)
            }),
        });
        self.places.extend(place.cloned());
        match self.seen.len() == self.most {
            true => Err(Error::conflict("that is enough")),
            false => Ok(()),
        }
    }
}

impl Surveyor for Notes<'_> {
    fn user(&mut self, id: Option<Id<'_>>, user_id: Option<Id<'_>>) -> Result<()> {
        self.take(&[id, user_id], None)
    }

    fn song(&mut self, id: Id<'_>) -> Result<()> {
        self.take(&[Some(id)], None)
    }

    fn playlist(&mut self, id: Id<'_>, place: &Place) -> Result<()> {
        self.take(&[Some(id)], Some(place))
    }
}

/// What is written of a patch.
#[derive(Default)]
struct Written(Vec<u8>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Written {
    fn error(&self, error: io::Error) -> Error {
        unreachable!("{error}")
    }
}

/// Two new playlists as a document of this shape has them, and what stands between them.
pub(in crate::mixtape) fn new_playlists(shape: &Shape) -> [String; 3] {
    let mut written = Written::default();
    let mut patch = Patch::new("mixtape", io::empty(), 0, shape, &mut written);
    for songs in [&b"s"[..], b"st"] {
        let id = |output: &mut Written| shape.generated("7").write_json(output);
        let further = [(&b"\"name\""[..], &b"\"n\""[..])].into_iter();
        let owner = |output: &mut Written| output.write_all(b"u");
        let mut style = patch.new_playlist(id, further, owner).unwrap();
        for song in songs {
            patch
                .song(&mut style, |output| output.write_all(&[*song]))
                .unwrap();
        }
        patch.end_songs(&style).unwrap();
        patch.end_new_playlist().unwrap();
    }
    let written = String::from_utf8(written.0).unwrap();
    // The second is the first but for one song, so it begins as that does.
    let second = written.rfind(&written[..written.find("\"id\"").unwrap()]);
    let (first, second) = written.split_at(second.unwrap());
    let end = first.rfind('}').unwrap() + 1;
    [&first[..end], &first[end..], second].map(str::to_owned)
}

/// A text that begins at an offset, with two songs put into each of the playlists at these places.
pub(in crate::mixtape) fn extended(
    text: &str,
    base: u64,
    shape: &Shape,
    places: &[Place],
) -> Vec<String> {
    let each = places.iter().map(|place| {
        let from = &text[(place.start - base) as usize..];
        let mut written = Written::default();
        let mut patch = Patch::new("mixtape", from.as_bytes(), place.start, shape, &mut written);
        let mut style = patch.extend(place).unwrap();
        for song in [b"s", b"t"] {
            patch
                .song(&mut style, |output| output.write_all(song))
                .unwrap();
        }
        patch.end_songs(&style).unwrap();
        patch.up_to(place.end).unwrap();
        String::from_utf8(written.0).unwrap()
    });
    each.collect()
}
