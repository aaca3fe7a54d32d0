//! A mixtape of which every user, song and playlist stands on a line of its own, in any number of files.
//!
//! Such lines stand for a document: the one in whose arrays they are the elements, each on its line. What is found out about
//! some of them ([`LinesOutline`]) can be put together with what is found out about others, in their order.

mod outline;

use std::ops::Range;

use crate::error::{Result, Stop};
use crate::io::Memory;
use crate::json::{self, DocumentReader, Failure, Limits, Position, Window};
use crate::mixtape::kind::Kind;
use crate::mixtape::scan::Scan;
use crate::mixtape::shape::Shape;
use crate::mixtape::surveyor::{Nobody, Surveyor};

pub use outline::{LinesOutline, LinesStyle};

/// Reads lines of one of the three kinds, block by block.
pub struct Lines {
    kind: Kind,
    scan: Scan,
    count: u64,
    /// The last playlist of the last block.
    last: Vec<u8>,
}

impl Lines {
    /// Begins with none. Playlists are laid out as `first` is, the very first one of all.
    ///
    /// # Errors
    /// When that is no playlist, which is found at `place` of the input `name`.
    pub fn new(
        kind: Kind,
        first: Option<(&[u8], &str, Position)>,
        limits: impl Into<Limits>,
    ) -> Result<Self> {
        let mut lines = Self::begin(kind);
        if let Some((line, name, position)) = first {
            lines.read(name, line, position, limits, &mut Nobody)?;
            let layout = lines.scan.layout;
            lines = Self::begin(kind);
            lines.scan.layout = layout;
        }
        Ok(lines)
    }

    /// Goes over playlists of a mixtape of this shape.
    pub fn of_shape(shape: &Shape) -> Self {
        let mut lines = Self::begin(Kind::Playlists);
        lines.scan.layout = Some(shape.layout);
        lines.scan.separators = shape.separators.clone();
        lines
    }

    fn begin(kind: Kind) -> Self {
        Lines {
            kind,
            scan: Scan::new(&Memory::UNLIMITED),
            count: 0,
            last: Vec::new(),
        }
    }

    /// Reads whole lines, the first of which stands at `at` of the input `name`, and hands what they are to `surveyor`.
    ///
    /// # Errors
    /// When a line is not a whole object of that kind, or passes a limit; with its place. What `surveyor` says.
    pub fn read(
        &mut self,
        name: &str,
        block: &[u8],
        at: Position,
        limits: impl Into<Limits>,
        surveyor: &mut impl Surveyor,
    ) -> Result<()> {
        let mut window = Window::starting_at(block, limits, at);
        let mut last = None;
        loop {
            match self.line(&mut window, block, at.byte, surveyor) {
                Ok(Some(place)) => last = Some(place),
                Ok(None) => break,
                Err(stop) => return Err(stop.into_error(name, &window)),
            }
        }
        if let Some(Range { start, end }) = last {
            let range = (start - at.byte) as usize..(end - at.byte) as usize;
            self.last.clear();
            self.last.extend_from_slice(&block[range]);
        }
        Ok(())
    }

    /// Where the element of the next line stands.
    fn line(
        &mut self,
        window: &mut Window<&[u8]>,
        block: &[u8],
        base: u64,
        surveyor: &mut impl Surveyor,
    ) -> std::result::Result<Option<Range<u64>>, Stop> {
        window.release();
        if !window.skip_blanks()? {
            return Ok(None);
        }
        let start = window.offset();
        let mut json = json::line_reader(window);
        self.scan.element(&mut json, self.kind)?;
        let end = json.offset();
        json.finish()?;
        window
            .skip_line()
            .map_err(|error| Failure::of_io(error, start))?;
        let bytes = &block[(start - base) as usize..(end - base) as usize];
        if memchr::memchr(b'\n', bytes).is_some() {
            let message = "an object must end on the line on which it begins";
            return Err(Failure::data(start, message).into());
        }
        self.count += 1;
        if let Some(taken) = self.scan.take_last(self.kind) {
            let handed = taken.hand_to(surveyor, &self.scan.texts);
            handed.map_err(Stop::Consumer)?;
        }
        self.scan.texts.clear();
        Ok(Some(start..end))
    }

    /// How many lines were read.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What the playlists have shown.
    pub fn outline(&self) -> LinesOutline {
        LinesOutline::of(&self.scan, self.count, &self.last)
    }
}

#[cfg(test)]
mod tests;
