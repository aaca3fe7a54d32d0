//! Random inputs in every layout: the table is that of the naive model, whatever the order of the events and the threads.

use proptest::prelude::*;

use super::inputs::{Event, Line, events, events_file, lines, playlists_file};
use super::model::{Model, parse};
use super::support::Folder;
use super::support::long::cases;

fn check(lines: &[Line], given: &[Event], shuffled: &[Event]) -> Result<(), TestCaseError> {
    let mut model = Model::default();
    model.recommend(lines);
    model.hear(given);
    let folder = Folder::new();
    folder.write("playlists", playlists_file(lines));
    folder.write("given", events_file(given));
    folder.write("shuffled", events_file(shuffled));
    let mut tables = Vec::new();
    for (events, threads) in [
        ("given", "1"),
        ("given", "2"),
        ("given", "5"),
        ("shuffled", "3"),
    ] {
        let run = folder.run([
            "consolidate",
            "playlists",
            events,
            "--out",
            "table",
            "--rejects",
            "rejects",
            "--summary",
            "-",
            "--quiet",
            "--threads",
            threads,
        ]);
        prop_assert_eq!(run.code, Some(0), "{}", run.stderr);
        let table = folder.read("table");
        prop_assert_eq!(parse(&table), model.table());
        tables.push(table);

        let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let counts = &summary["events"];
        prop_assert_eq!(counts["counted"].as_u64().unwrap(), model.counted);
        prop_assert_eq!(
            counts["other_context"].as_u64().unwrap(),
            model.other_context
        );
        prop_assert_eq!(counts["rejected"].as_u64().unwrap(), model.rejected_events);
        prop_assert_eq!(counts["read"].as_u64().unwrap(), given.len() as u64);
        prop_assert_eq!(counts["seconds"].as_u64().unwrap(), model.seconds);
        prop_assert_eq!(
            summary["playlists"]["rejected"].as_u64().unwrap(),
            model.rejected_lines
        );
        let rejects = folder.read("rejects").lines().count() as u64;
        prop_assert_eq!(rejects, model.rejected_events + model.rejected_lines);
        let sum: u64 = model
            .table()
            .iter()
            .map(|row| row[10].as_ref().unwrap().parse::<u64>().unwrap())
            .sum();
        prop_assert_eq!(sum, model.seconds);
        let rows = model.table();
        let count =
            |is: fn(&[Option<String>]) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
        let table = &summary["table"];
        prop_assert_eq!(table["rows"].as_u64().unwrap(), rows.len() as u64);
        prop_assert_eq!(
            table["recommended"].as_u64().unwrap(),
            count(|row| row[8].as_deref() == Some("1"))
        );
        prop_assert_eq!(
            table["heard"].as_u64().unwrap(),
            count(|row| row[9].as_deref() != Some("0"))
        );
    }
    prop_assert!(tables.iter().all(|table| *table == tables[0]));
    Ok(())
}

proptest! {
    #![proptest_config(cases(100, 200))]

    #[test]
    fn the_table_is_that_of_the_model(
        lines in lines(),
        (given, shuffled) in events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
    ) {
        check(&lines, &given, &shuffled)?;
    }
}
