//! A mixtape of which every user, song and playlist stands on a line of its own, in any number of files.
//!
//! Such lines stand for a document: the one in whose arrays they are the elements, each on its line. What is found out about
//! some of them ([`LinesOutline`]) can be put together with what is found out about others, in their order.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::layout::Layout;
use super::outline::{Ends, Outline};
use super::scan::Scan;
use super::separator::Separators;
use super::shape::Shape;
use super::style::{PlaylistStyle, song_style};
use super::surveyor::{Nobody, Surveyor};
use crate::error::{Error, Result, Stop};
use crate::io::Memory;
use crate::json::{self, DocumentReader, Failure, Limits, Position, Window};

/// Reads lines of one of the three kinds, block by block.
pub struct Lines {
    kind: Kind,
    scan: Scan,
    count: u64,
    /// The last playlist of the last block.
    last: Vec<u8>,
}

/// What lines of playlists show about the whole that they are a part of. It can be kept (serde).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct LinesOutline {
    /// How many there are.
    pub count: u64,
    /// How many of them have an id that is a string.
    pub string_ids: u64,
    /// The largest canonical decimal id below 2^64.
    pub largest: Option<u64>,
    layout: Option<Layout>,
    owner: Option<String>,
    separators: Separators,
    style: Option<PlaylistStyle>,
}

/// What lays out new playlists where there is none yet.
#[derive(Clone, Copy, Debug)]
pub struct LinesStyle<'s> {
    /// Whether there is a user without `id`, and one without `user_id`.
    pub users_without: [bool; 2],
    /// The first user, where there is one.
    pub first_user: &'s [u8],
    /// The first song.
    pub first_song: &'s [u8],
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
            scan: Scan::new(&Memory::UNLIMITED, true),
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
        let at = window.offset();
        let more = window.skip_blanks();
        if !more.map_err(|error| Failure::of_io(error, at))? {
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
        let scan = &self.scan;
        let mut outline = LinesOutline {
            count: self.count,
            string_ids: scan.string_ids,
            largest: scan.largest,
            layout: scan.layout,
            owner: scan.owner.map(str::to_owned),
            separators: scan.separators.clone(),
            style: None,
        };
        if self.count > 0 {
            let style = outline.with(|outline| {
                PlaylistStyle::of_playlist(&self.last, &self.last, b",\n", outline)
            });
            outline.style = Some(style);
        }
        outline
    }
}

impl LinesOutline {
    /// Puts what later lines have shown behind it.
    pub fn append(&mut self, later: LinesOutline) {
        self.count += later.count;
        self.string_ids += later.string_ids;
        self.largest = self.largest.max(later.largest);
        self.layout = self.layout.or(later.layout);
        self.owner = self.owner.take().or(later.owner);
        self.separators.append_some(&later.separators);
        self.style = later.style.or(self.style.take());
    }

    fn layout(&self) -> Layout {
        self.layout.unwrap_or(Layout::Plain)
    }

    /// Calls `read` with the outline of the document that the lines stand for.
    fn with<T>(&self, read: impl FnOnce(&Outline<'_>) -> T) -> T {
        let layout = self.layout();
        read(&Outline {
            layout,
            owner: self.owner.as_deref().unwrap_or(layout.usual_owner()),
            number_ids: self.count > 0 && self.string_ids == 0,
            array: 0..0,
            ends: Ends::default(),
            separators: &self.separators,
        })
    }

    /// The shape of the whole, of which this is shown by all its playlists. New ones stand on lines of their own.
    pub fn shape(mut self, style: &LinesStyle<'_>) -> Shape {
        if self.count == 0 {
            self.layout = Some(Layout::of_users(style.users_without));
        }
        let mut playlist = self.style.take().unwrap_or_else(|| {
            let parts = [
                &b"{\"users\": [\n"[..],
                style.first_user,
                b"\n], \"songs\": [\n",
                style.first_song,
                b"\n], \"playlists\": [\n]}",
            ];
            self.with(|outline| PlaylistStyle::of_document(&parts.concat(), outline))
        });
        playlist.songs = self.with(|outline| song_style(&playlist.object, outline));
        playlist.between = b"\n".to_vec();
        self.with(|outline| Shape {
            style: playlist,
            layout: outline.layout,
            owner: outline.owner.to_owned(),
            number_ids: outline.number_ids,
            array: 0..0,
            span: None,
            separators: outline.separators.clone(),
        })
    }
}

impl Shape {
    /// Whether users go by their `user_id`, not by their `id`.
    pub fn users_by_user_id(&self) -> bool {
        self.layout == Layout::Wrapped
    }
}

/// The error for a user that has no id of the layout.
pub(crate) fn user_without(shape: &Shape, name: &str, position: Position) -> Error {
    let message = format!("user without {:?}", shape.layout.user_id());
    Error::data(name, position, message)
}
