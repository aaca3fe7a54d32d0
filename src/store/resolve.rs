//! What exists in the store of the ids that a batch of operations names: one look at each table for all of them.

use super::cache::Cache;
use super::key::Key;
use super::tables::{IdTables, PLAYLISTS, SONGS, USERS, by_key};
use crate::database::{Database, Keys};
use crate::error::Result;
use crate::id::{Id, IdKind};
use crate::id_bytes;
use crate::mixtape::{Counters, Shape};
use crate::operation::Operation;

/// The ids that exist, each once.
#[derive(Default)]
pub(super) struct Existing<'a> {
    pub(super) users: Vec<(Id<'a>, i64)>,
    pub(super) songs: Vec<(Id<'a>, i64)>,
    /// With their numbers in the store.
    pub(super) playlists: Vec<(Id<'a>, i64)>,
}

/// An order, by which ids are told apart.
fn order<'a>(id: &Id<'a>) -> (bool, &'a str) {
    (id.kind == IdKind::String, id.text)
}

/// Looks ids up.
pub(super) struct Resolver {
    pub(super) users: Cache,
    pub(super) songs: Cache,
    pub(super) playlists: Cache,
}

/// One of the three sets.
struct Set<'c> {
    tables: &'static IdTables,
    cache: &'c mut Cache,
}

impl Resolver {
    pub(super) fn new() -> Self {
        Resolver {
            users: Cache::of_ids(18),
            songs: Cache::of_ids(19),
            playlists: Cache::of_numbers(20),
        }
    }

    /// What exists of all that `operations` name, and of the `further` playlists.
    pub(super) fn resolve<'a>(
        &mut self,
        database: &mut Database,
        operations: &[Operation<'a>],
        further: impl Iterator<Item = Id<'a>>,
    ) -> Result<Existing<'a>> {
        let (mut users, mut songs, mut playlists) = (Vec::new(), Vec::new(), Vec::new());
        let mut removed = Vec::new();
        for operation in operations {
            match *operation {
                Operation::AddSong { playlist, song } => {
                    playlists.push(playlist);
                    songs.push(song);
                }
                Operation::AddPlaylist(new) => {
                    users.push(new.owner);
                    songs.extend(new.songs.iter());
                    playlists.extend(new.id);
                }
                Operation::RemovePlaylist { playlist } => {
                    playlists.push(playlist);
                    removed.push(playlist);
                }
            }
        }
        // Who asks for one of them again is told of its twin, though it is there now.
        playlists.sort_unstable_by_key(order);
        removed.retain(|id| {
            let first = playlists.partition_point(|other| order(other) < order(id));
            playlists.get(first + 1) == Some(id)
        });
        playlists.extend(removed.iter().map(|id| id.twin()));
        playlists.extend(further);
        let mut look = |tables, cache, ids| Set { tables, cache }.existing(database, ids);
        Ok(Existing {
            users: look(&USERS, &mut self.users, users)?,
            songs: look(&SONGS, &mut self.songs, songs)?,
            playlists: look(&PLAYLISTS, &mut self.playlists, playlists)?,
        })
    }
}

impl Set<'_> {
    /// Those of the ids that exist; of each that does not, the id of the other JSON type where that one does: the message about
    /// it says so.
    fn existing<'a>(
        &mut self,
        database: &mut Database,
        mut ids: Vec<Id<'a>>,
    ) -> Result<Vec<(Id<'a>, i64)>> {
        ids.sort_unstable_by_key(order);
        ids.dedup();
        let found = self.find(database, &ids)?;
        let mut existing = Vec::with_capacity(ids.len());
        let mut twins = Vec::new();
        for (&id, number) in ids.iter().zip(found) {
            match number {
                Some(number) => existing.push((id, number)),
                None => twins.push(id.twin()),
            }
        }
        twins.retain(|twin| ids.binary_search_by_key(&order(twin), order).is_err());
        twins.sort_unstable_by_key(order);
        let found = self.find(database, &twins)?;
        let twins = twins.into_iter().zip(found);
        existing.extend(twins.filter_map(|(twin, number)| Some((twin, number?))));
        Ok(existing)
    }

    /// The numbers of ids that are in order.
    fn find(&mut self, database: &mut Database, ids: &[Id<'_>]) -> Result<Vec<Option<i64>>> {
        let mut numbers: Vec<Option<i64>> = ids.iter().map(|&id| self.cache.get(id)).collect();
        let (mut small, mut other) = (Vec::new(), Vec::new());
        for (place, &id) in ids.iter().enumerate() {
            if numbers[place].is_none() {
                match Key::of(id) {
                    Key::Small(key) => small.push((key, place)),
                    Key::Bytes(key) => other.push((key, place)),
                }
            }
        }
        // In the order of the indexes, so that neighbours are found together.
        small.sort_unstable();
        other.sort_unstable();
        let cache = &mut *self.cache;
        let mut found = |place: usize, number| {
            numbers[place] = Some(number);
            cache.put(ids[place], number);
        };
        let keys: Vec<i64> = small.iter().map(|(key, _)| *key).collect();
        database.find(
            &by_key(&self.tables.keys),
            Keys::Integers(&keys),
            |i, number| found(small[i].1, number),
        )?;
        let keys: Vec<&[u8]> = other.iter().map(|(key, _)| &key[..]).collect();
        database.find(
            &by_key(&self.tables.ids),
            Keys::Bytes(&keys),
            |i, number| found(other[i].1, number),
        )?;
        Ok(numbers)
    }
}

/// The number of one playlist.
pub(super) fn playlist(database: &mut Database, id: Id<'_>) -> Result<Option<i64>> {
    let mut number = None;
    let found = |_, found| number = Some(found);
    match Key::of(id) {
        Key::Small(key) => {
            database.find(&by_key(&PLAYLISTS.keys), Keys::Integers(&[key]), found)?
        }
        Key::Bytes(key) => database.find(&by_key(&PLAYLISTS.ids), Keys::Bytes(&[&key]), found)?,
    }
    Ok(number)
}

/// Ids that operations may have to make though others stand in their way: those above 2^64, which are tried one after the other.
/// Enough of them that one is free for each new playlist.
pub(super) fn ids_to_try(
    database: &mut Database,
    shape: &Shape,
    counters: Counters,
    operations: &[Operation<'_>],
) -> Result<Vec<String>> {
    let ids = || {
        let created = operations.iter().filter_map(|operation| match operation {
            Operation::AddPlaylist(new) => Some(new.id),
            _ => None,
        });
        created.map(|id| id.and_then(Id::decimal))
    };
    let largest = ids().flatten().max().max(counters.largest);
    let mut wanted = ids().count();
    if wanted == 0 || largest < Some(u64::MAX - wanted as u64) {
        return Ok(Vec::new());
    }
    let mut tried = vec![(1u128 << 64).to_string()];
    let mut next = counters.beyond.max(1 << 64) + 1;
    while wanted > 0 {
        let more: Vec<String> = (0..wanted as u128)
            .map(|i| (next + i).to_string())
            .collect();
        next += wanted as u128;
        // They are no small ones.
        let keys: Vec<Vec<u8>> = more
            .iter()
            .map(|text| id_bytes::bytes_of(shape.generated(text)))
            .collect();
        let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
        let mut taken = 0;
        database.find(&by_key(&PLAYLISTS.ids), Keys::Bytes(&keys), |_, _| {
            taken += 1
        })?;
        wanted = taken;
        tried.extend(more);
    }
    Ok(tried)
}
