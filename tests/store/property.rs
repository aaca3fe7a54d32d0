//! Random mixtapes and operations, in batches of any size, broken off anywhere and gone on with: the store holds what the file
//! engine writes, byte for byte, and so do the reject files.

use std::fs;
use std::sync::{Mutex, PoisonError};

use proptest::prelude::*;
use serde_json::Value;

use mixtape::apply::ApplyOptions;
use mixtape::changes::ChangesFormat;
use mixtape::database::DatabaseUrl;
use mixtape::io::fault::fail_operation;
use mixtape::io::{Progress, Rereadable, Sink, Source};
use mixtape::rejects::Rejects;
use mixtape::store::{
    Changes, Existing, ImportOptions, Store, StoreApplyOptions, StoreApplySummary,
};

use super::database::Place;
use super::support::long::cases;
use super::support::postgres::Server;
use super::support::random::{self, Style};
use super::support::write_in_process;

/// What fails is counted in the whole process.
static TURN: Mutex<()> = Mutex::new(());

#[derive(Clone, Debug)]
struct Case {
    mixtape: String,
    sources: Vec<Changed>,
}

#[derive(Clone, Debug)]
struct Changed {
    lines: Vec<String>,
    /// What stands between two where they are an array.
    array: Option<String>,
    /// Operations of a transaction.
    batch: u64,
    /// Runs that are broken off: at which of the file operations that they make.
    broken: Vec<usize>,
}

/// Ids at the end of what is counted, in place of one that is not.
fn at_the_end(text: String, is_wanted: bool) -> String {
    if is_wanted {
        text.replace("4611686018427387904", "18446744073709551615")
            .replace("\"01\"", "\"18446744073709551616\"")
    } else {
        text
    }
}

impl Changed {
    fn format(&self) -> ChangesFormat {
        match self.array {
            Some(_) => ChangesFormat::Array,
            None => ChangesFormat::Ndjson,
        }
    }

    fn text(&self) -> String {
        match &self.array {
            Some(between) => format!(" [{}]\n", self.lines.join(between)),
            None => self.as_lines(),
        }
    }

    fn as_lines(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

fn changed(most: usize) -> impl Strategy<Value = Changed> {
    (
        prop::collection::vec((random::operation(), prop::bool::weighted(0.05)), 0..most),
        prop::option::of("[ \n]{0,2},[ \n\r\t]{0,2}"),
        1u64..20,
        prop::collection::vec(0usize..40, 0..3),
    )
        .prop_map(|(mut operations, array, batch, broken)| {
            if array.is_some() {
                operations
                    .iter_mut()
                    .for_each(|(_, is_broken)| *is_broken = false);
            }
            let lines = write(&operations);
            Changed {
                lines,
                array,
                batch,
                broken,
            }
        })
}

fn case(most: usize) -> impl Strategy<Value = Case> {
    (
        random::mixtape(),
        random::style(),
        "[ \n]{0,2}",
        prop::collection::vec(changed(most), 1..3),
        any::<bool>(),
    )
        .prop_map(|(document, style, blanks, sources, ending)| Case {
            mixtape: at_the_end(random::write(style, &document) + &blanks, ending),
            sources: sources
                .into_iter()
                .map(|mut source| {
                    source.lines = source
                        .lines
                        .into_iter()
                        .map(|line| at_the_end(line, ending))
                        .collect();
                    source
                })
                .collect(),
        })
}

/// Operations a line each, some of which are no JSON.
fn write(operations: &[(Value, bool)]) -> Vec<String> {
    let line = |(value, is_broken): &(Value, bool)| match is_broken {
        true => format!("{{\"type\": {value}"),
        false => random::write(Style::Spaced, value),
    };
    operations.iter().map(line).collect()
}

fn import(place: &Place, mixtape: &str) {
    let path = place.folder.write("mixtape.json", mixtape);
    let mixtape = Rereadable::open(&path, &Default::default()).unwrap();
    let options = ImportOptions {
        existing: Existing::Replace,
        ..ImportOptions::default()
    };
    store(place).import(&mixtape, &options).unwrap();
}

fn store(place: &Place) -> Store {
    Store::open(&DatabaseUrl::parse(&place.url).unwrap()).unwrap()
}

fn apply(
    place: &Place,
    name: &str,
    format: ChangesFormat,
    batch: u64,
) -> mixtape::Result<StoreApplySummary> {
    let options = StoreApplyOptions {
        changes_format: Some(format),
        batch,
        ..StoreApplyOptions::default()
    };
    let changes = Source::open(&place.folder.path(name), &Default::default())?;
    let rejects = place.folder.path(&format!("{name}.rejects"));
    let mut collected = Rejects::new(None);
    let rejects = Some(&*rejects);
    store(place).apply(Changes::Finite(changes), &mut collected, rejects, &options)
}

fn exported(place: &Place) -> String {
    let path = place.folder.path("exported.json");
    let sink = Sink::create(&path).unwrap();
    store(place).export(sink, &Progress::default()).unwrap();
    fs::read_to_string(path).unwrap()
}

fn check(place: &Place, case: &Case) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    import(place, &case.mixtape);
    assert_eq!(exported(place), case.mixtape, "without a change");
    let options = |format| ApplyOptions {
        changes_format: Some(format),
        ..ApplyOptions::default()
    };
    let file = |changes: &str, format| {
        write_in_process(&case.mixtape, changes.as_bytes(), 999, &options(format)).unwrap()
    };
    // Each source alone says what is rejected in it, all together what comes out.
    let mut all = String::new();
    let mut rejected = 0;
    for (number, source) in case.sources.iter().enumerate() {
        let name = &format!("changes{number}");
        // Two sources that are equal would be one.
        let text = source.text() + &" ".repeat(number);
        place.folder.write(name, &text);
        let apply = |batch| apply(place, name, source.format(), batch);
        for &failing in &source.broken {
            let _ = fail_operation(Some(failing), || apply(source.batch));
        }
        apply(source.batch).unwrap();
        for batch in [source.batch, 1] {
            let again = apply(batch).unwrap();
            assert!(again.nothing_to_do && again.read == 0);
        }
        all += &source.as_lines();
        let expected = file(&all, ChangesFormat::Ndjson);
        assert_eq!(exported(place), expected.output, "{case:#?}");
        let rejects = place.folder.read(&format!("{name}.rejects"));
        if number == 0 {
            let alone = file(&text, source.format());
            assert_eq!(rejects, alone.reject_lines, "{case:#?}");
        }
        // Of a later one the places differ, but not what is rejected, and why.
        assert_eq!(
            what(&rejects, 0),
            what(&expected.reject_lines, rejected),
            "{case:#?}"
        );
        rejected = expected.reject_lines.lines().count();
    }
}

/// What stands in reject lines, but for the places.
fn what(lines: &str, skipped: usize) -> Vec<Value> {
    let lines = lines.lines().skip(skipped);
    let read = |line| {
        let mut line: Value = serde_json::from_str(line).expect("a reject line is JSON");
        let members = line.as_object_mut().expect("an object");
        for place in ["number", "line", "column", "byte"] {
            members.remove(place);
        }
        line
    };
    lines.map(read).collect()
}

proptest! {
    #![proptest_config(cases(50, 150))]

    #[test]
    fn sqlite_holds_what_the_file_engine_writes(case in case(60)) {
        check(&Place::sqlite(), &case);
    }
}

#[test]
fn postgres_holds_what_the_file_engine_writes() {
    let Some(server) = Server::shared() else {
        return;
    };
    let place = Place::postgres(server);
    proptest!(cases(12, 40), |(case in case(40))| {
        check(&place, &case);
    });
}
