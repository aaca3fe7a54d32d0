//! How a document is laid out: all that writing into it needs to know beside its bytes.

mod outline;
mod place;
mod sample;
pub(super) mod separator;
mod style;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::id::Id;
use crate::io::Rereadable;
use crate::json::Position;
use crate::mixtape::layout::Layout;

pub(super) use outline::{Ends, Outline};
pub use place::Place;
pub use separator::SeparatorId;
pub(super) use separator::Separators;
pub(super) use style::{PlaylistStyle, song_style};

/// How the document of a mixtape is laid out. It can be kept (serde) and used later, where the document's bytes are at hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shape {
    pub(super) layout: Layout,
    /// How playlists name the member that holds their user.
    pub(super) owner: String,
    /// Generated ids are numbers.
    pub(super) number_ids: bool,
    /// The `playlists` array in the document, brackets included.
    pub(super) array: Range<u64>,
    /// From the first playlist's first byte to behind the last one.
    pub(super) span: Option<Range<u64>>,
    pub(super) separators: Separators,
    pub(super) style: PlaylistStyle,
}

impl Shape {
    /// The shape of the document that was outlined; looks at its last playlist, or its head, once more.
    pub(super) fn of(mixtape: &Rereadable, outline: &Outline<'_>) -> Result<Self> {
        Ok(Shape {
            style: PlaylistStyle::of(mixtape, outline)?,
            layout: outline.layout,
            owner: outline.owner.to_owned(),
            number_ids: outline.number_ids,
            array: outline.array.clone(),
            span: outline.ends.span(),
            separators: outline.separators.clone(),
        })
    }

    /// The id that a generated number is.
    pub fn generated<'t>(&self, text: &'t str) -> Id<'t> {
        if self.number_ids {
            Id::number(text)
        } else {
            Id::string(text)
        }
    }

    /// Whether users go by their `user_id`, not by their `id`.
    pub fn users_by_user_id(&self) -> bool {
        self.layout == Layout::Wrapped
    }

    /// The error for a user of the input `name` that has no id which counts.
    pub(crate) fn user_without_id(&self, name: &str, position: Position) -> Error {
        self.layout.user_without_id(name, position)
    }
}
