//! `apply --db`, in transactions of several sizes, into SQLite and Postgres, and what each of them takes for as many bare rows in
//! a table with an index.
//!
//! Postgres is a private server with the settings that it is installed with, where it is installed.
//! `MIXTAPE_BENCH_OPERATIONS=2000000` applies as many to half as many playlists, of which more than the caches hold then exist.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main,
};
use data_gen::{Changes, ChangesLayout, ChangesOptions, Mixtape, MixtapeOptions};
use mixtape::database::{ColumnType, Database, DatabaseUrl, StagedTable, Value};
use mixtape::io::{Rereadable, Source};
use mixtape::rejects::Rejects;
use mixtape::store::{self, BATCH, Store, StoreApplyOptions};

#[allow(dead_code)] // what only tests do to a server
#[path = "../tests/support/postgres.rs"]
mod postgres;

/// What the server's file calls where there is none.
fn skipped(why: &str) {
    let _ = writeln!(io::stderr(), "skipped: {why}");
}

const BATCHES: [u64; 4] = [5_000, BATCH, 4 * BATCH, 16 * BATCH];

const ROWS: StagedTable = StagedTable {
    name: "appended",
    columns: &[
        ("number", ColumnType::Integer),
        ("playlist", ColumnType::Integer),
        ("song", ColumnType::Integer),
    ],
    key: &["number"],
};

fn import(folder: &Path, url: &DatabaseUrl) {
    let mixtape = Rereadable::open(&folder.join("mixtape.json"), &Default::default()).unwrap();
    let mut store = Store::open(url).unwrap();
    store.import(&mixtape, &Default::default()).unwrap();
}

fn apply(folder: &Path, url: &DatabaseUrl, batch: u64, operations: u64) {
    let changes = Source::open(&folder.join("changes"), &Default::default()).unwrap();
    let options = StoreApplyOptions {
        batch,
        ..StoreApplyOptions::default()
    };
    let mut store = Store::open(url).unwrap();
    let changes = store::Changes::Finite(changes);
    let summary = store
        .apply(changes, &mut Rejects::new(None), None, &options)
        .unwrap();
    assert_eq!(summary.applied.values().sum::<u64>(), operations);
}

/// A row for each operation, of any of the playlists, in one transaction.
fn insert(url: &DatabaseUrl, operations: u64) {
    let mut database = Database::open(url).unwrap();
    database.serve_readers().unwrap();
    database
        .transaction(|database| {
            database.batch(
                "create table appended (number bigint primary key, playlist bigint not null, song bigint not null); \
                 create index appended_to on appended (playlist)",
            )?;
            let mut random = 1u64;
            database.pour(&ROWS, |rows| {
                (0..operations as i64).try_for_each(|number| {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
                    let playlist = (random >> 33) as i64 % (operations as i64 / 2);
                    rows.push(&[number, playlist, number].map(Value::Integer))
                })
            })
        })
        .unwrap();
}

/// `fresh` gives a database that is like the imported one, or an empty one.
fn bench_engine(
    group: &mut BenchmarkGroup<'_, criterion::measurement::WallTime>,
    engine: &str,
    folder: &Path,
    operations: u64,
    mut fresh: impl FnMut(bool) -> DatabaseUrl,
) {
    for batch in BATCHES {
        group.bench_function(format!("{engine}, batches of {batch}"), |bench| {
            bench.iter_batched(
                || fresh(true),
                |url| apply(folder, &url, batch, operations),
                BatchSize::PerIteration,
            );
        });
    }
    group.bench_function(format!("{engine}, bare rows"), |bench| {
        bench.iter_batched(
            || fresh(false),
            |url| insert(&url, operations),
            BatchSize::PerIteration,
        );
    });
}

fn bench_store(criterion: &mut Criterion) {
    let operations: u64 = std::env::var("MIXTAPE_BENCH_OPERATIONS")
        .map_or(200_000, |operations| operations.parse().unwrap());
    let playlists = operations / 2;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let options = MixtapeOptions {
        playlists,
        ..MixtapeOptions::default()
    };
    let mut file = File::create(folder.join("mixtape.json")).unwrap();
    io::copy(&mut Mixtape::new(options), &mut file).unwrap();
    let options = ChangesOptions {
        playlists,
        operations,
        layout: ChangesLayout::Ndjson,
        ..ChangesOptions::default()
    };
    let mut file = File::create(folder.join("changes")).unwrap();
    io::copy(&mut Changes::new(options), &mut file).unwrap();

    let mut group = criterion.benchmark_group("store");
    group.sample_size(10);
    group.throughput(Throughput::Elements(operations));
    let (imported, work) = (folder.join("imported.db"), folder.join("work.db"));
    import(folder, &DatabaseUrl::Sqlite(imported.clone()));
    bench_engine(&mut group, "sqlite", folder, operations, |is_imported| {
        let _ = fs::remove_file(&work);
        if is_imported {
            fs::copy(&imported, &work).unwrap();
        }
        DatabaseUrl::Sqlite(work.clone())
    });
    if let Some(server) = postgres::Server::private() {
        // What is measured must outlive a power cut.
        let mut client = server.connect();
        for statement in ["alter system set fsync = on", "select pg_reload_conf()"] {
            client.batch_execute(statement).unwrap();
        }
        let imported = server.new_database();
        import(folder, &DatabaseUrl::parse(&imported).unwrap());
        let (server_url, imported) = imported.rsplit_once('/').unwrap();
        let work = DatabaseUrl::parse(&format!("{server_url}/work")).unwrap();
        bench_engine(&mut group, "postgres", folder, operations, |is_imported| {
            let template = if is_imported { imported } else { "template0" };
            for statement in [
                "drop database if exists work",
                &format!("create database work template {template} strategy file_copy"),
                "checkpoint",
            ] {
                client.batch_execute(statement).unwrap();
            }
            assert_eq!(
                client
                    .query_one("show fsync", &[])
                    .unwrap()
                    .get::<_, &str>(0),
                "on"
            );
            work.clone()
        });
    }
    group.finish();
}

criterion_group!(benches, bench_store);
criterion_main!(benches);
