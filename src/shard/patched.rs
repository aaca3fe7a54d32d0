//! Step `patch`: the playlists of a partition, with what has become of them; as lines.

use std::io::Read;
use std::iter::Peekable;

use super::blocks::{PLAYLISTS, Splits};
use super::frame::{damaged, tag};
use super::record::{Records, id_of};
use super::work::Work;
use crate::error::Result;
use crate::id::Id;
use crate::id_bytes;
use crate::mixtape::{Lines, Patch, Place, Surveyor};

pub(super) fn run(mut work: Work<'_, impl Read>) -> Result<()> {
    let shape = work.shape()?;
    let Work {
        mut frames,
        output,
        bounds,
        ..
    } = work;
    let mut edits: Vec<(u64, Box<[u8]>)> = Vec::new();
    let mut remaining = None;
    let mut lines = Lines::of_shape(&shape);
    let mut splits = Splits::new(PLAYLISTS);
    let mut index = 0;
    while let Some(frame) = frames.next()? {
        match frame.tag {
            tag::EDITS if remaining.is_none() => {
                Records(frame.payload).each(|record| {
                    edits.push((record.number()?, record.bytes()?.into()));
                    Ok(())
                })?;
            }
            tag::LINES => {
                let edits = remaining.get_or_insert_with(|| {
                    let mut edits = std::mem::take(&mut edits);
                    edits.sort_unstable_by_key(|(index, _)| *index);
                    edits.into_iter().peekable()
                });
                let (name, at) = splits.place(frame.source, frame.payload);
                let block = frame.payload;
                let mut patching = Patching {
                    block,
                    base: at.byte,
                    patch: Patch::new(name, block, at.byte, &shape, output),
                    edits,
                    index,
                };
                lines.read(name, block, at, bounds.of_ids(), &mut patching)?;
                index = patching.index;
                patching.patch.up_to(at.byte + block.len() as u64)?;
            }
            _ => return Err(damaged()),
        }
    }
    match remaining.map_or(edits.len(), Iterator::count) {
        0 => Ok(()),
        _ => Err(damaged()),
    }
}

/// Copies a block and makes the edits of its playlists.
struct Patching<'p, 'e, I: Iterator> {
    block: &'p [u8],
    /// Offset of its first byte.
    base: u64,
    patch: Patch<'p, &'p [u8]>,
    edits: &'e mut Peekable<I>,
    /// Of the next playlist in the partition.
    index: u64,
}

impl<I: Iterator<Item = (u64, Box<[u8]>)>> Surveyor for Patching<'_, '_, I> {
    fn playlist(&mut self, _: Id<'_>, place: &Place) -> Result<()> {
        let index = self.index;
        self.index += 1;
        let Some((_, songs)) = self.edits.next_if(|(own, _)| *own == index) else {
            return Ok(());
        };
        if songs.is_empty() {
            // With its line.
            let (before, behind) = self.block.split_at((place.end - self.base) as usize);
            let start = before[..(place.start - self.base) as usize]
                .iter()
                .rposition(|&byte| byte == b'\n')
                .map_or(0, |end| end + 1);
            let rest = memchr::memchr(b'\n', behind).map_or(behind.len(), |end| end + 1);
            let next = place.end + rest as u64;
            return self.patch.remove(self.base + start as u64, next);
        }
        let mut style = self.patch.extend(place)?;
        for song in id_bytes::of_list(&songs) {
            let id = id_of(song)?;
            self.patch
                .song(&mut style, |output| id.write_json(output))?;
        }
        self.patch.end_songs(&style)
    }
}
