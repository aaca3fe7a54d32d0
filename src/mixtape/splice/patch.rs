//! A document copied in its order, with what changed written in between: the bytes of every change, whoever knows the changes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::Range;

use super::frame::{Frame, SongStyle};
use crate::error::{Error, Result};
use crate::io::Sink;
use crate::mixtape::shape::{Place, Shape};

/// Bytes copied at once. Every segment has a buffer of its own, which is made anew: a large one would cost more than it saves.
const BLOCK: usize = 64 * 1024;

/// Where a copy goes.
pub trait Output: Write {
    /// What the error of writing there is to a run.
    fn error(&self, error: io::Error) -> Error;
}

impl Output for Sink {
    fn error(&self, error: io::Error) -> Error {
        Sink::error(self, error)
    }
}

/// A copy under way: everything before `at` is copied or left out.
pub struct Patch<'c, R, O = Sink> {
    /// What messages call the document.
    name: &'c str,
    reader: BufReader<R>,
    at: u64,
    shape: &'c Shape,
    frame: Frame,
    output: &'c mut O,
    /// Whether a playlist stands in front of the next new one.
    is_first: bool,
}

/// What became of the document's playlists, as far as it concerns how their array ends.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Behind the last playlist that is kept.
    pub last_kept: Option<u64>,
    /// Whether playlists are created.
    pub created: bool,
}

impl<'c, R: Read, O: Output> Patch<'c, R, O> {
    /// Begins to copy `document`, which messages call `name` and whose first byte is at the offset `at`.
    pub fn new(name: &'c str, document: R, at: u64, shape: &'c Shape, output: &'c mut O) -> Self {
        Patch {
            name,
            reader: BufReader::with_capacity(BLOCK, document),
            at,
            shape,
            frame: Frame::of(shape),
            output,
            is_first: true,
        }
    }

    /// Where the copy is in the document.
    pub(in crate::mixtape) fn at(&self) -> u64 {
        self.at
    }

    /// A playlist stands in front of the next new one.
    pub(super) fn stand_behind_another(&mut self) {
        self.is_first = false;
    }

    /// Copies up to a playlist's songs; further ones come behind them.
    ///
    /// # Errors
    /// When the document cannot be read or the output not be written, here and below.
    pub fn extend(&mut self, place: &Place) -> Result<SongStyle<'c>> {
        self.up_to(place.insertion)?;
        Ok(SongStyle::of(self.shape, place.separator))
    }

    /// Writes a song, whose id `write` writes.
    ///
    /// # Errors
    /// As above.
    #[inline]
    pub fn song(
        &mut self,
        style: &mut SongStyle<'c>,
        write: impl FnOnce(&mut O) -> io::Result<()>,
    ) -> Result<()> {
        let before = std::mem::replace(&mut style.before, style.separator);
        self.write(before)?;
        let written = write(self.output);
        self.written(written)
    }

    /// Ends the songs of a playlist that was [extended](Self::extend).
    ///
    /// # Errors
    /// As above.
    pub fn end_songs(&mut self, style: &SongStyle<'_>) -> Result<()> {
        self.write(style.trail)
    }

    /// Leaves a playlist out that starts at `start`, with what stands between it and the `next` one, which there is.
    ///
    /// # Errors
    /// As above.
    pub fn remove(&mut self, start: u64, next: u64) -> Result<()> {
        self.up_to(start)?;
        self.skip_to(next)
    }

    /// All of the document's playlists up to the last kept one are dealt with: makes the array ready for the new ones.
    ///
    /// # Errors
    /// As above.
    pub fn end_playlists(&mut self, ending: &Ending) -> Result<()> {
        let shape = self.shape;
        let array = &shape.array;
        self.is_first = ending.last_kept.is_none();
        match (ending.last_kept, shape.span.clone()) {
            (Some(last_end), Some(span)) => {
                if ending.created || last_end < span.end {
                    self.up_to(last_end)?;
                    self.skip_to(span.end)?;
                }
                Ok(())
            }
            (None, Some(span)) if ending.created => self.remove(span.start, span.end),
            // Nothing is left: no white space is, either.
            (None, Some(_)) => self.remove(array.start + 1, array.end - 1),
            (_, None) if ending.created => {
                self.up_to(array.start + 1)?;
                self.write(&shape.style.lead)
            }
            (_, None) => Ok(()),
        }
    }

    /// Begins a new playlist, behind the other ones where there are some: all up to its songs, which come next.
    ///
    /// # Errors
    /// As above.
    pub fn new_playlist<'m>(
        &mut self,
        id: impl FnOnce(&mut O) -> io::Result<()>,
        further: impl Iterator<Item = (&'m [u8], &'m [u8])>,
        owner: impl FnOnce(&mut O) -> io::Result<()>,
    ) -> Result<SongStyle<'c>> {
        let object = &self.shape.style.object;
        if !std::mem::replace(&mut self.is_first, false) {
            self.write(&self.shape.style.between)?;
        }
        put(self.output, &self.frame.before_id)?;
        let written = id(self.output);
        self.written(written)?;
        for (name, value) in further {
            for part in [&object.separator, name, &object.colon, value] {
                self.write(part)?;
            }
        }
        put(self.output, &self.frame.before_owner)?;
        let written = owner(self.output);
        self.written(written)?;
        put(self.output, &self.frame.before_songs)?;
        Ok(SongStyle::of_new(self.shape))
    }

    /// Ends a new playlist, behind its last song.
    ///
    /// # Errors
    /// As above.
    pub fn end_new_playlist(&mut self) -> Result<()> {
        put(self.output, &self.frame.behind_songs)
    }

    /// Ends the new playlists and copies the rest of the document, which has `length` bytes.
    ///
    /// # Errors
    /// As above.
    pub fn finish(mut self, ending: &Ending, length: u64) -> Result<()> {
        let Range { start, end } = self.shape.array;
        if self.shape.span.is_none() && ending.created && end - start == 2 {
            self.write(&self.shape.style.trail)?;
        }
        self.up_to(length)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        put(self.output, bytes)
    }

    fn written(&self, result: io::Result<()>) -> Result<()> {
        result.map_err(|error| self.output.error(error))
    }

    /// Copies up to `offset`.
    ///
    /// # Errors
    /// As above.
    pub fn up_to(&mut self, offset: u64) -> Result<()> {
        self.advance(offset, |output, bytes| output.write_all(bytes))
    }

    /// Leaves out what stands up to `offset`.
    fn skip_to(&mut self, offset: u64) -> Result<()> {
        self.advance(offset, |_, _| Ok(()))
    }

    fn advance(
        &mut self,
        offset: u64,
        put: impl Fn(&mut O, &[u8]) -> io::Result<()>,
    ) -> Result<()> {
        while self.at < offset {
            let block = match self.reader.fill_buf() {
                Ok(block) => block,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::io("read", self.name, error)),
            };
            if block.is_empty() {
                let error = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Err(Error::io("read", self.name, error));
            }
            let wanted = usize::try_from(offset - self.at).unwrap_or(usize::MAX);
            let count = block.len().min(wanted);
            put(self.output, &block[..count]).map_err(|error| self.output.error(error))?;
            self.reader.consume(count);
            self.at += count as u64;
        }
        Ok(())
    }
}

fn put(output: &mut impl Output, bytes: &[u8]) -> Result<()> {
    output.write_all(bytes).map_err(|error| output.error(error))
}

#[cfg(test)]
mod tests;
