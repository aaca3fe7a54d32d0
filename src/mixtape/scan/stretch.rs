//! Elements of an array read from a guessed beginning: what may be known of them before the reader of the document gets there.
//!
//! Nothing here needs to be right. The elements are read by the same code as ever, so whoever arrives where a stretch starts, in
//! front of an element of that array, would read what the stretch holds; and a stretch at which nobody arrives is forgotten.

use std::io::{self, Read, Seek};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem;

use super::Scan;
use crate::io::Memory;
use crate::json::{self, DocumentReader, Failure, Window, ask};
use crate::mixtape::kind::Kind;
use crate::mixtape::layout::Layout;

/// What is known of an array whose elements are looked for.
pub(in crate::mixtape) struct Wanted {
    pub(in crate::mixtape) kind: Kind,
    pub(in crate::mixtape) layout: Option<Layout>,
    /// How an element begins, up to the colon of its first member.
    beginning: memmem::Finder<'static>,
    /// Nobody will ask for them any more.
    over: AtomicBool,
}

/// Some elements, one behind the other.
pub(super) struct Stretch {
    /// Where the first one starts.
    pub(in crate::mixtape) start: u64,
    /// Behind the last one.
    pub(in crate::mixtape) end: u64,
    pub(in crate::mixtape) count: usize,
    /// What was found in them.
    pub(in crate::mixtape) scan: Scan,
}

/// An element that begins in another way than within so many bytes is not looked for.
const LONGEST_BEGINNING: usize = 256;

/// Wrong guesses are short, and the first right one leads to the end: where there are more the array is an odd one, and a list of
/// them could take more memory than what they are about.
const MOST_STRETCHES: usize = 8;

impl Wanted {
    /// Elements like the one with which `text` begins; none where it does not tell enough.
    pub(in crate::mixtape) fn like(
        text: &[u8],
        kind: Kind,
        layout: Option<Layout>,
    ) -> Option<Self> {
        let head = &text[..text.len().min(LONGEST_BEGINNING)];
        let colon = memchr::memchr(b':', head)?;
        Some(Wanted {
            kind,
            layout,
            beginning: memmem::Finder::new(&head[..=colon]).into_owned(),
            over: AtomicBool::new(false),
        })
    }

    /// Nobody will ask for any more of them: they need not be read to their end.
    pub(in crate::mixtape) fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// Reads the elements that start in a range, as far as their beginnings are recognized.
    ///
    /// # Errors
    /// When the source cannot be read. What is wrong with an element ends the stretch in front of it.
    pub(in crate::mixtape) fn read<R: Read + Seek>(
        &self,
        window: &mut Window<R>,
        range: Range<u64>,
    ) -> io::Result<Vec<Stretch>> {
        let mut stretches = Vec::new();
        window.skip_to(range.start)?;
        while stretches.len() < MOST_STRETCHES && self.find(window, range.end)? {
            let stretch = self.stretch(window, range.end)?;
            if window.offset() == stretch.start {
                window.consume(1);
            }
            if stretch.count > 0 {
                stretches.push(stretch);
            }
        }
        Ok(stretches)
    }

    /// Leads the window to where an element seems to begin; false where none does before the offset `until`.
    fn find<R: Read>(&self, window: &mut Window<R>, until: u64) -> io::Result<bool> {
        let length = self.beginning.needle().len();
        while window.offset() < until && !self.over.load(Ordering::Relaxed) {
            let bytes = window.look_ahead(length)?;
            if bytes.len() < length {
                return Ok(false);
            }
            let found = self.beginning.find(bytes);
            let passed = found.unwrap_or(bytes.len() + 1 - length);
            window.consume(passed);
            if found.is_some() {
                return Ok(window.offset() < until);
            }
        }
        Ok(false)
    }

    /// Reads elements from where the window stands up to the first that starts at `until` or behind it.
    fn stretch<R: Read>(&self, window: &mut Window<R>, until: u64) -> io::Result<Stretch> {
        let start = window.offset();
        let mut scan = Scan::new(&Memory::UNLIMITED);
        scan.layout = self.layout;
        let mut stretch = Stretch {
            start,
            end: start,
            count: 0,
            scan,
        };
        let json = &mut json::element_reader(window);
        match self.read_on(json, until, &mut stretch) {
            Err(Failure::Io(error)) => Err(error),
            // It is found again, with its place, by whoever gets there.
            Err(Failure::Data { .. } | Failure::Limit { .. }) | Ok(()) => Ok(stretch),
        }
    }

    fn read_on<J: DocumentReader>(
        &self,
        json: &mut J,
        until: u64,
        stretch: &mut Stretch,
    ) -> Result<(), Failure> {
        while ask(json, J::has_next)? && json.offset() < until && !self.over.load(Ordering::Relaxed)
        {
            stretch.scan.element(json, self.kind)?;
            json.release();
            stretch.end = json.offset();
            stretch.count += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
