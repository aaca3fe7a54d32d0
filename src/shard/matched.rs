//! Step `exist`: which of the users and songs that partitions of changes name do not exist. One side of a join by hash.

use std::collections::HashSet;
use std::io::Read;

use super::frame::{damaged, tag};
use super::record::{Buckets, Records, id_of, put_bytes};
use super::work::Work;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::id_bytes;
use crate::io::Sink;

pub(super) fn run(mut work: Work<'_, impl Read>) -> Result<()> {
    let by_user_id = work.shape()?.users_by_user_id();
    let Work {
        plan,
        mut frames,
        output,
        ..
    } = work;
    let partitions = plan.partitions.get();
    let (mut users, mut songs) = (HashSet::new(), HashSet::new());
    let [mut missing_users, mut missing_songs] =
        [tag::MISSING_USERS, tag::MISSING_SONGS].map(|tag| Buckets::new(tag, partitions));
    while let Some(frame) = frames.next()? {
        let (records, from) = (Records(frame.payload), frame.source);
        match frame.tag {
            tag::USERS_BY_ID if !by_user_id => take(&mut users, "user", records)?,
            tag::USERS_BY_USER_ID if by_user_id => take(&mut users, "user", records)?,
            tag::USERS_BY_ID | tag::USERS_BY_USER_ID => {}
            tag::SONGS => take(&mut songs, "song", records)?,
            tag::ASKED_USERS => answer(&users, records, from, &mut missing_users, output)?,
            tag::ASKED_SONGS => answer(&songs, records, from, &mut missing_songs, output)?,
            _ => return Err(damaged()),
        }
    }
    missing_users.finish(output)?;
    missing_songs.finish(output)
}

fn take(set: &mut HashSet<Box<[u8]>>, what: &str, records: Records<'_>) -> Result<()> {
    records.each(|record| {
        let bytes = record.bytes()?;
        match set.insert(bytes.into()) {
            true => Ok(()),
            false => Err(stands_twice(what, id_of(bytes)?)),
        }
    })
}

/// The error for an id that two elements have.
#[cold]
pub(super) fn stands_twice(what: &str, id: Id<'_>) -> Error {
    Error::conflict(format!("{what} id {id} stands twice in the mixtape"))
}

/// Says which ones are not in the set, and of each whether its twin is.
fn answer(
    set: &HashSet<Box<[u8]>>,
    asked: Records<'_>,
    from: u32,
    missing: &mut Buckets,
    output: &mut Sink,
) -> Result<()> {
    asked.each(|record| {
        let bytes = record.bytes()?;
        if set.contains(bytes) {
            return Ok(());
        }
        let twin = id_bytes::bytes_of(id_of(bytes)?.twin());
        let has_twin = set.contains(&twin[..]);
        missing.add(from, output, |out| {
            out.push(u8::from(has_twin));
            put_bytes(out, bytes);
        })
    })
}
