//! What stands around new playlists and further songs, in the document's own style.

use crate::mixtape::layout::Layout;
use crate::mixtape::shape::Shape;
use crate::mixtape::shape::separator::{self, SeparatorId};

/// What all new playlists have in common.
pub(super) struct Frame {
    pub(super) before_id: Vec<u8>,
    pub(super) before_owner: Vec<u8>,
    pub(super) before_songs: Vec<u8>,
    pub(super) behind_songs: Vec<u8>,
}

impl Frame {
    pub(in crate::mixtape) fn of(shape: &Shape) -> Self {
        let (object, wrapper) = (&shape.style.object, &shape.style.wrapper);
        let name = |name: &str| [b"\"", name.as_bytes(), b"\"", &object.colon].concat();
        let mut frame = Frame {
            before_id: [b"{", &object.open[..], &name("id")].concat(),
            before_owner: [&object.separator[..], &name(&shape.owner)].concat(),
            before_songs: [
                &object.separator,
                &name(shape.layout.songs())[..],
                b"[",
                &shape.style.songs.lead,
            ]
            .concat(),
            behind_songs: [&shape.style.songs.trail[..], b"]", &object.close, b"}"].concat(),
        };
        if shape.layout == Layout::Wrapped {
            let open = [b"{", &wrapper.open[..], b"\"playlist\"", &wrapper.colon].concat();
            frame.before_id.splice(..0, open);
            frame.behind_songs.extend_from_slice(&wrapper.close);
            frame.behind_songs.push(b'}');
        }
        frame
    }
}

/// What stands around the songs that are put into an array, in its own style.
pub struct SongStyle<'s> {
    /// In front of the next song.
    pub(in crate::mixtape) before: &'s [u8],
    pub(in crate::mixtape) separator: &'s [u8],
    /// Behind the last song.
    pub(in crate::mixtape) trail: &'s [u8],
}

impl<'s> SongStyle<'s> {
    /// Of an array of the document.
    pub(in crate::mixtape) fn of(shape: &'s Shape, own: SeparatorId) -> Self {
        let neighbours = &shape.style.songs;
        let separator = match own {
            separator::UNKNOWN | separator::EMPTY_ARRAY | separator::BLANK_ARRAY => None,
            own => shape.separators.get(own),
        };
        let separator = separator.unwrap_or(&neighbours.separator);
        let was_empty = matches!(own, separator::EMPTY_ARRAY | separator::BLANK_ARRAY);
        SongStyle {
            before: if was_empty {
                &neighbours.lead
            } else {
                separator
            },
            separator,
            trail: match own {
                separator::EMPTY_ARRAY => &neighbours.trail,
                _ => b"",
            },
        }
    }

    /// Of a new playlist, whose frame brings what stands around all of them.
    pub(super) fn of_new(shape: &'s Shape) -> Self {
        SongStyle {
            before: b"",
            separator: &shape.style.songs.separator,
            trail: b"",
        }
    }
}
