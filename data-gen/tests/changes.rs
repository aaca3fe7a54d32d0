//! Changes can be applied to the mixtape of the same sizes, except for those that must not be.

mod common;
mod model;

use common::text;
use data_gen::{Changes, ChangesLayout, ChangesOptions, Rate};
use model::{Model, grouped_results};
use serde_json::Value;

const SIZES: [(u64, u64); 6] = [
    (0, 50),
    (1, 50),
    (4, 50),
    (5, 100),
    (100, 1000),
    (1000, 3000),
];

fn options(playlists: u64, operations: u64) -> ChangesOptions {
    ChangesOptions {
        playlists,
        operations,
        ..Default::default()
    }
}

fn operations(options: ChangesOptions) -> Vec<Value> {
    let text = text(Changes::new(options));
    match options.layout {
        ChangesLayout::Ndjson => text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        _ => serde_json::from_str(&text).unwrap(),
    }
}

/// Whether each operation could be applied, in any of the layouts.
fn results(options: ChangesOptions) -> Vec<bool> {
    let mut model = Model::of(&options);
    match options.layout {
        ChangesLayout::Grouped => grouped_results(
            &serde_json::from_str(&text(Changes::new(options))).unwrap(),
            &mut model,
        ),
        _ => operations(options)
            .iter()
            .map(|op| model.apply(op))
            .collect(),
    }
}

const LAYOUTS: [ChangesLayout; 3] = [
    ChangesLayout::Array,
    ChangesLayout::Ndjson,
    ChangesLayout::Grouped,
];

#[test]
fn all_can_be_applied() {
    for layout in LAYOUTS {
        for (playlists, count) in SIZES {
            let results = results(ChangesOptions {
                layout,
                ..options(playlists, count)
            });
            assert_eq!(results.len() as u64, count, "{layout:?} of {playlists}");
            assert!(
                results.iter().all(|applied| *applied),
                "{layout:?} of {playlists}"
            );
        }
    }
}

#[test]
fn all_are_rejected_if_asked() {
    for layout in LAYOUTS {
        for (playlists, count) in SIZES {
            let reject = Rate::ALWAYS;
            let results = results(ChangesOptions {
                layout,
                reject,
                ..options(playlists, count)
            });
            assert_eq!(results.len() as u64, count, "{layout:?} of {playlists}");
            assert!(
                results.iter().all(|applied| !applied),
                "{layout:?} of {playlists}"
            );
        }
    }
}

#[test]
fn the_rejected_share_is_as_asked() {
    let reject = "0.1".parse().unwrap();
    let results = results(ChangesOptions {
        reject,
        ..options(10_000, 10_000)
    });
    let rejected = results.iter().filter(|applied| !**applied).count();
    assert!((900..1100).contains(&rejected), "{rejected}");
}

#[test]
fn the_kinds_have_their_shares() {
    let operations = operations(options(10_000, 10_000));
    let count = |kind: &str| operations.iter().filter(|op| op["type"] == kind).count();
    assert!((7800..8200).contains(&count("add_song_to_playlist")));
    assert!((900..1100).contains(&count("add_playlist")));
    assert!((900..1100).contains(&count("remove_playlist")));
}

#[test]
fn churn_leaves_the_mixtape_as_it_was() {
    for layout in [ChangesLayout::Array, ChangesLayout::Ndjson] {
        let options = ChangesOptions {
            churn: true,
            layout,
            ..options(10, 200)
        };
        let before = Model::of(&options);
        let mut model = before.clone();
        let operations = operations(options);
        assert_eq!(operations.len(), 200);
        for pair in operations.chunks(2) {
            assert!(model.apply(&pair[0]) && model.playlists != before.playlists);
            assert!(model.apply(&pair[1]) && model.playlists == before.playlists);
        }
    }
}

#[test]
fn contradictions_are_found() {
    let churn = ChangesOptions {
        churn: true,
        ..options(10, 10)
    };
    assert_eq!(churn.check(), Ok(()));
    assert!(
        ChangesOptions {
            layout: ChangesLayout::Grouped,
            ..churn
        }
        .check()
        .is_err()
    );
    assert!(
        ChangesOptions {
            reject: Rate::ALWAYS,
            ..churn
        }
        .check()
        .is_err()
    );
    assert!(
        ChangesOptions {
            operations: 11,
            ..churn
        }
        .check()
        .is_err()
    );
}

#[test]
fn layouts_have_an_element_a_line() {
    let array = text(Changes::new(options(10, 20)));
    assert!(array.starts_with("[\n  {\"type\": \"") && array.ends_with("}\n]\n"));
    assert_eq!(array.lines().count(), 22);
    let ndjson = ChangesOptions {
        layout: ChangesLayout::Ndjson,
        ..options(10, 20)
    };
    let unwrapped: String = array
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .fold(String::new(), |text, line| {
            text + line.trim_end_matches(',') + "\n"
        });
    assert_eq!(text(Changes::new(ndjson)), unwrapped);
    assert_eq!(text(Changes::new(options(10, 0))), "[]\n");
}
