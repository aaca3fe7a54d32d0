//! Databases: what several runs make is what one run over all of their inputs would have made.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::database::{TestDatabase, sorted};
use super::inputs::{Event, Line, events, events_file, lines, playlists_file};
use super::model::Model;
use super::support::Folder;
use super::support::long::cases;
use super::support::postgres::Server;

/// Files, and which of them each run names.
#[derive(Clone, Debug)]
struct Loads {
    playlists: Vec<Vec<Line>>,
    events: Vec<Vec<Event>>,
    runs: Vec<(usize, usize)>,
}

fn loads() -> impl Strategy<Value = Loads> {
    let runs = proptest::collection::vec((0..3usize, 0..3usize), 1..6);
    let playlists = proptest::collection::vec(lines(), 3);
    let events = proptest::collection::vec(events(), 3);
    (playlists, events, runs).prop_map(|(playlists, events, runs)| Loads {
        playlists,
        events,
        runs,
    })
}

fn check(database: &TestDatabase, loads: &Loads) -> Result<(), TestCaseError> {
    let folder = Folder::new();
    let (mut seen, mut model) = (BTreeSet::new(), Model::default());
    for &(playlists, events) in &loads.runs {
        let (lines, heard) = (&loads.playlists[playlists], &loads.events[events]);
        let (playlists_file, events_file) = (playlists_file(lines), events_file(heard));
        folder.write("playlists", &playlists_file);
        folder.write("events", &events_file);
        // What counts is the first time that a content is named.
        if seen.insert(playlists_file) {
            model.recommend(lines);
        }
        if seen.insert(events_file) {
            model.hear(heard);
        }
        let run = folder.run([
            "consolidate",
            "playlists",
            "events",
            "--db",
            &database.url,
            "--rejects",
            "rejects",
        ]);
        prop_assert_eq!(run.code, Some(0), "{}", run.stderr);
        prop_assert_eq!(database.table(), sorted(model.table()));
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
    proptest!(cases(6, 20), |(loads in loads())| {
        database.execute("drop schema public cascade; create schema public");
        check(&database, &loads)?;
    });
}

const PLAYLISTS: &str = r#"{"user_id": "ada", "playlist_01": ["1", "2"]}"#;
const EVENTS: &str = "user,track,context,seconds\nada,1,playlist_01,9223372036854775807\n";

fn run(
    folder: &Folder,
    database: &TestDatabase,
    playlists: &str,
    events: &str,
) -> (Option<i32>, String) {
    folder.write("playlists", playlists);
    folder.write("events", events);
    let run = folder.run(["consolidate", "playlists", "events", "--db", &database.url]);
    (run.code, run.stderr)
}

#[test]
fn seconds_that_do_not_fit_are_an_error_and_change_nothing() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        let (code, said) = run(&folder, &database, PLAYLISTS, EVENTS);
        assert_eq!(code, Some(0), "{said}");
        let before = database.table();
        assert_eq!(before[0][10].as_deref(), Some("9223372036854775807"));
        // In one run, and in the database.
        let twice = format!("{EVENTS}ada,1,playlist_01,1\n");
        let (code, said) = run(&folder, &database, PLAYLISTS, &twice);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("9223372036854775807"), "{said}");
        let more = EVENTS.replace("9223372036854775807", "1");
        let (code, said) = run(&folder, &database, PLAYLISTS, &more);
        assert_eq!(code, Some(2), "{said}");
        let expected = "user ada, playlist_01, track 1: 9223372036854775807 seconds are there and 1 are to be added";
        assert!(said.contains(expected), "{said}");
        assert!(said.contains("nothing was loaded"), "{said}");
        assert_eq!(database.table(), before);
        let entered = database.query("select fingerprint from mixtape_loads");
        assert_eq!(entered.len(), 2);
    }
}

#[test]
fn two_loads_at_once_are_as_one_after_the_other() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("playlists", PLAYLISTS);
        let names = ["a", "b", "c", "d"];
        for (seconds, name) in (1..).zip(names) {
            folder.write(
                name,
                format!("user,track,context,seconds\nada,1,playlist_01,{seconds}\n"),
            );
        }
        std::thread::scope(|scope| {
            for name in names {
                let (folder, url) = (&folder, &database.url);
                scope.spawn(move || {
                    let run = folder.run(["consolidate", "playlists", name, "--db", url]);
                    assert_eq!(run.code, Some(0), "{}", run.stderr);
                });
            }
        });
        let table = database.table();
        assert_eq!(table.len(), 2);
        assert_eq!(
            table[0][9..11],
            [Some("4".to_owned()), Some("10".to_owned())]
        );
    }
}

#[test]
fn tables_of_a_later_version_are_left_alone() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        run(&folder, &database, PLAYLISTS, EVENTS);
        database.execute("update mixtape_schemas set version = 99 where name = 'listening'");
        let before = database.table();
        let (code, said) = run(
            &folder,
            &database,
            PLAYLISTS,
            "user,track,context,seconds\n",
        );
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("99"), "{said}");
        assert_eq!(database.table(), before);
    }
}

#[test]
fn what_postgres_cannot_hold_is_rejected_there() {
    let long = "x".repeat(2_600);
    for database in TestDatabase::each() {
        let folder = Folder::new();
        let playlists = [
            PLAYLISTS.to_owned(),
            r#"{"user_id": "bob", "playlist_01": [{"id": "1", "work": "a\u0000b"}]}"#.to_owned(),
            format!(r#"{{"user_id": "cyd", "playlist_01": ["{long}"]}}"#),
        ];
        let events = format!("{EVENTS}ada,{long},playlist_01,1\nad\0a,1,playlist_01,1\n");
        let (code, said) = run(&folder, &database, &playlists.join("\n"), &events);
        if database.is_sqlite() {
            assert_eq!(code, Some(0), "{said}");
            assert_eq!(database.table().len(), 6);
        } else {
            assert_eq!(code, Some(3), "{said}");
            assert_eq!(database.table().len(), 2);
            assert_eq!(said.matches("nul_in_text").count(), 3, "{said}");
            assert_eq!(said.matches("text_too_long").count(), 3, "{said}");
        }
    }
}
