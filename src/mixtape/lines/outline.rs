//! What lines of playlists show about the whole that they are a part of, and the shape of that.

use serde::{Deserialize, Serialize};

use crate::mixtape::layout::Layout;
use crate::mixtape::scan::Scan;
use crate::mixtape::shape::{Ends, Outline, PlaylistStyle, Separators, Shape, song_style};

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

impl LinesOutline {
    /// What `count` playlists have shown, of which this is the `last`.
    pub(in crate::mixtape) fn of(scan: &Scan, count: u64, last: &[u8]) -> Self {
        let mut outline = LinesOutline {
            count,
            string_ids: scan.string_ids,
            largest: scan.largest,
            layout: scan.layout,
            owner: scan.owner.map(str::to_owned),
            separators: scan.separators.clone(),
            style: None,
        };
        if count > 0 {
            let style =
                outline.with(|outline| PlaylistStyle::of_playlist(last, last, b",\n", outline));
            outline.style = Some(style);
        }
        outline
    }

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
