//! Pass two over MIXTAPE: copies it in file order and writes only what changed.

use super::appended::{self, Lasts, List};
use super::created::Created;
use super::index::Index;
use super::key::Key;
use super::patch::{Ending, Patch, SongStyle};
use super::playlists::State;
use super::shape::Shape;
use crate::error::Result;
use crate::io::{ReaderAt, Rereadable, Sink};

/// Writes the mixtape as the index now has it.
///
/// Bytes that no operation touched are copied as they are. Songs are appended in the style of their array, removed
/// playlists take a comma with them, new playlists follow the last one in its style.
///
/// # Errors
/// When MIXTAPE cannot be read again, has changed since it was indexed, or `output` cannot be written.
pub fn splice(mixtape: &Rereadable, index: &Index, output: &mut Sink) -> Result<()> {
    let copied = copy(mixtape, index, output);
    // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
    mixtape.check_unchanged().and(copied)
}

fn copy(mixtape: &Rereadable, index: &Index, output: &mut Sink) -> Result<()> {
    let shape = Shape::of_index(mixtape, index)?;
    let mut copy = Copy {
        index,
        patch: Patch::new(mixtape.name(), mixtape.reader(0), 0, &shape, output),
        batch: Batch::default(),
    };
    let ending = copy.playlists()?;
    copy.new_playlists()?;
    copy.patch.finish(&ending, mixtape.length())
}

/// Playlists whose appended songs are collected together.
const BATCH: usize = 64;

/// The appended songs of a batch of playlists.
#[derive(Default)]
struct Batch {
    lists: Vec<List>,
    songs: Vec<Lasts>,
}

impl Batch {
    fn gather(&mut self, index: &Index, lists: impl Iterator<Item = List>) {
        self.lists.clear();
        self.lists.extend(lists);
        self.songs
            .resize_with(self.lists.len().max(BATCH), Lasts::default);
        index.appended.gather(&self.lists, &mut self.songs);
        // The ids are anywhere in memory too: read here, one does not wait for the other.
        let mut sum = 0;
        for song in self.songs.iter().flat_map(Lasts::gathered) {
            sum ^= index.songs.keys[*song as usize].touch();
        }
        std::hint::black_box(sum);
    }
}

/// The index, and the copy that it has its way in.
struct Copy<'c> {
    index: &'c Index,
    patch: Patch<'c, ReaderAt<'c>>,
    batch: Batch,
}

impl<'c> Copy<'c> {
    /// Copies the document's playlists.
    fn playlists(&mut self) -> Result<Ending> {
        let index = self.index;
        let playlists = &index.playlists;
        let count = playlists.len() as u32;
        let last_kept = (0..count).rev().find(|&i| !playlists.is_removed(i));
        let kept = last_kept.map_or(0, |last| last + 1);
        for first in (0..kept).step_by(BATCH) {
            let numbers = first..kept.min(first + BATCH as u32);
            self.batch.gather(
                index,
                numbers.clone().map(|i| match playlists.state(i) {
                    State::Extended(songs) => songs,
                    State::Kept | State::Removed => appended::EMPTY,
                }),
            );
            for (i, songs) in numbers.zip(&self.batch.songs) {
                match playlists.state(i) {
                    State::Kept => {}
                    State::Extended(_) => {
                        let mut style = self.patch.extend(&playlists.place(i))?;
                        write_songs(&mut self.patch, index, &mut style, songs)?;
                        self.patch.end_songs(&style)?;
                    }
                    // There is a next one, because a later one is kept.
                    State::Removed => {
                        let start = playlists.place(i).start;
                        self.patch.remove(start, playlists.place(i + 1).start)?;
                    }
                }
            }
        }
        let ending = Ending {
            last_kept: last_kept.map(|last| playlists.place(last).end),
            created: index.created.len() > 0,
        };
        self.patch.end_playlists(&ending)?;
        Ok(ending)
    }

    fn new_playlists(&mut self) -> Result<()> {
        let index = self.index;
        let mut rest = index.created.iter();
        loop {
            let created: Vec<Created<'_>> = rest.by_ref().take(BATCH).collect();
            if created.is_empty() {
                return Ok(());
            }
            self.batch
                .gather(index, created.iter().map(|new| new.songs));
            for (new, songs) in created.into_iter().zip(&self.batch.songs) {
                let owner = index.users.keys[new.owner as usize];
                let mut style = self.patch.new_playlist(
                    |output| new.id.write_json(output),
                    new.further(),
                    |output| owner.write_json(&index.texts, output),
                )?;
                write_songs(&mut self.patch, index, &mut style, songs)?;
                self.patch.end_new_playlist()?;
            }
        }
    }
}

fn write_songs<'c>(
    patch: &mut Patch<'c, ReaderAt<'c>>,
    index: &Index,
    style: &mut SongStyle<'c>,
    songs: &Lasts,
) -> Result<()> {
    for song in index.appended.songs(songs) {
        let key: Key = index.songs.keys[song as usize];
        patch.song(style, |output| key.write_json(&index.texts, output))?;
    }
    Ok(())
}
