//! Pass two over MIXTAPE: copies it in file order and writes only what changed.

mod copy;
mod frame;
mod patch;
mod segments;

use crate::error::Result;
use crate::in_order::Threads;
use crate::io::{Rereadable, Sink};
use crate::mixtape::changed::Created;
use crate::mixtape::index::Index;
use crate::mixtape::shape::Shape;
use copy::{BATCH, Batch, Copy};

pub use frame::SongStyle;
pub use patch::{Ending, Output, Patch};

/// Writes the mixtape as the index now has it, on so many threads.
///
/// Bytes that no operation touched are copied as they are. Songs are appended in the style of their array, removed
/// playlists take a comma with them, new playlists follow the last one in its style.
///
/// # Errors
/// When MIXTAPE cannot be read again, has changed since it was indexed, or `output` cannot be written.
pub fn splice(
    mixtape: &Rereadable,
    index: &Index,
    threads: Threads,
    output: &mut Sink,
) -> Result<()> {
    let copied = Shape::of(mixtape, &index.catalogue.outline()).and_then(|shape| {
        let copy = Copy {
            mixtape,
            index,
            shape,
        };
        if threads.count == Threads::ONE.count {
            write(&copy, output)
        } else {
            segments::write(&copy, threads, output)
        }
    });
    // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
    mixtape.check_unchanged().and(copied)
}

/// All of it, one after the other.
fn write(copy: &Copy<'_>, output: &mut Sink) -> Result<()> {
    let mut batch = Batch::default();
    let ending = copy.ending();
    let mut patch = copy.patch_from(0, output);
    copy.copy(0..copy.kept(), &mut patch, &mut batch)?;
    patch.end_playlists(&ending)?;
    let mut rest = copy.index.changed.created.iter();
    loop {
        let created: Vec<Created<'_>> = rest.by_ref().take(BATCH).collect();
        if created.is_empty() {
            return patch.finish(&ending, copy.mixtape.length());
        }
        copy.create(&created, &mut patch, &mut batch)?;
    }
}
