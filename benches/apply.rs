//! The three parts of `apply`, each by itself: index, operations, splice.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use data_gen::{Changes, ChangesOptions, Mixtape, MixtapeOptions};
use mixtape::Threads;
use mixtape::changes::{self, Consumer};
use mixtape::io::{Rereadable, Sink};
use mixtape::json::HoldLimit;
use mixtape::mixtape::{Index, splice};
use mixtape::operation::Operation;
use mixtape::rejects::{Reject, Verdict};

const PLAYLISTS: u64 = 100_000;
const OPERATIONS: u64 = 500_000;

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "a value",
    flag: "none",
};

/// Applies to an index and counts.
struct Applier {
    index: Index,
    applied: u64,
}

impl Consumer for Applier {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> mixtape::Result<()> {
        self.index.apply_batch(operations, |number, outcome| {
            self.applied += u64::from(outcome.is_ok());
            verdict(number, outcome);
        });
        Ok(())
    }

    fn reject(&mut self, _: &Reject<'_>, _: &dyn mixtape::json::Held) -> mixtape::Result<()> {
        Ok(())
    }
}

fn apply_changes(index: Index, changes: &[u8]) -> Applier {
    let mut applier = Applier { index, applied: 0 };
    changes::read("changes", changes, None, LIMIT, &mut applier).unwrap();
    assert_eq!(applier.applied, OPERATIONS);
    applier
}

fn apply(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixtape.json");
    let mut file = fs::File::create(&path).unwrap();
    let options = MixtapeOptions {
        playlists: PLAYLISTS,
        ..MixtapeOptions::default()
    };
    let bytes = std::io::copy(&mut Mixtape::new(options), &mut file).unwrap();
    file.flush().unwrap();
    let mixtape = Rereadable::open(&path, &Default::default()).unwrap();
    let mut changes = Vec::new();
    let options = ChangesOptions {
        operations: OPERATIONS,
        playlists: PLAYLISTS,
        ..ChangesOptions::default()
    };
    Changes::new(options).read_to_end(&mut changes).unwrap();

    let mut group = criterion.benchmark_group("apply");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("index", |bench| {
        bench.iter(|| {
            let index = Index::read(&mixtape, LIMIT).unwrap();
            assert_eq!(index.playlist_count(), PLAYLISTS);
        });
    });
    group.throughput(Throughput::Elements(OPERATIONS));
    group.bench_function("operations", |bench| {
        bench.iter_batched(
            || Index::read(&mixtape, LIMIT).unwrap(),
            |index| apply_changes(index, &changes),
            BatchSize::PerIteration,
        );
    });
    let applied = apply_changes(Index::read(&mixtape, LIMIT).unwrap(), &changes);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("splice", |bench| {
        bench.iter(|| {
            let mut output = Sink::create(Path::new("/dev/null")).unwrap();
            splice(&mixtape, &applied.index, Threads::ONE, &mut output).unwrap();
            assert!(output.written() > bytes);
        });
    });
    group.finish();
}

criterion_group!(benches, apply);
criterion_main!(benches);
