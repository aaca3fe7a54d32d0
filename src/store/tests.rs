//! Runs of edits, held against a map of what became of each playlist.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::edits::{Edit, NewEdits};
use super::merged::Merged;
use super::runs::Runs;
use super::tables::SCHEMA;
use super::upgrade;
use crate::database::{Database, DatabaseUrl};
use crate::error::Result;

/// What became of a playlist: its id, where it was created, and all songs; none where it is removed.
type Became = Option<(Vec<u8>, Vec<u8>)>;

/// Playlists of the document; those behind them are created.
const IN_DOCUMENT: i64 = 300;

fn read(database: &mut Database, runs: &Runs, first: i64) -> Result<BTreeMap<i64, Became>> {
    let shared = RefCell::new(database);
    let mut merged = Merged::open(&shared, &runs.numbers(), first)?;
    let mut all = BTreeMap::new();
    while let Some(playlist) = merged.next()? {
        let became = if merged.is_removed()? {
            None
        } else {
            let (mut id, mut songs) = (Vec::new(), Vec::new());
            merged.each(|edit| {
                match edit {
                    Edit::Created { id: own, .. } => id.extend_from_slice(own),
                    Edit::Songs(list) => songs.extend_from_slice(list),
                    Edit::Removed => panic!("{playlist} is not removed"),
                }
                Ok(())
            })?;
            Some((id, songs))
        };
        all.insert(playlist, became);
    }
    Ok(all)
}

#[test]
fn runs_hold_what_became_of_playlists_however_they_are_merged() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("store.db"));
    let mut database = Database::open(&url).unwrap();
    let mut random = 1u64;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(99);
        (random >> 33) % below
    };
    let mut model: BTreeMap<i64, Became> = BTreeMap::new();
    let mut created = IN_DOCUMENT;
    let mut next_run = 1;
    let mut runs = database
        .transaction(|database| {
            SCHEMA.create(database)?;
            upgrade::run(database)?;
            Runs::read(database)
        })
        .unwrap();
    for round in 0..150 {
        let mut edits = NewEdits::default();
        for _ in 0..next(40) {
            let playlist = next(created as u64) as i64;
            // Now and then more songs than a chunk has room for.
            let length = if next(50) == 0 { 40_000 } else { 1 + next(30) };
            let songs = vec![next(256) as u8; length as usize];
            match (next(10), model.get_mut(&playlist)) {
                (0, _) => {
                    let id = created.to_string().into_bytes();
                    let creation = Edit::Created {
                        id: &id,
                        owner: b"n1",
                        further: b"",
                    };
                    edits.push(created, creation);
                    edits.push(created, Edit::Songs(&songs));
                    model.insert(created, Some((id, songs)));
                    created += 1;
                }
                (_, Some(None)) => {}
                (1, _) => {
                    edits.push(playlist, Edit::Removed);
                    model.insert(playlist, None);
                }
                (_, Some(Some((_, all)))) => {
                    edits.push(playlist, Edit::Songs(&songs));
                    all.extend(songs);
                }
                (_, None) => {
                    edits.push(playlist, Edit::Songs(&songs));
                    model.insert(playlist, Some((Vec::new(), songs)));
                }
            }
        }
        database
            .transaction(|database| runs.add(database, &mut edits, &mut next_run))
            .unwrap();
        assert!(runs.numbers().len() <= 7 * 3, "{:?}", runs.numbers());
        let again = Runs::read(&mut database).unwrap();
        assert_eq!(runs.numbers(), again.numbers());
        let first = if round % 5 == 0 {
            0
        } else {
            next(created as u64) as i64
        };
        let mut found = read(&mut database, &runs, first).unwrap();
        let mut expected = model
            .range(first..)
            .map(|(&key, became)| (key, became.clone()));
        // Of one that was created and removed again there may be nothing left.
        found.retain(|&playlist, became| playlist < IN_DOCUMENT || became.is_some());
        assert!(
            expected
                .by_ref()
                .filter(|(playlist, became)| *playlist < IN_DOCUMENT || became.is_some())
                .eq(found),
            "round {round}, from {first}"
        );
    }
    let chunks = database
        .query_number("select count(*) from store_chunks", &[])
        .unwrap();
    assert!(chunks > 20, "{chunks}");
}
