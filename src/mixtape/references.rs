//! References inside MIXTAPE that lead nowhere, counted on demand.

use super::catalogue::Catalogue;
use super::document::read_document;
use super::index::Index;
use super::kind::Kind;
use super::layout::{Layout, OWNERS};
use super::scan::{enter, read_id};
use crate::error::Result;
use crate::io::Rereadable;
use crate::json::{self, DocumentReader, Failure, Limits, ask, name};

/// Counts the playlists' users and songs that the document does not have. Reads it once more.
///
/// # Errors
/// When the document cannot be read.
pub fn count_dangling(
    mixtape: &Rereadable,
    index: &Index,
    limits: impl Into<Limits>,
) -> Result<u64> {
    read_document(mixtape, limits.into(), |window| {
        count(&mut json::document_reader(window), &index.catalogue)
    })
}

fn count<J: DocumentReader>(
    json: &mut J,
    catalogue: &Catalogue,
) -> std::result::Result<u64, Failure> {
    enter(json, Kind::Playlists)?;
    let mut dangling = 0;
    while ask(json, J::has_next)? {
        match catalogue.layout {
            Layout::Plain => dangling += in_playlist(json, catalogue)?,
            Layout::Wrapped => {
                ask(json, J::begin_object)?;
                while ask(json, J::has_next)? {
                    if name(json, |name| name == "playlist")? {
                        dangling += in_playlist(json, catalogue)?;
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
    catalogue: &Catalogue,
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
            } else if name == catalogue.layout.songs() {
                Member::Songs
            } else {
                Member::Other
            }
        })?;
        match member {
            Member::Owner => {
                let exists = read_id(json, |id| catalogue.has_user(id))?;
                dangling += u64::from(!exists);
            }
            Member::Songs => {
                ask(json, J::begin_array)?;
                while ask(json, J::has_next)? {
                    let exists = read_id(json, |id| catalogue.has_song(id))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixtape::generated::{LIMIT, Lay, mixtape, opened};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn users_and_songs_of_playlists_that_do_not_exist_are_counted(generated in mixtape(Lay::Anyhow)) {
            let (_file, opened) = opened(&generated.document().0);
            let index = Index::read(&opened, LIMIT).unwrap();
            let expected: u64 = generated.playlists().iter().map(|playlist| playlist.dangling).sum();
            prop_assert_eq!(count_dangling(&opened, &index, LIMIT).unwrap(), expected);
        }
    }
}
