//! What a video's title may mean: every sensible reading of it as artists and a song.

use super::fold;
use super::names::{Name, Names};
use super::note::{self, Note, Side};
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

/// Where a reading has its artists from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// The artist field, or what stands before a dash or a quoted title.
    Named,
    /// What stands behind the last dash, or behind "by".
    Reversed,
    /// Another part between bars.
    Piece,
    /// The first words of a title without any separator.
    Joined,
}

/// One way to understand a video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub how: How,
    pub names: Names,
    /// Everybody named anywhere in what belongs to this reading.
    pub everybody: Vec<Name>,
    pub guests: Vec<Name>,
    pub title: Title,
    /// The versions that it may be; where the two titles differ, either.
    pub versions: Vec<Vec<String>>,
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
        let pieces: Vec<&str> = segments::pieces(&primary).take(MAX_PIECES).collect();
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
        let mut reader = Reader {
            piece_version: piece_version(&pieces),
            field,
            secondary,
            readings: Vec::new(),
        };
        for candidate in &candidates {
            reader.add_candidate(candidate);
        }
        reader.add_secondary(&candidates);
        Video {
            readings: reader.readings,
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

/// A title in the primary title, and whom it may be by.
struct Candidate {
    how: How,
    names: Option<Names>,
    title: Title,
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
    for (i, piece) in pieces.iter().enumerate() {
        let cut = segments::cut(piece);
        match cut {
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

struct Reader {
    piece_version: Vec<String>,
    field: Option<Names>,
    secondary: Option<Title>,
    readings: Vec<Reading>,
}

impl Reader {
    fn add_candidate(&mut self, candidate: &Candidate) {
        let mut version = candidate.title.version.clone();
        version.extend_from_slice(&self.piece_version);
        version.sort_unstable();
        version.dedup();
        let secondary = self.secondary.as_ref().map(|title| &title.version);
        let versions = either(version, secondary.cloned());
        let mut guests = candidate.title.guests.clone();
        if let Some(title) = &self.secondary {
            guests.extend_from_slice(&title.guests);
        }
        self.add(candidate, candidate.title.clone(), guests, versions);
    }

    /// The platform's title, by everybody who may be the artist.
    fn add_secondary(&mut self, candidates: &[Candidate]) {
        let Some(title) = self.secondary.clone() else {
            return;
        };
        if candidates.is_empty() {
            let nobody = Candidate {
                how: How::Named,
                names: None,
                title: Title::default(),
            };
            self.add(
                &nobody,
                title.clone(),
                title.guests.clone(),
                vec![title.version.clone()],
            );
        }
        for candidate in candidates {
            let mut version = candidate.title.version.clone();
            version.extend_from_slice(&self.piece_version);
            let versions = either(title.version.clone(), Some(version));
            let mut guests = title.guests.clone();
            guests.extend_from_slice(&candidate.title.guests);
            self.add(candidate, title.clone(), guests, versions);
        }
    }

    fn add(
        &mut self,
        candidate: &Candidate,
        title: Title,
        mut guests: Vec<Name>,
        versions: Vec<Vec<String>>,
    ) {
        let named = [candidate.names.as_ref(), self.field.as_ref()];
        let together = match named {
            [Some(names), Some(field)] => names.meets(field),
            _ => true,
        };
        for (i, names) in named.into_iter().enumerate() {
            let Some(names) = names else { continue };
            let how = if i == 1 { How::Named } else { candidate.how };
            let relevant = named
                .iter()
                .flatten()
                .filter(|other| together || std::ptr::eq(**other, names));
            if together {
                guests.extend(
                    named
                        .iter()
                        .flatten()
                        .flat_map(|names| names.guests.iter().cloned()),
                );
            }
            let mut everybody: Vec<Name> = relevant
                .flat_map(|names| names.main.iter().chain(&names.guests))
                .cloned()
                .collect();
            everybody.extend(guests.iter().cloned());
            let reading = Reading {
                how,
                names: names.clone(),
                everybody,
                guests: guests.clone(),
                title: title.clone(),
                versions: versions.clone(),
            };
            if !self.readings.contains(&reading) {
                self.readings.push(reading);
            }
        }
    }
}

/// One title says nothing about the version, the other does: then it counts. Both do: it may be either.
fn either(first: Vec<String>, second: Option<Vec<String>>) -> Vec<Vec<String>> {
    match second {
        Some(second) if first.is_empty() => vec![second],
        Some(second) if !second.is_empty() && second != first => vec![first, second],
        _ => vec![first],
    }
}
