//! Random rows in random files, held against the naive model.

use proptest::prelude::*;
use serde_json::Value;

use super::model::{self, Interval};
use super::support::Folder;
use super::support::long::cases;
use super::tables::read_files;

/// Rows as an array or a row a line.
pub fn write(rows: &[Value], as_lines: bool) -> String {
    if as_lines {
        return rows.iter().map(|row| format!("{row}\n")).collect();
    }
    serde_json::to_string_pretty(rows).unwrap()
}

proptest! {
    #![proptest_config(cases(150, 300))]

    #[test]
    fn files_are_those_of_the_model(
        parts in proptest::collection::vec((proptest::collection::vec(model::row(), 0..25), any::<bool>()), 1..5),
        interval in prop_oneof![Just(Interval::Hour), Just(Interval::Day), Just(Interval::Week)],
        threads in 1..4u8,
    ) {
        let folder = Folder::new();
        let names: Vec<String> = (0..parts.len()).map(|i| format!("part{i}")).collect();
        for (name, (rows, as_lines)) in names.iter().zip(&parts) {
            folder.write(name, write(rows, *as_lines));
        }
        let threads = threads.to_string();
        let further = ["--out", "tables", "--granularity", interval.name(), "--threads", &threads];
        let arguments = std::iter::once("ingest").chain(names.iter().map(String::as_str)).chain(further);
        let run = folder.run(arguments);
        prop_assert_eq!(run.code, Some(0), "{}", run.stderr);
        let rows: Vec<Value> = parts.into_iter().flat_map(|(rows, _)| rows).collect();
        prop_assert_eq!(read_files(&folder.path("tables")), model::tables(&rows, interval));
        let first = format!("{} rows read, {} used, 0 rejected", rows.len(), rows.len());
        prop_assert!(run.stderr.starts_with(&first), "{}", run.stderr);
    }
}
