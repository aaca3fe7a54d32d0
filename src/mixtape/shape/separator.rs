//! The text that the document puts between the elements of its song arrays, remembered in two bytes a playlist.

use serde::{Deserialize, Serialize};

/// Which separator a playlist's song array uses.
pub type SeparatorId = u16;

/// An array of one song on one line: it does not show what it would put between two.
pub(in crate::mixtape) const UNKNOWN: SeparatorId = 0;
/// `[]`: whatever is put in brings its own white space.
pub(in crate::mixtape) const EMPTY_ARRAY: SeparatorId = 1;
/// `[ ]`, or an empty array with a line break in it: its end is laid out already.
pub(in crate::mixtape) const BLANK_ARRAY: SeparatorId = 2;
const FIRST_OWN: SeparatorId = 3;

/// Longer ones are not worth remembering: no document that people or programs write has them.
pub(in crate::mixtape) const MAX_LENGTH: usize = 256;

/// More different ones than a person or a program ever used; each playlist's is looked for among them.
const MOST: usize = 64;

/// The separators that occur, and how the neighbours lay out a song array.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::mixtape) struct Separators {
    own: Vec<Vec<u8>>,
    /// The separator of the last array that shows one.
    last: Option<SeparatorId>,
    /// White space behind `[` and before `]` of the last array with songs.
    lead: Vec<u8>,
    trail: Vec<u8>,
    any: bool,
    /// Something could not be remembered.
    #[serde(skip)]
    incomplete: bool,
}

impl Separators {
    /// Remembers `text`, a comma with white space around it.
    pub(in crate::mixtape) fn intern(&mut self, text: &[u8]) -> SeparatorId {
        if text.is_empty() {
            return UNKNOWN; // it was too long to be looked at
        }
        if let Some(last) = self.last
            && self.own[usize::from(last - FIRST_OWN)] == text
        {
            return last;
        }
        let found = self.own.iter().position(|own| own == text);
        let index = match found {
            Some(index) => index,
            None if text.len() > MAX_LENGTH => return UNKNOWN,
            None if self.own.len() >= MOST => {
                self.incomplete = true;
                return UNKNOWN;
            }
            None => {
                self.own.push(text.to_vec());
                self.own.len() - 1
            }
        };
        let id = index as SeparatorId + FIRST_OWN;
        self.last = Some(id);
        id
    }

    /// Remembers the white space behind the opening bracket of an array with songs.
    pub(in crate::mixtape) fn set_lead(&mut self, lead: &[u8]) {
        self.any = true;
        self.incomplete |= !remember(&mut self.lead, lead);
    }

    /// Remembers the white space before the closing bracket of an array with songs.
    pub(in crate::mixtape) fn set_trail(&mut self, trail: &[u8]) {
        self.incomplete |= !remember(&mut self.trail, trail);
    }

    /// Remembers those that occur behind these, as if all had occurred here. Returns what each of them is called here; none, and
    /// nothing has happened, where that cannot be told.
    pub(in crate::mixtape) fn append(
        &mut self,
        others: &Separators,
    ) -> Option<impl Fn(SeparatorId) -> SeparatorId + use<>> {
        let is_new = |text: &&Vec<u8>| !self.own.contains(text);
        let new = others.own.iter().filter(is_new).count();
        if others.incomplete || self.own.len() + new > MOST {
            return None;
        }
        let called = self.append_some(others);
        Some(move |id: SeparatorId| match id.checked_sub(FIRST_OWN) {
            Some(index) => called[usize::from(index)],
            None => id,
        })
    }

    /// As [`append`](Self::append), but as many as there is room for. What each of them is called here.
    pub(in crate::mixtape) fn append_some(&mut self, later: &Separators) -> Vec<SeparatorId> {
        let before = self.last;
        let called: Vec<SeparatorId> = later.own.iter().map(|text| self.intern(text)).collect();
        // Interned in the order in which they came first; the last one is another question.
        let last = later.last.map(|last| called[usize::from(last - FIRST_OWN)]);
        self.last = last.filter(|&last| last != UNKNOWN).or(before);
        if later.any {
            self.set_lead(&later.lead);
            self.set_trail(&later.trail);
        }
        called
    }

    pub(in crate::mixtape) fn get(&self, id: SeparatorId) -> Option<&[u8]> {
        let id = if id < FIRST_OWN { self.last? } else { id };
        Some(&self.own[usize::from(id - FIRST_OWN)])
    }

    /// Whether any array had a song.
    pub(in crate::mixtape) fn any(&self) -> bool {
        self.any
    }

    pub(in crate::mixtape) fn lead(&self) -> &[u8] {
        &self.lead
    }

    pub(in crate::mixtape) fn trail(&self) -> &[u8] {
        &self.trail
    }
}

/// False where it is too long.
fn remember(kept: &mut Vec<u8>, text: &[u8]) -> bool {
    let is_short = text.len() <= MAX_LENGTH;
    if kept != text && is_short {
        kept.clear();
        kept.extend_from_slice(text);
    }
    is_short
}

#[cfg(test)]
mod tests;
