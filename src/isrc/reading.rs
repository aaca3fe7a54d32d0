//! One way to understand a video: who sings, what, with whom, in which version.

use super::names::{Name, Names};
use super::title::Title;

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
    pub(super) how: How,
    pub(super) names: Names,
    /// Everybody named anywhere in what belongs to this reading.
    pub(super) everybody: Vec<Name>,
    pub(super) guests: Vec<Name>,
    pub(super) title: Title,
    /// The versions that it may be; where the two titles differ, either.
    pub(super) versions: Vec<Vec<String>>,
}

/// A title in the primary title, and whom it may be by.
pub(super) struct Candidate {
    pub(super) how: How,
    pub(super) names: Option<Names>,
    pub(super) title: Title,
}

/// Makes readings of the candidates, the artist field and the platform's title.
pub(super) struct Reader {
    field: Option<Names>,
    secondary: Option<Title>,
    piece_version: Vec<String>,
    /// Everybody who is named together with the artists of the field.
    company: Vec<Name>,
    readings: Vec<Reading>,
}

impl Reader {
    pub(super) fn new(
        field: Option<Names>,
        secondary: Option<Title>,
        piece_version: Vec<String>,
        candidates: &[Candidate],
    ) -> Self {
        let mut company = Vec::new();
        if let Some(field) = &field {
            let named = candidates
                .iter()
                .filter_map(|candidate| candidate.names.as_ref());
            let together = named.filter(|names| names.share_somebody(field));
            for name in std::iter::once(field)
                .chain(together)
                .flat_map(Names::everybody)
            {
                if !company.contains(name) {
                    company.push(name.clone());
                }
            }
        }
        Reader {
            field,
            secondary,
            piece_version,
            company,
            readings: Vec::new(),
        }
    }

    /// Reads each candidate by its own title and by the platform's.
    pub(super) fn read(mut self, candidates: &[Candidate]) -> Vec<Reading> {
        for candidate in candidates {
            self.add_candidate(candidate);
        }
        let Some(title) = self.secondary.take() else {
            return self.readings;
        };
        if candidates.is_empty() {
            self.add(
                None,
                How::Named,
                &title,
                &title.guests,
                std::slice::from_ref(&title.version),
            );
        }
        for candidate in candidates {
            let guests = [&title.guests[..], &candidate.title.guests].concat();
            let version = sorted([&candidate.title.version[..], &self.piece_version].concat());
            let versions = either(title.version.clone(), Some(version));
            self.add(
                candidate.names.as_ref(),
                candidate.how,
                &title,
                &guests,
                &versions,
            );
        }
        self.readings
    }

    fn add_candidate(&mut self, candidate: &Candidate) {
        let Candidate { how, names, title } = candidate;
        let version = sorted([&title.version[..], &self.piece_version].concat());
        let (platform_version, platform_guests) = match &self.secondary {
            Some(title) => (Some(title.version.clone()), &title.guests[..]),
            None => (None, &[][..]),
        };
        let guests = [&title.guests[..], platform_guests].concat();
        self.add(
            names.as_ref(),
            *how,
            title,
            &guests,
            &either(version, platform_version),
        );
    }

    /// Adds a reading by the artists of a candidate, and one by those of the field.
    fn add(
        &mut self,
        names: Option<&Names>,
        how: How,
        title: &Title,
        guests: &[Name],
        versions: &[Vec<String>],
    ) {
        let field = self.field.take();
        let backwards = how == How::Reversed;
        for (how, names) in [(how, names), (How::Named, field.as_ref())] {
            let Some(names) = names else { continue };
            // `Artist - Song` read backwards would make a song of the artist, and some have one of their own name.
            let is_name = |name: &Name| name.key() == title.base;
            if backwards && self.company.iter().chain(names.everybody()).any(is_name) {
                continue;
            }
            let own: Vec<Name> = names.everybody().cloned().collect();
            let is_together = field
                .as_ref()
                .is_some_and(|field| field.share_somebody(names));
            let company = if is_together { &self.company } else { &own };
            let reading = Reading {
                how,
                names: names.clone(),
                everybody: [&company[..], guests].concat(),
                guests: [guests, &names.guests].concat(),
                title: title.clone(),
                versions: versions.to_vec(),
            };
            if !self.readings.contains(&reading) {
                self.readings.push(reading);
            }
        }
        self.field = field;
    }
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words.dedup();
    words
}

/// One title says nothing about the version, the other does: then it counts. Both do: it may be either.
fn either(first: Vec<String>, second: Option<Vec<String>>) -> Vec<Vec<String>> {
    match second {
        Some(second) if first.is_empty() => vec![second],
        Some(second) if !second.is_empty() && second != first => vec![first, second],
        _ => vec![first],
    }
}
