//! The parts of OUTPUT: playlists of the document as operations have left them, and new ones.

use std::ops::Range;

use super::frame::SongStyle;
use super::patch::{Ending, Output, Patch};
use crate::error::Result;
use crate::io::{ReaderAt, Rereadable};
use crate::mixtape::changed::appended::{self, Lasts, List};
use crate::mixtape::changed::{Created, Fate};
use crate::mixtape::index::Index;
use crate::mixtape::key::Key;
use crate::mixtape::shape::Shape;

/// Playlists whose appended songs are collected together.
pub(super) const BATCH: usize = 64;

/// What is copied.
pub(in crate::mixtape) struct Copy<'c> {
    pub(in crate::mixtape) mixtape: &'c Rereadable,
    pub(in crate::mixtape) index: &'c Index,
    pub(in crate::mixtape) shape: Shape,
}

impl Copy<'_> {
    pub(super) fn patch_from<'p, O: Output>(
        &'p self,
        offset: u64,
        output: &'p mut O,
    ) -> Patch<'p, ReaderAt<'p>, O> {
        let reader = self.mixtape.reader(offset);
        Patch::new(self.mixtape.name(), reader, offset, &self.shape, output)
    }

    /// The playlists of the document up to behind the last one that is kept.
    pub(in crate::mixtape) fn kept(&self) -> u32 {
        let fates = &self.index.changed.fates;
        let count = self.index.catalogue.playlists.len() as u32;
        let last = (0..count).rev().find(|&number| !fates.is_removed(number));
        last.map_or(0, |last| last + 1)
    }

    pub(super) fn ending(&self) -> Ending {
        let Index {
            catalogue, changed, ..
        } = self.index;
        let last = self.kept().checked_sub(1);
        Ending {
            last_kept: last.map(|last| catalogue.playlists.place(last).end),
            created: changed.created.len() > 0,
        }
    }

    /// Copies playlists of the document, up to where the last one of them needs a word.
    pub(in crate::mixtape) fn copy<'p, O: Output>(
        &'p self,
        numbers: Range<u32>,
        patch: &mut Patch<'p, ReaderAt<'p>, O>,
        batch: &mut Batch,
    ) -> Result<()> {
        let playlists = &self.index.catalogue.playlists;
        let fates = &self.index.changed.fates;
        for first in numbers.clone().step_by(BATCH) {
            let numbers = first..numbers.end.min(first + BATCH as u32);
            batch.gather(
                self.index,
                numbers.clone().map(|number| match fates.of(number) {
                    Fate::Extended(songs) => songs,
                    Fate::Kept | Fate::Removed => appended::EMPTY,
                }),
            );
            for (number, songs) in numbers.zip(&batch.songs) {
                match fates.of(number) {
                    Fate::Kept => {}
                    Fate::Extended(_) => {
                        let mut style = patch.extend(&playlists.place(number))?;
                        self.write_songs(patch, &mut style, songs)?;
                        patch.end_songs(&style)?;
                    }
                    // There is a next one, because a later one is kept.
                    Fate::Removed => {
                        let start = playlists.place(number).start;
                        patch.remove(start, playlists.place(number + 1).start)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes new playlists, no more than a batch.
    pub(in crate::mixtape) fn create<'p, O: Output>(
        &'p self,
        created: &[Created<'_>],
        patch: &mut Patch<'p, ReaderAt<'p>, O>,
        batch: &mut Batch,
    ) -> Result<()> {
        let Index { catalogue, .. } = self.index;
        batch.gather(self.index, created.iter().map(|new| new.songs));
        for (new, songs) in created.iter().zip(&batch.songs) {
            let owner = catalogue.users.keys[new.owner as usize];
            let mut style = patch.new_playlist(
                |output| new.id.write_json(output),
                new.further(),
                |output| owner.write_json(&catalogue.texts, output),
            )?;
            self.write_songs(patch, &mut style, songs)?;
            patch.end_new_playlist()?;
        }
        Ok(())
    }

    fn write_songs<'p, O: Output>(
        &'p self,
        patch: &mut Patch<'p, ReaderAt<'p>, O>,
        style: &mut SongStyle<'p>,
        songs: &Lasts,
    ) -> Result<()> {
        let Index {
            catalogue, changed, ..
        } = self.index;
        for song in changed.appended.songs(songs) {
            let key: Key = catalogue.songs.keys[song as usize];
            patch.song(style, |output| key.write_json(&catalogue.texts, output))?;
        }
        Ok(())
    }
}

/// The appended songs of a batch of playlists.
#[derive(Default)]
pub(super) struct Batch {
    lists: Vec<List>,
    songs: Vec<Lasts>,
}

impl Batch {
    fn gather(&mut self, index: &Index, lists: impl Iterator<Item = List>) {
        self.lists.clear();
        self.lists.extend(lists);
        self.songs
            .resize_with(self.lists.len().max(BATCH), Lasts::default);
        index.changed.appended.gather(&self.lists, &mut self.songs);
        // The ids are anywhere in memory too: read here, one does not wait for the other.
        let mut sum = 0;
        for song in self.songs.iter().flat_map(Lasts::gathered) {
            sum ^= index.catalogue.songs.keys[*song as usize].touch();
        }
        std::hint::black_box(sum);
    }
}
