//! How a document is laid out: all that writing into it needs to know beside its bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::catalogue::Catalogue;
use super::layout::Layout;
use super::playlists::Place;
use super::separator::Separators;
use super::style::PlaylistStyle;
use crate::error::Result;
use crate::io::Rereadable;

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

/// The playlists at the ends of the array.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// First byte of the first one.
    pub(super) start: u64,
    /// Behind the last but one.
    pub(super) before_last: Option<u64>,
    pub(super) last: Option<Place>,
}

impl Ends {
    /// From the first playlist's first byte to behind the last one.
    fn span(&self) -> Option<Range<u64>> {
        Some(self.start..self.last.as_ref()?.end)
    }
}

/// What one pass over the document finds out about its layout.
pub(super) struct Outline<'o> {
    pub(super) layout: Layout,
    pub(super) owner: &'o str,
    pub(super) number_ids: bool,
    pub(super) array: Range<u64>,
    pub(super) ends: Ends,
    pub(super) separators: &'o Separators,
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

    /// The shape of the document that was indexed.
    pub(super) fn of_catalogue(mixtape: &Rereadable, catalogue: &Catalogue) -> Result<Self> {
        let outline = Outline {
            layout: catalogue.layout,
            owner: &catalogue.owner,
            number_ids: catalogue.number_ids,
            array: catalogue.array.clone(),
            ends: catalogue.playlists.ends(),
            separators: &catalogue.separators,
        };
        Self::of(mixtape, &outline)
    }
}
