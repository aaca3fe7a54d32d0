//! Random sources, loaded in any order, together or apart, more than once: the tables are those of the naive model.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::database::{Engine, TestDatabase, sorted};
use super::model::{self, Interval};
use super::property::write;
use super::support::Folder;
use super::support::long::cases;
use super::support::postgres::Server;

#[derive(Clone, Debug)]
struct Loads {
    sources: Vec<(Vec<Value>, bool)>,
    /// Each run names some of the sources.
    runs: Vec<Vec<usize>>,
    interval: Interval,
}

fn loads() -> impl Strategy<Value = Loads> {
    let source = (
        proptest::collection::vec(model::row(), 1..20),
        any::<bool>(),
    );
    let run = proptest::collection::vec(0..6usize, 1..4);
    let interval = prop_oneof![
        Just(Interval::Hour),
        Just(Interval::Day),
        Just(Interval::Week)
    ];
    (
        proptest::collection::vec(source, 6),
        proptest::collection::vec(run, 1..5),
        interval,
    )
        .prop_map(|(sources, runs, interval)| Loads {
            sources,
            runs,
            interval,
        })
}

fn check(database: &TestDatabase, loads: &Loads) -> Result<(), TestCaseError> {
    let folder = Folder::new();
    for (i, (rows, as_lines)) in loads.sources.iter().enumerate() {
        folder.write(&i.to_string(), write(rows, *as_lines));
    }
    // What counts is the first time that a content is named.
    let mut seen = BTreeSet::new();
    let mut rows: Vec<Value> = Vec::new();
    for run in &loads.runs {
        for &source in run {
            if seen.insert(folder.read(&source.to_string())) {
                rows.extend(loads.sources[source].0.clone());
            }
        }
        let names: Vec<String> = run.iter().map(usize::to_string).collect();
        let further = [
            "--db",
            &database.url,
            "--granularity",
            loads.interval.name(),
        ];
        let arguments = ["ingest"]
            .into_iter()
            .chain(names.iter().map(String::as_str))
            .chain(further);
        let run = folder.run(arguments);
        prop_assert_eq!(run.code, Some(0), "{}", run.stderr);
        prop_assert_eq!(
            database.tables(),
            sorted(model::tables(&rows, loads.interval))
        );
    }
    let entered = database.query("select fingerprint from mixtape_loads");
    prop_assert_eq!(entered.len(), seen.len());
    Ok(())
}

proptest! {
    #![proptest_config(cases(30, 60))]

    #[test]
    fn sqlite_holds_what_the_model_does_whatever_is_loaded_when(loads in loads()) {
        check(&TestDatabase::sqlite(), &loads)?;
    }
}

#[test]
fn postgres_holds_what_the_model_does_whatever_is_loaded_when() {
    let Some(server) = Server::shared() else {
        return;
    };
    let database = TestDatabase::postgres(server);
    assert_eq!(database.engine, Engine::Postgres);
    proptest!(cases(6, 20), |(loads in loads())| {
        database.execute("drop schema public cascade; create schema public");
        check(&database, &loads)?;
    });
}
