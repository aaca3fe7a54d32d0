//! The bytes of each generator depend on its options alone, and never drift.

mod common;

use common::{bytes, checksum};
use data_gen::*;
use std::io::Read;

/// One of each kind of output; of a size of 2000, each is longer than a chunk.
fn generators(size: u64, seed: u64) -> Vec<(&'static str, Box<dyn Read>)> {
    let scores = ScoresOptions {
        records: size,
        seed,
        ..Default::default()
    };
    let dense = ScoresOptions {
        dense: true,
        ..scores
    };
    let invalid = Rate::from_per_million(300_000);
    let mixtape = MixtapeOptions {
        playlists: size,
        seed,
        ..Default::default()
    };
    let wrapped = MixtapeOptions {
        layout: MixtapeLayout::Wrapped,
        ..mixtape
    };
    let changes = ChangesOptions {
        operations: 2 * size,
        playlists: size,
        seed,
        ..Default::default()
    };
    let ndjson = ChangesOptions {
        layout: ChangesLayout::Ndjson,
        ..changes
    };
    let grouped = ChangesOptions {
        layout: ChangesLayout::Grouped,
        ..changes
    };
    let reject = Rate::from_per_million(300_000);
    let youtube = YoutubeOptions {
        rows: size,
        seed,
        ..Default::default()
    };
    let lines = YoutubeOptions {
        layout: YoutubeLayout::Ndjson,
        ..youtube
    };
    let catalogue = CatalogueOptions {
        tracks: 20 * size,
        media_items: size,
        seed,
    };
    let listening = ListeningOptions {
        users: std::num::NonZeroU64::new(size).unwrap(),
        events: 3 * size,
        invalid,
        seed,
        ..Default::default()
    };
    vec![
        ("scores", Box::new(Scores::new(scores))),
        (
            "scores, invalid",
            Box::new(Scores::new(ScoresOptions { invalid, ..scores })),
        ),
        ("dense", Box::new(Scores::new(dense))),
        (
            "dense, invalid",
            Box::new(Scores::new(ScoresOptions { invalid, ..dense })),
        ),
        ("mixtape", Box::new(Mixtape::new(mixtape))),
        (
            "mixtape, compact",
            Box::new(Mixtape::new(MixtapeOptions {
                compact: true,
                ..mixtape
            })),
        ),
        ("wrapped", Box::new(Mixtape::new(wrapped))),
        (
            "wrapped, compact",
            Box::new(Mixtape::new(MixtapeOptions {
                compact: true,
                ..wrapped
            })),
        ),
        ("changes", Box::new(Changes::new(changes))),
        (
            "changes, reject",
            Box::new(Changes::new(ChangesOptions { reject, ..changes })),
        ),
        (
            "changes, churn",
            Box::new(Changes::new(ChangesOptions {
                churn: true,
                ..changes
            })),
        ),
        ("ndjson", Box::new(Changes::new(ndjson))),
        ("grouped", Box::new(Changes::new(grouped))),
        (
            "grouped, reject",
            Box::new(Changes::new(ChangesOptions { reject, ..grouped })),
        ),
        ("youtube", Box::new(Youtube::new(youtube))),
        (
            "youtube, invalid",
            Box::new(Youtube::new(YoutubeOptions { invalid, ..lines })),
        ),
        ("tracks", Box::new(Tracks::new(catalogue))),
        ("media items", Box::new(MediaItems::new(catalogue))),
        ("artists", Box::new(Artists::new(catalogue))),
        ("recommendations", Box::new(Recommendations::new(listening))),
        ("events, invalid", Box::new(Events::new(listening))),
    ]
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for ((name, one), (_, other)) in generators(500, 7).into_iter().zip(generators(500, 7)) {
        assert!(bytes(one) == bytes(other), "{name}");
    }
}

#[test]
fn another_seed_gives_other_bytes() {
    for ((name, one), (_, other)) in generators(500, 7).into_iter().zip(generators(500, 8)) {
        assert!(bytes(one) != bytes(other), "{name}");
    }
}

#[test]
fn the_size_of_reads_does_not_matter() {
    for size in [1, 7, 4096, 65_537, 1_000_000] {
        for ((name, whole), (_, mut parts)) in
            generators(2000, 3).into_iter().zip(generators(2000, 3))
        {
            let mut read = Vec::new();
            let mut buffer = vec![0; size];
            loop {
                match parts.read(&mut buffer).unwrap() {
                    0 => break,
                    amount => read.extend_from_slice(&buffer[..amount]),
                }
            }
            assert!(read == bytes(whole), "{name} in reads of {size}");
            assert_eq!(
                parts.read(&mut buffer).unwrap(),
                0,
                "{name} stays at its end"
            );
        }
    }
}

/// Data files of others are made anew from their arguments: whoever changes these numbers changes
/// the data of them all.
#[test]
fn the_bytes_are_pinned() {
    let pinned = [
        ("scores", 0x4717_04e1_fd69_9dc0),
        ("scores, invalid", 0x444d_4076_caa1_d19c),
        ("dense", 0xe7bd_251e_1569_2a73),
        ("dense, invalid", 0x0391_4deb_8b06_a6be),
        ("mixtape", 0xd446_30da_af54_7188),
        ("mixtape, compact", 0xed6f_d84c_cbbc_6408),
        ("wrapped", 0x8e06_9079_2fbb_6f75),
        ("wrapped, compact", 0x1670_62b6_b41e_d05d),
        ("changes", 0x557d_74e0_977d_abac),
        ("changes, reject", 0x1c9b_dae3_48c3_8909),
        ("changes, churn", 0x499f_bd8c_ce0a_ad0a),
        ("ndjson", 0x6358_df4f_fd80_884e),
        ("grouped", 0x1252_ac54_6407_d027),
        ("grouped, reject", 0xd77f_a31b_c0d7_72bf),
        ("youtube", 0x2b09_5690_0580_e5e5),
        ("youtube, invalid", 0x1407_4d1c_a696_2529),
        ("tracks", 0xd6d2_d4b0_0d1a_610e),
        ("media items", 0x9b62_44af_a446_e278),
        ("artists", 0x5513_5ce1_5418_a4c8),
        ("recommendations", 0xf255_bf1e_00e4_d3d3),
        ("events, invalid", 0xd65a_539f_531c_e484),
    ];
    let sums: Vec<(&str, u64)> = generators(100, 1)
        .into_iter()
        .map(|(name, g)| (name, checksum(&bytes(g))))
        .collect();
    assert_eq!(sums, pinned);
}
