//! Pass two over MIXTAPE: copies it in file order and writes only what changed.

use std::io::{self, BufRead, BufReader, Read, Write};

use super::appended::{self, Lasts, List};
use super::created::Created;
use super::index::Index;
use super::key::Key;
use super::layout::Layout;
use super::playlists::State;
use super::separator;
use super::style::{ArrayStyle, PlaylistStyle};
use crate::error::{Error, Result};
use crate::io::{Rereadable, Sink};

/// Bytes copied at once.
const BLOCK: usize = 256 * 1024;

/// Writes the mixtape as the index now has it.
///
/// Bytes that no operation touched are copied as they are. Songs are appended in the style of their array, removed
/// playlists take a comma with them, new playlists follow the last one in its style.
///
/// # Errors
/// When MIXTAPE cannot be read again, has changed since it was indexed, or `output` cannot be written.
pub fn splice(mixtape: &Rereadable, index: &Index, output: &mut Sink) -> Result<()> {
    let copied = copy(mixtape, index, output);
    // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
    mixtape.check_unchanged().and(copied)
}

fn copy(mixtape: &Rereadable, index: &Index, output: &mut Sink) -> Result<()> {
    let style = PlaylistStyle::of(mixtape, index)?;
    let mut copy = Copy {
        mixtape,
        reader: BufReader::with_capacity(BLOCK, mixtape.reader(0)),
        at: 0,
        output,
    };
    copy.playlists(index, &style)?;
    copy.up_to(mixtape.length())
}

/// Playlists whose appended songs are collected together.
const BATCH: usize = 64;

/// The appended songs of a batch of playlists.
#[derive(Default)]
struct Batch {
    lists: Vec<List>,
    songs: Vec<Lasts>,
}

impl Batch {
    fn gather(&mut self, index: &Index, lists: impl Iterator<Item = List>) {
        self.lists.clear();
        self.lists.extend(lists);
        self.songs
            .resize_with(self.lists.len().max(BATCH), Lasts::default);
        index.appended.gather(&self.lists, &mut self.songs);
        // The ids are anywhere in memory too: read here, one does not wait for the other.
        let mut sum = 0;
        for song in self.songs.iter().flat_map(Lasts::gathered) {
            sum ^= index.songs.keys[*song as usize].touch();
        }
        std::hint::black_box(sum);
    }
}

/// Whether a playlist stands in front of the new ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    None,
    Before,
}

/// What all new playlists have in common.
struct Frame {
    before_id: Vec<u8>,
    before_owner: Vec<u8>,
    before_songs: Vec<u8>,
    behind_songs: Vec<u8>,
}

impl Frame {
    fn of(index: &Index, style: &PlaylistStyle) -> Self {
        let (object, wrapper) = (&style.object, &style.wrapper);
        let name = |name: &str| [b"\"", name.as_bytes(), b"\"", &object.colon].concat();
        let mut frame = Frame {
            before_id: [b"{", &object.open[..], &name("id")].concat(),
            before_owner: [&object.separator[..], &name(index.owner)].concat(),
            before_songs: [
                &object.separator,
                &name(index.layout.songs())[..],
                b"[",
                &style.songs.lead,
            ]
            .concat(),
            behind_songs: [&style.songs.trail[..], b"]", &object.close, b"}"].concat(),
        };
        if index.layout == Layout::Wrapped {
            let open = [b"{", &wrapper.open[..], b"\"playlist\"", &wrapper.colon].concat();
            frame.before_id.splice(..0, open);
            frame.behind_songs.extend_from_slice(&wrapper.close);
            frame.behind_songs.push(b'}');
        }
        frame
    }
}

/// A copy under way: everything before `at` is copied or left out.
struct Copy<'c, R> {
    mixtape: &'c Rereadable,
    reader: BufReader<R>,
    at: u64,
    output: &'c mut Sink,
}

