//! A row of the track table, taken apart.

use super::fold;
use super::names::{Name, Names};
use super::note::Side;
use super::title::Title;

/// A recording as the track table names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    pub(super) title: Title,
    pub(super) names: Names,
    /// Everybody who is named as a guest.
    pub(super) guests: Vec<Name>,
    /// The title names the artist of the row as a guest: somebody else's recording.
    pub(super) is_guest_row: bool,
}

impl Track {
    /// Reads the columns `track` and `artist`.
    pub fn read(track: &str, artist: &str) -> Self {
        let title = Title::read(&fold::tidy(track), Side::Track);
        let names = Names::read(&fold::tidy(artist));
        let is_guest = |name: &Name| title.guests.iter().any(|guest| guest.key() == name.key());
        let is_guest_row = !names.main.is_empty() && names.main.iter().all(is_guest);
        let guests = names.guests.iter().chain(&title.guests).cloned().collect();
        Track {
            title,
            names,
            guests,
            is_guest_row,
        }
    }

    /// Calls `each` with every pair of an artist's name and a title under which the track can be found.
    pub fn for_each_key(&self, mut each: impl FnMut(&str, &str)) {
        for name in self.names.callable() {
            for form in self.title.forms() {
                each(name.key(), form);
                name.short_forms().for_each(|short| each(&short, form));
                if let Some(initials) = name.initials() {
                    each(&initials, form);
                }
            }
        }
    }

    /// Calls `each` with every name by which its artists may be called.
    pub fn for_each_name(&self, mut each: impl FnMut(&str)) {
        self.names.callable().for_each(|name| each(name.key()));
    }
}
