//! What a video's title may mean: every sensible reading of it as artists and a song.

use super::fold;
use super::names::Names;
use super::note::{self, Note, Side};
use super::reading::{Candidate, How, Reader, Reading};
use super::segments::{self, Cut};
use super::title::{Title, is_latin};

/// A media item as its platform describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described<'a> {
    /// The title that the uploader gave: `Artist - Song (Official Video)`.
    pub primary: &'a str,
    /// The title of the music in it, where the platform knows one.
    pub secondary: Option<&'a str>,
    /// The artist of that music, where the platform knows one.
    pub artist: Option<&'a str>,
}

/// All readings of a video.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Video {
    pub(super) readings: Vec<Reading>,
}

/// Parts between bars that are looked at.
const MAX_PIECES: usize = 8;

impl Video {
    /// Reads a description.
    pub fn read(described: &Described<'_>) -> Self {
        let primary = fold::tidy(described.primary).replace("M/V", "MV");
        let mut pieces: Vec<&str> = segments::pieces(&primary).take(MAX_PIECES).collect();
        if pieces.is_empty() {
            // A song may be called `2002`, or `Video`.
            pieces.push(&primary);
        }
        let field = described
            .artist
            .map(|artist| Names::read(&fold::tidy(artist)))
            .filter(|names| !names.is_empty());
        let secondary = described
            .secondary
            .map(|title| Title::read(&fold::tidy(title), Side::Track))
            .filter(|title| !title.base.is_empty());

        let candidates = candidates(&pieces, field.as_ref());
        let secondary =
            secondary.filter(|title| agrees(title, &primary, &candidates, field.as_ref()));
        let reader = Reader::new(field, secondary, piece_version(&pieces), &candidates);
        Video {
            readings: reader.read(&candidates),
        }
    }

    /// Calls `each` with every name by which its artists may be called.
    pub fn for_each_name(&self, mut each: impl FnMut(&str)) {
        let named = self
            .readings
            .iter()
            .flat_map(|reading| reading.names.callable());
        named.for_each(|name| each(name.key()));
    }

    /// Whether no artist can be made out at all.
    pub fn is_anonymous(&self) -> bool {
        self.readings
            .iter()
            .all(|reading| matches!(reading.how, How::Joined | How::Piece))
    }

    /// Calls `each` with every pair of an artist's name and a title under which the video can be found.
    pub fn for_each_key(&self, mut each: impl FnMut(&str, &str)) {
        for reading in &self.readings {
            for name in reading.names.callable().chain(&reading.guests) {
                for form in reading.title.forms() {
                    each(name.key(), form);
                    name.short_forms().for_each(|short| each(&short, form));
                }
            }
        }
    }
}

fn candidates(pieces: &[&str], field: Option<&Names>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut add = |how, names: Option<&str>, title: &str| {
        let names = names.map(Names::read).filter(|names| !names.is_empty());
        let title = Title::read(title, Side::Video);
        if !title.base.is_empty() && (names.is_some() || field.is_some()) {
            candidates.push(Candidate { how, names, title });
        }
    };
    // Behind `Artist - Song | …` stand the album, the channel and the film, none of which is the song.
    let is_cut = |piece: &&str| !matches!(segments::cut(piece), Cut::None);
    let is_divided = pieces.iter().any(is_cut);
    for (i, piece) in pieces.iter().enumerate() {
        match segments::cut(piece) {
            Cut::None if is_divided && i > 0 => {}
            Cut::Dashes { first, last } => {
                add(How::Named, Some(first.0), first.1);
                add(How::Reversed, Some(last.1), last.0);
                if let Some((title, names)) = segments::by(first.1) {
                    add(How::Reversed, Some(names), title);
                }
            }
            Cut::Quote {
                before,
                inside,
                behind,
            } => {
                add(How::Named, Some(before), inside);
                if behind.starts_with('(') {
                    add(How::Named, Some(before), &format!("{inside} {behind}"));
                }
            }
            Cut::None => {
                if field.is_some() {
                    add(How::Named, None, piece);
                }
                if let Some((title, names)) = segments::by(piece) {
                    add(How::Reversed, Some(names), title);
                }
                if pieces.len() == 1 {
                    segments::splits(piece)
                        .for_each(|(names, title)| add(How::Joined, Some(names), title));
                }
                // `Song | Film | Singer`: only the first two parts can be the song.
                let others = pieces.iter().enumerate().filter(|(j, _)| i < 2 && *j != i);
                let others = others.filter(|(_, other)| !is_cut(other));
                others.for_each(|(_, other)| add(How::Piece, Some(other), piece));
            }
        }
    }
    candidates
}

/// What the parts between bars say about the recording: `Artist - Song | Live Session`.
fn piece_version(pieces: &[&str]) -> Vec<String> {
    let notes = pieces
        .iter()
        .skip(1)
        .filter(|piece| matches!(segments::cut(piece), Cut::None));
    let versions =
        notes.filter_map(
            |piece| match note::read_note(piece, &fold::words(piece), Side::Video) {
                Note::Version(version) => Some(version),
                _ => None,
            },
        );
    versions.flatten().collect()
}

/// Whether the platform's title is about the same song as the uploader's. It sometimes names another song altogether.
fn agrees(
    secondary: &Title,
    primary: &str,
    candidates: &[Candidate],
    field: Option<&Names>,
) -> bool {
    let words = fold::words(primary);
    let key = fold::key_of_words(&words);
    if key.contains(&secondary.base) {
        return true;
    }
    if is_latin(&secondary.base) != is_latin(&key) {
        return true;
    }
    // The uploader's title is in order: it names the artist and a song, and it is another song.
    let clear = |candidate: &Candidate| {
        candidate.how == How::Named
            && candidate
                .names
                .as_ref()
                .is_some_and(|names| field.is_none_or(|field| names.meets(field)))
    };
    !candidates.iter().any(clear)
}