impl<R: Read> Copy<'_, R> {
    fn playlists(&mut self, index: &Index, style: &PlaylistStyle) -> Result<()> {
        let playlists = &index.playlists;
        let count = playlists.len() as u32;
        let last_kept = (0..count).rev().find(|&i| !playlists.is_removed(i));
        let kept = last_kept.map_or(0, |last| last + 1);
        let mut batch = Batch::default();
        for first in (0..kept).step_by(BATCH) {
            let numbers = first..kept.min(first + BATCH as u32);
            batch.gather(
                index,
                numbers.clone().map(|i| match playlists.state(i) {
                    State::Extended(songs) => songs,
                    State::Kept | State::Removed => appended::EMPTY,
                }),
            );
            for (i, songs) in numbers.zip(&batch.songs) {
                match playlists.state(i) {
                    State::Kept => {}
                    State::Extended(_) => {
                        let place = playlists.place(i);
                        self.up_to(place.insertion)?;
                        self.append_songs(index, &style.songs, place.separator, songs)?;
                    }
                    // With what stands between it and the next one, which is there because a later one is kept.
                    State::Removed => {
                        self.up_to(playlists.place(i).start)?;
                        self.skip_to(playlists.place(i + 1).start)?;
                    }
                }
            }
        }
        let created = index.created.len() > 0;
        match (last_kept, playlists.span()) {
            (Some(last), Some(span)) => {
                if created || last + 1 < count {
                    self.up_to(playlists.place(last).end)?;
                    self.skip_to(span.end)?;
                }
                self.new_playlists(index, style, Neighbour::Before)?;
            }
            (None, Some(span)) if created => {
                self.up_to(span.start)?;
                self.skip_to(span.end)?;
                self.new_playlists(index, style, Neighbour::None)?;
            }
            // Nothing is left: no white space is, either.
            (None, Some(_)) => {
                self.up_to(index.array.start + 1)?;
                self.skip_to(index.array.end - 1)?;
            }
            (_, None) if created => {
                self.up_to(index.array.start + 1)?;
                self.write(&style.lead)?;
                self.new_playlists(index, style, Neighbour::None)?;
                if index.array.end - index.array.start == 2 {
                    self.write(&style.trail)?;
                }
            }
            (_, None) => {}
        }
        Ok(())
    }

    fn append_songs(
        &mut self,
        index: &Index,
        neighbours: &ArrayStyle,
        own: separator::SeparatorId,
        songs: &Lasts,
    ) -> Result<()> {
        let separator = match own {
            separator::UNKNOWN | separator::EMPTY_ARRAY | separator::BLANK_ARRAY => {
                &neighbours.separator
            }
            own => index.separators.get(own).unwrap_or(&neighbours.separator),
        };
        let was_empty = matches!(own, separator::EMPTY_ARRAY | separator::BLANK_ARRAY);
        for (i, song) in index.appended.songs(songs).enumerate() {
            if i > 0 || !was_empty {
                self.write(separator)?;
            } else {
                self.write(&neighbours.lead)?;
            }
            self.song(index, song)?;
        }
        if own == separator::EMPTY_ARRAY {
            self.write(&neighbours.trail)?;
        }
        Ok(())
    }

    /// The new playlists, with a separator in front of the first one if another stands there.
    fn new_playlists(
        &mut self,
        index: &Index,
        style: &PlaylistStyle,
        before: Neighbour,
    ) -> Result<()> {
        let frame = Frame::of(index, style);
        let mut batch = Batch::default();
        let mut separate = before == Neighbour::Before;
        let mut rest = index.created.iter();
        loop {
            let created: Vec<Created<'_>> = rest.by_ref().take(BATCH).collect();
            if created.is_empty() {
                return Ok(());
            }
            batch.gather(index, created.iter().map(|new| new.songs));
            for (new, songs) in created.into_iter().zip(&batch.songs) {
                if std::mem::replace(&mut separate, true) {
                    self.write(&style.between)?;
                }
                self.new_playlist(index, style, &frame, &new, songs)?;
            }
        }
    }

    fn new_playlist(
        &mut self,
        index: &Index,
        style: &PlaylistStyle,
        frame: &Frame,
        new: &Created<'_>,
        songs: &Lasts,
    ) -> Result<()> {
        let object = &style.object;
        self.write(&frame.before_id)?;
        let written = new.id.write_json(self.output);
        self.written(written)?;
        for (name, value) in new.further() {
            self.write_all([&object.separator, name, &object.colon, value])?;
        }
        self.write(&frame.before_owner)?;
        self.id(index, index.users.keys[new.owner as usize])?;
        self.write(&frame.before_songs)?;
        for (i, song) in index.appended.songs(songs).enumerate() {
            if i > 0 {
                self.write(&style.songs.separator)?;
            }
            self.song(index, song)?;
        }
        self.write(&frame.behind_songs)
    }

    fn song(&mut self, index: &Index, song: u32) -> Result<()> {
        self.id(index, index.songs.keys[song as usize])
    }

    fn id(&mut self, index: &Index, key: Key) -> Result<()> {
        let written = key.write_json(&index.texts, self.output);
        self.written(written)
    }

    fn write_all<'p>(&mut self, parts: impl IntoIterator<Item = &'p [u8]>) -> Result<()> {
        parts.into_iter().try_for_each(|part| self.write(part))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let result = self.output.write_all(bytes);
        self.written(result)
    }

    fn written(&self, result: io::Result<()>) -> Result<()> {
        result.map_err(|error| self.output.error(error))
    }

    /// Copies up to `offset`.
    fn up_to(&mut self, offset: u64) -> Result<()> {
        self.advance(offset, |output, bytes| output.write_all(bytes))
    }

    /// Leaves out what stands up to `offset`.
    fn skip_to(&mut self, offset: u64) -> Result<()> {
        self.advance(offset, |_, _| Ok(()))
    }

    fn advance(
        &mut self,
        offset: u64,
        put: impl Fn(&mut Sink, &[u8]) -> io::Result<()>,
    ) -> Result<()> {
        while self.at < offset {
            let block = match self.reader.fill_buf() {
                Ok(block) => block,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::io("read", self.mixtape.name(), error)),
            };
            if block.is_empty() {
                let error = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Err(Error::io("read", self.mixtape.name(), error));
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
