//! One playlist out of a store.

use std::cell::RefCell;

use super::export::Export;
use super::merged::Merged;
use super::pieces::Pieces;
use super::places::Places;
use super::runs::Runs;
use super::state::Document;
use super::{Store, damaged, resolve};
use crate::error::Result;
use crate::id::Id;
use crate::io::Sink;
use crate::mixtape::Patch;

impl Store {
    /// Writes one playlist as an [export](Self::export) would, or none where no playlist has the id. Whether there is one.
    ///
    /// # Errors
    /// As there.
    pub fn write_playlist(&mut self, id: Id<'_>, output: &mut Sink) -> Result<bool> {
        self.database.reading(|database| {
            let document = Document::required(database)?;
            let Some(number) = resolve::playlist(database, id)? else {
                return Ok(false);
            };
            let runs = Runs::read(database)?.numbers();
            let database = RefCell::new(database);
            let mut places = Places::new(&database);
            let place = match number < document.playlists {
                true => Some(places.get(number)?),
                false => None,
            };
            let mut merged = Merged::open(&database, &runs, number)?;
            let has_edits = merged.next()? == Some(number);
            let start = place.as_ref().map_or(0, |place| place.start);
            let mut export = Export {
                database: &database,
                document: &document,
                places,
                patch: Patch::new(
                    &document.name,
                    Pieces::new(&database, start),
                    start,
                    &document.shape,
                    output,
                ),
            };
            match place {
                Some(place) => {
                    if has_edits {
                        let mut style = export.patch.extend(&place)?;
                        merged.each(|edit| export.songs(edit, &mut style))?;
                        export.patch.end_songs(&style)?;
                    }
                    export.patch.up_to(place.end)?;
                }
                None if has_edits => export.new_playlist(&mut merged)?,
                None => return Err(damaged()),
            }
            Ok(true)
        })
    }
}
