//! `ingest` of an indented array in one thread: to CSV, and staged and merged into SQLite.

use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use data_gen::{Youtube, YoutubeOptions};
use mixtape::database::DatabaseUrl;
use mixtape::ingest::{CsvFolder, Destinations, IngestOptions, Input, Loader, Summary, ingest};
use mixtape::rejects::Rejects;

fn run(dump: &Path, rows: u64, destinations: Destinations) -> Summary {
    let inputs = vec![Input::open(dump).unwrap()];
    let options = IngestOptions::default();
    let mut rejects = Rejects::new(None);
    let summary = ingest(
        inputs,
        &options,
        NonZeroUsize::MIN,
        &mut rejects,
        destinations,
    )
    .unwrap();
    assert_eq!(summary.used, rows);
    summary
}

fn bench_ingest(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let dump = |rows: u64| {
        let dump = folder.path().join(format!("{rows}.json"));
        let options = YoutubeOptions {
            rows,
            ..YoutubeOptions::default()
        };
        let mut file = File::create(&dump).unwrap();
        let bytes = io::copy(&mut Youtube::new(options), &mut file).unwrap();
        (dump, Throughput::Bytes(bytes))
    };
    let mut group = criterion.benchmark_group("ingest");
    group.sample_size(10);

    const MANY: u64 = 266_000;
    let (many, throughput) = dump(MANY);
    group.throughput(throughput);
    group.bench_function("csv", |bench| {
        bench.iter(|| {
            let files = Some(CsvFolder::create(&folder.path().join("tables")).unwrap());
            let database = None;
            let summary = run(&many, MANY, Destinations { files, database });
            assert_eq!(summary.files.unwrap().playlists, 1040);
        });
    });

    const FEW: u64 = 50_000;
    let (few, throughput) = dump(FEW);
    group.throughput(throughput);
    let path = folder.path().join("music.db");
    group.bench_function("sqlite", |bench| {
        bench.iter(|| {
            let _ = std::fs::remove_file(&path);
            let url = DatabaseUrl::Sqlite(path.clone());
            let database = Some(Loader::open(&url, &IngestOptions::default()).unwrap());
            let files = None;
            let summary = run(&few, FEW, Destinations { files, database });
            assert_eq!(summary.database.unwrap().added.playlists, 196);
        });
    });
    group.finish();
}

criterion_group!(benches, bench_ingest);
criterion_main!(benches);
