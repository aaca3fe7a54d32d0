//! `isrc`: generated videos against a generated track table, with either side held.

use std::io::Read;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use data_gen::{Artists, CatalogueOptions, MediaItems, Tracks};
use mixtape::isrc::{Match, Matches, MediaFiles, Propose, TrackFile, match_all};

struct Count(u64);

impl Matches for Count {
    fn add(&mut self, _: &Match<'_>) -> mixtape::Result<()> {
        self.0 += 1;
        Ok(())
    }
}

fn bench_isrc(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("isrc");
    group.sample_size(10);
    for (name, tracks, media_items) in [
        ("many tracks", 100_000, 10_000),
        ("many media items", 10_000, 30_000),
    ] {
        let options = CatalogueOptions {
            tracks,
            media_items,
            seed: 1,
        };
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, mut generator: Box<dyn Read>| {
            let mut text = Vec::new();
            generator.read_to_end(&mut text).unwrap();
            std::fs::write(folder.path().join(name), &text).unwrap();
            text.len() as u64
        };
        let bytes = write("tracks.csv", Box::new(Tracks::new(options)))
            + write(
                "media_item_metadata_log.csv",
                Box::new(MediaItems::new(options)),
            )
            + write("artists.csv", Box::new(Artists::new(options)));
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let mut media = MediaFiles::open(folder.path(), &Default::default()).unwrap();
                let mut rows =
                    TrackFile::open(&folder.path().join("tracks.csv"), &Default::default())
                        .unwrap();
                let mut count = Count(0);
                let summary =
                    match_all(&mut media, &mut rows, Propose::Same, &mut count, None).unwrap();
                assert_eq!(summary.matched, options.matched());
                assert!(count.0 >= summary.matched);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench_isrc);
criterion_main!(benches);
