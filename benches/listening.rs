//! `consolidate` of 60 recommendations and as many streams for each user: to CSV, into SQLite, and what SQLite alone takes for
//! the same rows.
//!
//! `MIXTAPE_BENCH_USERS=20000` is the size of which the README speaks.

use std::fs::File;
use std::io;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::Path;
use std::thread;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use data_gen::{Events, ListeningOptions, Recommendations};
use mixtape::database::DatabaseUrl;
use mixtape::io::Source;
use mixtape::listening::{Destinations, Loader, SCHEMA, Summary, TableFile, consolidate};
use mixtape::rejects::Rejects;
use rusqlite::{Connection, params_from_iter, types::Value};

fn run(folder: &Path, destinations: Destinations) -> Summary {
    let open = |name: &str| Source::open(&folder.join(name), &Default::default()).unwrap();
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let (playlists, events) = (open("playlists"), open("events"));
    let mut rejects = Rejects::new(None);
    let options = Default::default();
    consolidate(
        playlists,
        events,
        &options,
        threads,
        &mut rejects,
        destinations,
    )
    .unwrap()
}

/// The rows of a CSV file of the table.
fn rows(table: &Path) -> Vec<[Value; 13]> {
    let mut table = csv::Reader::from_path(table).unwrap();
    let value = |number: usize, text: &str| match (number, text) {
        (_, "") => Value::Null,
        (3 | 8..=10, number) => Value::Integer(number.parse().unwrap()),
        (_, text) => Value::Text(text.to_owned()),
    };
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.unwrap();
        std::array::from_fn(|number| value(number, &record[number]))
    };
    table.records().map(row).collect()
}

/// One prepared statement, one transaction.
fn insert(database: &Path, rows: &[[Value; 13]]) {
    let mut connection = Connection::open(database).unwrap();
    let transaction = connection.transaction().unwrap();
    transaction.execute_batch(SCHEMA.versions[0]).unwrap();
    let places = ["?"; 13].join(", ");
    let statement = format!("insert into personalized_playlists values ({places})");
    let mut statement = transaction.prepare(&statement).unwrap();
    for row in rows {
        statement.execute(params_from_iter(row)).unwrap();
    }
    drop(statement);
    transaction.commit().unwrap();
}

fn bench_listening(criterion: &mut Criterion) {
    let users: u64 =
        std::env::var("MIXTAPE_BENCH_USERS").map_or(2_000, |users| users.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let options = ListeningOptions {
        users: NonZeroU64::new(users).unwrap(),
        events: users * 60,
        ..ListeningOptions::default()
    };
    let mut playlists = File::create(folder.join("playlists")).unwrap();
    io::copy(&mut Recommendations::new(options), &mut playlists).unwrap();
    let mut events = File::create(folder.join("events")).unwrap();
    io::copy(&mut Events::new(options), &mut events).unwrap();

    let mut group = criterion.benchmark_group("listening");
    group.sample_size(10);
    let table = folder.join("table.csv");
    let database = folder.join("test.db");
    let url = DatabaseUrl::Sqlite(database.clone());
    group.bench_function("csv", |bench| {
        bench.iter(|| {
            let file = Some(TableFile::create(&table).unwrap());
            let summary = run(
                folder,
                Destinations {
                    file,
                    database: None,
                },
            );
            assert_eq!(summary.table.recommended, users * 60);
        });
    });
    let remove = || {
        let _ = std::fs::remove_file(&database);
    };
    group.bench_function("sqlite", |bench| {
        let load = |()| {
            let loader = Some(Loader::open(&url).unwrap());
            let summary = run(
                folder,
                Destinations {
                    file: None,
                    database: loader,
                },
            );
            assert_eq!(summary.database.unwrap().rows as u64, summary.table.rows);
        };
        bench.iter_batched(remove, load, BatchSize::PerIteration);
    });
    let rows = rows(&table);
    group.bench_function("sqlite, a bare insert", |bench| {
        bench.iter_batched(
            remove,
            |()| insert(&database, &rows),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, bench_listening);
criterion_main!(benches);
