//! Mixtapes made for tests, with what they hold beside their text.

mod element;
mod notes;
mod told;

use std::io::Write;

use proptest::prelude::*;
use tempfile::NamedTempFile;

use super::elements::Walk;
use super::kind::Kind;
use super::layout::Layout;
use crate::error::Error;
use crate::io::Rereadable;
use crate::json::HoldLimit;
use crate::limits;
use element::{ON_A_LINE, Spelling, TALL, id, parts, playlist, song, user};

pub(super) use notes::{Notes, extended, new_playlists};
pub(super) use told::Told;

pub(super) const LIMIT: HoldLimit = limits::of_id(60);

/// A file with this text, which is there as long as its first half is.
pub(super) fn opened(text: impl AsRef<[u8]>) -> (NamedTempFile, Rereadable) {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_ref()).unwrap();
    let opened = Rereadable::open(file.path(), &Default::default()).unwrap();
    (file, opened)
}

/// All that is said of an error, without where the file lies.
pub(super) fn said(error: &Error, mixtape: &Rereadable) -> String {
    error.to_string().replace(mixtape.name(), "mixtape")
}

/// What one array of a mixtape holds, in the order of [`Kind`].
pub(super) type Arrays = [Vec<Element>; 3];

#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) text: String,
    /// What a surveyor is told of it.
    pub(super) seen: Seen,
    /// Of its references those that lead nowhere.
    pub(super) dangling: u64,
}

/// What a surveyor is told of an element: the ids as messages show them; of a playlist its text, and how much of that stands in
/// front of further songs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) ids: Vec<Option<String>>,
    place: Option<(String, u64)>,
}

#[derive(Clone, Debug)]
pub(super) struct Generated {
    pub(super) arrays: Arrays,
    order: [Kind; 3],
    /// In front of every element, and behind the last.
    white: &'static str,
}

impl Generated {
    pub(super) fn playlists(&self) -> &[Element] {
        &self.arrays[Kind::Playlists as usize]
    }

    /// The document, and where its elements stand.
    pub(super) fn document(&self) -> (String, Vec<Walk>) {
        let mut text = "{\"further\": [{\"id\": 1}]".to_owned();
        let mut walk = Vec::new();
        for kind in self.order {
            text += &format!(", \"{}\": [", kind.name());
            walk.push(Walk::Begin(kind, text.len() as u64));
            let elements = &self.arrays[kind as usize];
            for (number, element) in elements.iter().enumerate() {
                text += if number > 0 { "," } else { "" };
                text += self.white;
                let start = text.len() as u64;
                text += &element.text;
                walk.push(Walk::Element(start..text.len() as u64));
            }
            text += if elements.is_empty() { "" } else { self.white };
            walk.push(Walk::End(text.len() as u64));
            text += "]";
        }
        (text + "}\n", walk)
    }

    /// What a surveyor is told of the document.
    pub(super) fn seen(&self) -> Vec<Seen> {
        let elements = self.order.map(|kind| self.arrays[kind as usize].iter());
        let elements = elements.into_iter().flatten();
        elements.map(|element| element.seen.clone()).collect()
    }
}

/// Whether all elements of a mixtape stand on lines of their own.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Lay {
    Anyhow,
    OnLines,
}

pub(super) fn mixtape(lay: Lay) -> impl Strategy<Value = Generated> {
    let mut spellings = ON_A_LINE.to_vec();
    let mut whites = vec!["\n"];
    // That of the document that lines stand for.
    let mut orders = vec![[Kind::Users, Kind::Songs, Kind::Playlists]];
    if lay == Lay::Anyhow {
        spellings.push(TALL);
        whites.extend(["", " ", "\n  "]);
        orders.push([Kind::Playlists, Kind::Songs, Kind::Users]);
        orders.push([Kind::Songs, Kind::Playlists, Kind::Users]);
    }
    let select = prop::sample::select::<Spelling>;
    (
        prop::sample::select(vec![Layout::Plain, Layout::Wrapped]),
        (select(spellings), prop::sample::select(whites)),
        prop::sample::select(orders),
        prop::collection::vec(prop::bool::weighted(0.2), 0..6),
        0..6usize,
        prop::collection::vec(parts(), 0..6),
        any::<bool>(),
    )
        .prop_map(
            |(layout, (spelling, white), order, users, songs, playlists, number_ids)| {
                let counts = [users.len(), songs];
                // Descending, so that the largest is not the last.
                let of_playlist = |number: usize| match number_ids {
                    true => id(90 - 3 * number, false),
                    false => id(90 - number, false),
                };
                let playlists = playlists.iter().enumerate().map(|(number, parts)| {
                    playlist(of_playlist(number), parts, layout, spelling, counts)
                });
                let users = users.iter().enumerate();
                let users = users.map(|(number, both)| user(number, layout, *both, spelling));
                let songs = (0..songs).map(|number| song(number, spelling));
                Generated {
                    arrays: [users.collect(), playlists.collect(), songs.collect()],
                    order,
                    white,
                }
            },
        )
}
