//! The three files of a catalogue fit together.

mod common;

use common::text;
use data_gen::{Artists, CatalogueOptions, MediaItems, Tracks};
use std::collections::BTreeSet;

const OPTIONS: CatalogueOptions = CatalogueOptions {
    tracks: 999,
    media_items: 300,
    seed: 5,
};

/// The fields of each row below the header; no field has a comma or a quote in it.
fn rows(text: &str) -> Vec<Vec<String>> {
    let fields = |line: &str| {
        line.split(',')
            .map(|field| field.trim_matches('"').to_owned())
            .collect()
    };
    text.lines().skip(1).map(fields).collect()
}

#[test]
fn every_track_has_a_code_of_its_own() {
    let tracks = rows(&text(Tracks::new(OPTIONS)));
    assert_eq!(tracks.len(), 999);
    let codes: BTreeSet<&String> = tracks.iter().map(|row| &row[2]).collect();
    assert_eq!(codes.len(), 999);
    assert!(codes.iter().all(|code| code.len() == 12));
    assert!(
        tracks
            .iter()
            .all(|row| row.len() == 5 && row.iter().all(|field| !field.is_empty()))
    );
    // Songs come in no order, as catalogues do.
    let numbers: Vec<u64> = tracks.iter().map(|row| row[0].parse().unwrap()).collect();
    assert!(!numbers.is_sorted());
}

#[test]
fn every_media_item_is_described_and_its_artist_is_there() {
    let media_items = rows(&text(MediaItems::new(OPTIONS)));
    let artists = rows(&text(Artists::new(OPTIONS)));
    let artists: BTreeSet<&String> = artists.iter().map(|row| &row[0]).collect();
    let ids: BTreeSet<&String> = media_items.iter().map(|row| &row[0]).collect();
    assert_eq!((ids.len(), media_items.len()), (300, 400));
    assert!(media_items.iter().all(|row| row.len() == 6));
    let referred: Vec<&String> = media_items
        .iter()
        .map(|row| &row[4])
        .filter(|id| !id.is_empty())
        .collect();
    assert!(referred.len() > 50);
    assert!(referred.iter().all(|id| artists.contains(id)));
}
