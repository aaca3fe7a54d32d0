//! References inside MIXTAPE that lead nowhere, counted on demand.

use super::index::Index;
use super::layout::Layout;
use super::scan::{Array, enter, read_id};
use super::scan_playlist::OWNERS;
use crate::error::{Error, Result};
use crate::io::Rereadable;
use crate::json::{self, DocumentReader, Failure, Held, HoldLimit, Window, ask, name};

/// Counts the playlists' users and songs that the document does not have. Reads it once more.
///
/// # Errors
/// When the document cannot be read.
pub fn count_dangling(mixtape: &Rereadable, index: &Index, limit: HoldLimit) -> Result<u64> {
    let mut window = Window::new(mixtape.reader(0), limit)
        .map_err(|error| Error::io("read", mixtape.name(), error))?;
    let mut json = json::document_reader(&mut window);
    let counted = count(&mut json, index);
    drop(json);
    // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
    mixtape.check_unchanged()?;
    counted.map_err(|failure| {
        Error::of_failure(mixtape.name(), failure, |offset| window.position(offset))
    })
}

fn count<J: DocumentReader>(json: &mut J, index: &Index) -> std::result::Result<u64, Failure> {
    enter(json, Array::Playlists)?;
    let mut dangling = 0;
    while ask(json, J::has_next)? {
        match index.layout {
            Layout::Plain => dangling += in_playlist(json, index)?,
            Layout::Wrapped => {
                ask(json, J::begin_object)?;
                while ask(json, J::has_next)? {
                    if name(json, |name| name == "playlist")? {
                        dangling += in_playlist(json, index)?;
                    } else {
                        ask(json, J::skip_value)?;
                    }
                }
                ask(json, J::end_object)?;
            }
        }
    }
    Ok(dangling)
}

fn in_playlist<J: DocumentReader>(
    json: &mut J,
    index: &Index,
) -> std::result::Result<u64, Failure> {
    enum Member {
        Owner,
        Songs,
        Other,
    }
    let mut dangling = 0;
    ask(json, J::begin_object)?;
    while ask(json, J::has_next)? {
        let member = name(json, |name| {
            if OWNERS.contains(&name) {
                Member::Owner
            } else if name == index.layout.songs() {
                Member::Songs
            } else {
                Member::Other
            }
        })?;
        match member {
            Member::Owner => {
                let exists = read_id(json, |id| index.has_user(id))?;
                dangling += u64::from(!exists);
            }
            Member::Songs => {
                ask(json, J::begin_array)?;
                while ask(json, J::has_next)? {
                    let exists = read_id(json, |id| index.has_song(id))?;
                    dangling += u64::from(!exists);
                }
                ask(json, J::end_array)?;
            }
            Member::Other => ask(json, J::skip_value)?,
        }
    }
    ask(json, J::end_object)?;
    Ok(dangling)
}
