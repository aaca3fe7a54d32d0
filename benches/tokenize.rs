//! Reading JSON through the trait: every value of a document skipped, and every member of an operation read; by our reader, and by
//! struson's. Beside them operations as `apply` reads them, whose plain ones are recognized as a whole.

use std::hint::black_box;
use std::io::Read;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use data_gen::{Changes, ChangesOptions, Mixtape, MixtapeOptions};
use mixtape::changes::{self, Consumer};
use mixtape::json::{DocumentReader, Held, HoldLimit, Window, document_reader};
use mixtape::operation::Operation;
use mixtape::rejects::{Reject, Verdict};
use struson::reader::{JsonReader, JsonStreamReader, ReaderSettings, ValueType};

const OPERATIONS: u64 = 100_000;

const LIMIT: HoldLimit = HoldLimit {
    bytes: 1 << 20,
    what: "a value",
    flag: "none",
};

fn bytes(mut source: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    source
        .read_to_end(&mut bytes)
        .expect("generators do not fail");
    bytes
}

/// Struson's reader, without what ours leaves to its callers.
fn struson(document: &[u8]) -> JsonStreamReader<&[u8]> {
    let settings = ReaderSettings {
        track_path: false,
        restrict_number_values: false,
        ..ReaderSettings::default()
    };
    JsonStreamReader::new_custom(document, settings)
}

/// Every name and string of an array of flat objects, as `apply` asks for them.
fn read_members(json: &mut impl JsonReader) -> u64 {
    let (mut objects, mut text) = (0, 0);
    json.begin_array().unwrap();
    while json.has_next().unwrap() {
        json.begin_object().unwrap();
        while json.has_next().unwrap() {
            text += json.next_name().unwrap().len() as u64;
            match json.peek().unwrap() {
                ValueType::String => text += json.next_str().unwrap().len() as u64,
                _ => json.skip_value().unwrap(),
            }
        }
        json.end_object().unwrap();
        objects += 1;
    }
    json.end_array().unwrap();
    assert_eq!(objects, OPERATIONS);
    text
}

/// Counts operations.
#[derive(Default)]
struct Counter(u64);

impl Consumer for Counter {
    fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) -> mixtape::Result<()> {
        for (number, operation) in operations.iter().enumerate() {
            black_box(operation);
            verdict(number, Ok(()));
        }
        self.0 += operations.len() as u64;
        Ok(())
    }

    fn reject(&mut self, reject: &Reject<'_>, _: &dyn Held) -> mixtape::Result<()> {
        panic!("{:?}", reject.rejection.reason());
    }
}

fn tokenize(criterion: &mut Criterion) {
    let mixtape = bytes(Mixtape::new(MixtapeOptions {
        playlists: 50_000,
        ..MixtapeOptions::default()
    }));
    let changes = bytes(Changes::new(ChangesOptions {
        operations: OPERATIONS,
        playlists: 50_000,
        ..ChangesOptions::default()
    }));
    let mut group = criterion.benchmark_group("tokenize");
    group.throughput(Throughput::Bytes(mixtape.len() as u64));
    group.bench_function("skip a mixtape", |bench| {
        bench.iter(|| {
            let mut window = Window::new(&mixtape[..], LIMIT).unwrap();
            let mut json = document_reader(&mut window);
            json.skip_value().unwrap();
            json.finish().unwrap();
        });
    });
    group.bench_function("skip a mixtape, struson", |bench| {
        bench.iter(|| {
            let mut json = struson(&mixtape);
            json.skip_value().unwrap();
            json.consume_trailing_whitespace().unwrap();
        });
    });
    group.throughput(Throughput::Bytes(changes.len() as u64));
    group.bench_function("read operations", |bench| {
        bench.iter(|| {
            let mut window = Window::new(&changes[..], LIMIT).unwrap();
            let mut json = document_reader(&mut window);
            black_box(read_members(&mut json));
            json.finish().unwrap();
        });
    });
    group.bench_function("read operations, as apply does", |bench| {
        bench.iter(|| {
            let mut counter = Counter::default();
            changes::read("changes", &changes[..], None, LIMIT, &mut counter).unwrap();
            assert_eq!(counter.0, OPERATIONS);
        });
    });
    group.bench_function("read operations, struson", |bench| {
        bench.iter(|| {
            let mut json = struson(&changes);
            black_box(read_members(&mut json));
            json.consume_trailing_whitespace().unwrap();
        });
    });
    group.finish();
}

criterion_group!(benches, tokenize);
criterion_main!(benches);
