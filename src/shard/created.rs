//! Step `created`: new playlists that a partition of changes has made, in the order of their operations; as lines.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use super::record::{each_record, id_of};
use super::work::Work;
use crate::error::Result;
use crate::id_bytes;
use crate::mixtape::{Patch, further_members};

pub(super) fn run(mut work: Work<'_, impl Read>) -> Result<()> {
    let shape = work.shape()?;
    let Work {
        mut frames, output, ..
    } = work;
    let mut created = BTreeMap::new();
    each_record(&mut frames, |record| {
        let number = record.number()?;
        let mut field = || record.bytes().map(Box::<[u8]>::from);
        created.insert(number, [field()?, field()?, field()?, field()?]);
        Ok(())
    })?;
    if created.is_empty() {
        return Ok(());
    }
    let mut patch = Patch::new("new playlists", io::empty(), 0, &shape, output);
    for [id, owner, further, songs] in created.values() {
        let (id, owner) = (id_of(id)?, id_of(owner)?);
        let mut style = patch.new_playlist(
            |output| id.write_json(output),
            further_members(further),
            |output| owner.write_json(output),
        )?;
        for song in id_bytes::of_list(songs) {
            let song = id_of(song)?;
            patch.song(&mut style, |output| song.write_json(output))?;
        }
        patch.end_new_playlist()?;
    }
    drop(patch);
    output.write_all(b"\n").map_err(|error| output.error(error))
}
