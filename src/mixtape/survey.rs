//! A pass over MIXTAPE that keeps nothing: every user, song and playlist is handed on, for a place larger than memory.

use super::catalogue::Duplicate;
use super::document::{located, read_document};
use super::key::{Key, Texts};
use super::kind::Kind;
use super::layout::Layout;
use super::locate::{duplicate_error, user_without_id};
use super::scan::{self, Companion, Scan};
use super::shape::{Ends, Outline, Shape};
use super::surveyor::{Surveyor, Taken};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::{Memory, Rereadable};
use crate::json::{self, Failure, Limits};

/// What a survey has found out about the whole document.
pub struct Survey {
    /// How it is laid out.
    pub shape: Shape,
    /// Whether users go by their `user_id`, not by their `id`.
    pub users_by_user_id: bool,
    /// The largest canonical decimal id below 2^64 of any playlist.
    pub largest: Option<u64>,
}

/// Goes over the document once and hands all that it has to `surveyor`. That no id stands twice is the surveyor's to see.
///
/// Memory: the window on the document.
///
/// # Errors
/// When the document cannot be read, is no mixtape, or passes a limit; always with its position. What `surveyor` says.
pub fn survey(
    mixtape: &Rereadable,
    limits: impl Into<Limits>,
    surveyor: &mut impl Surveyor,
) -> Result<Survey> {
    let limits = limits.into();
    let mut handed = Handed {
        surveyor,
        users: UserTally::default(),
        count: 0,
        ends: Ends::default(),
        failed: None,
    };
    let scan = read_document(mixtape, limits, |window| {
        scan::check_not_empty(window)?;
        scan::scan(
            json::document_reader(window),
            &Memory::UNLIMITED,
            &mut handed,
        )
    });
    let Handed {
        users,
        count,
        ends,
        failed,
        ..
    } = handed;
    if let Some(error) = failed {
        return Err(error);
    }
    let scan = scan?;
    let layout = scan.layout.unwrap_or_else(|| users.layout());
    if let Some(number) = users.first_without[layout as usize] {
        let error = user_without_id(mixtape, limits, layout, number);
        return Err(located(mixtape, error));
    }
    let outline = Outline {
        layout,
        owner: scan.owner.unwrap_or(layout.usual_owner()),
        number_ids: count > 0 && scan.string_ids == 0,
        array: scan.array,
        ends,
        separators: &scan.separators,
    };
    let survey = Survey {
        shape: Shape::of(mixtape, &outline)?,
        users_by_user_id: layout == Layout::Wrapped,
        largest: scan.largest,
    };
    mixtape.check_unchanged()?;
    Ok(survey)
}

/// The error for an id that the elements `first` and `second` of an array, counted from 0, both have.
pub fn stands_twice(
    mixtape: &Rereadable,
    limits: impl Into<Limits>,
    kind: Kind,
    (first, second): (u32, u32),
    id: Id<'_>,
) -> Error {
    let mut texts = Texts::new(&Memory::UNLIMITED);
    let duplicate = Duplicate { first, second };
    let error = match Key::new(id, &mut texts) {
        Ok(key) => duplicate_error(mixtape, limits.into(), &texts, kind, duplicate, key),
        Err(none) => Error::from(none),
    };
    located(mixtape, error)
}

struct Handed<'s, S> {
    surveyor: &'s mut S,
    users: UserTally,
    count: u64,
    ends: Ends,
    /// What the surveyor said.
    failed: Option<Error>,
}

impl<S: Surveyor, J> Companion<J> for Handed<'_, S> {
    /// Takes the one element that was read last out of what the scan has gathered.
    fn after(&mut self, scan: &mut Scan, kind: Kind) -> std::result::Result<(), Failure> {
        let taken = self.hand_on(scan, kind);
        scan.texts.clear();
        taken.map_err(|error| {
            self.failed = Some(error);
            Failure::of_io(std::io::Error::other("the survey was ended"), 0)
        })
    }
}

impl<S: Surveyor> Handed<'_, S> {
    fn hand_on(&mut self, scan: &mut Scan, kind: Kind) -> Result<()> {
        let Some(taken) = scan.take_last(kind) else {
            return Ok(());
        };
        match &taken {
            Taken::User(ids) => self.users.count(*ids),
            Taken::Song(_) => {}
            Taken::Playlist(_, place) => {
                if self.count == 0 {
                    self.ends.start = place.start;
                }
                self.count += 1;
                let last = self.ends.last.replace(place.clone());
                self.ends.before_last = last.map(|last| last.end);
            }
        }
        taken.hand_to(self.surveyor, &scan.texts)
    }
}

/// Which of the two names of a user's id all users have.
#[derive(Default)]
struct UserTally {
    count: u32,
    /// The first user without it, for each layout.
    first_without: [Option<u32>; 2],
}

impl UserTally {
    fn count(&mut self, ids: [Option<Key>; 2]) {
        for (first, id) in self.first_without.iter_mut().zip(ids) {
            if id.is_none() && first.is_none() {
                *first = Some(self.count);
            }
        }
        self.count += 1;
    }

    /// The layout that the users alone suggest.
    fn layout(&self) -> Layout {
        Layout::of_users(self.first_without.map(|first| first.is_some()))
    }
}

#[cfg(test)]
mod tests;
