//! What a mixtape's document has: read once, and from then on the same for everybody who looks something up.

mod directory;
mod id_set;
mod lookups;
mod playlists;
mod ranks;
mod resolve;
mod table;
mod user_keys;

use std::ops::Range;

use foldhash::quality::RandomState;

use crate::mixtape::key::Texts;
use crate::mixtape::layout::Layout;
use crate::mixtape::shape::{Outline, Separators};

pub(super) use directory::Directory;
pub(super) use id_set::IdSet;
pub(super) use lookups::Found;
pub use lookups::Resolved;
pub(super) use playlists::Playlists;
pub(super) use table::{Duplicate, MAX_ENTRIES, Unbuilt};
pub(super) use user_keys::UserKeys;

/// What the document has, by id, and where its playlists stand. Operations do not change it: any number of threads may
/// [look up](Self::resolve) what they name.
pub struct Catalogue {
    pub(super) hasher: RandomState,
    pub(super) texts: Texts,
    pub(super) users: IdSet,
    pub(super) songs: IdSet,
    pub(super) playlists: Playlists,
    pub(super) separators: Separators,
    pub(super) layout: Layout,
    /// How playlists name the member that holds their user.
    pub(super) owner: String,
    /// The `playlists` array in the document, brackets included.
    pub(super) array: Range<u64>,
    /// Generated ids are numbers.
    pub(super) number_ids: bool,
}

impl Catalogue {
    /// How the document is laid out, as far as one pass can tell.
    pub(super) fn outline(&self) -> Outline<'_> {
        Outline {
            layout: self.layout,
            owner: &self.owner,
            number_ids: self.number_ids,
            array: self.array.clone(),
            ends: self.playlists.ends(),
            separators: &self.separators,
        }
    }
}
