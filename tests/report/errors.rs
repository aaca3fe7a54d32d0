//! Databases that have nothing to report, and demands that make no sense.

use mixtape::database::{Database, Schema, Value};
use mixtape::ingest;
use mixtape::report::{Question, Report};

use crate::stored::{Stored, row};
use crate::support::postgres::PASSWORD;

const COMMANDS: [&[&str]; 3] = [
    &["report"],
    &["report", "--html", "page.html"],
    &["works", "--user", "ada"],
];

#[track_caller]
fn assert_fails(stored: &Stored, arguments: &[&str], code: i32, message: &str) {
    let before = stored.folder.names();
    let run = stored.run(arguments);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(code), ""),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert!(!run.stderr.contains(PASSWORD), "{}", run.stderr);
    assert_eq!(stored.folder.names(), before);
}

#[test]
fn a_database_without_personalised_playlists_says_how_to_make_them() {
    for stored in Stored::each() {
        for empty in [true, false] {
            if !empty {
                // Another job's tables are not enough.
                let make = |database: &mut Database| ingest::SCHEMA.create(database);
                stored.open().transaction(make).unwrap();
            }
            for arguments in COMMANDS {
                let message = "has no personalised playlists: make them with `mixtape consolidate";
                assert_fails(&stored, arguments, 2, message);
            }
        }
    }
}

#[test]
fn tables_of_a_later_version_are_left_alone() {
    for (schema, commands) in [("listening", &COMMANDS[..]), ("ingest", &COMMANDS[..2])] {
        for stored in Stored::each() {
            stored.fill(&[row("ada", 1, 1, "w", 1, 1)]);
            let mut database = stored.open();
            let raise = "insert into mixtape_schemas (name, version) values ($1, 99) on conflict (name) do update set version = 99";
            database.execute(raise, &[Value::Text(schema)]).unwrap();
            drop(database);
            for arguments in commands {
                let message = format!(
                    "the tables of {schema} are of version 99, this program knows versions up to 1"
                );
                assert_fails(&stored, arguments, 2, &message);
            }
        }
    }
}

/// The versions of `listening` are but one; so this is about any schema.
#[test]
fn tables_of_an_older_version_are_not_read_as_new_ones() {
    const OLD: Schema = Schema {
        name: "songs",
        versions: &["create table songs (id bigint primary key)"],
    };
    const NEW: Schema = Schema {
        versions: &[OLD.versions[0], "alter table songs add column title text"],
        ..OLD
    };
    for stored in Stored::each() {
        let mut database = stored.open();
        assert!(!NEW.is_readable(&mut database).unwrap());
        database
            .transaction(|database| OLD.create(database))
            .unwrap();
        assert!(OLD.is_readable(&mut database).unwrap());
        let error = NEW.is_readable(&mut database).unwrap_err().to_string();
        assert!(
            error.contains(
                "the tables of songs are of version 1, this program reads version 2; what made them"
            ),
            "{error}"
        );
        database
            .transaction(|database| NEW.create(database))
            .unwrap();
        assert!(NEW.is_readable(&mut database).unwrap());
    }
}

#[test]
fn a_sum_beyond_64_bits_is_an_error_and_no_wrong_figure() {
    for stored in Stored::each() {
        stored.fill(&[
            row("ada", 1, 1, "w", 1, i64::MAX),
            row("bo", 1, 1, "w", 1, 1),
        ]);
        assert_fails(&stored, &["report"], 1, "cannot read");
        assert_fails(
            &stored,
            &["report", "--html", "page.html"],
            1,
            "cannot read",
        );
        // What is not summed with it is right.
        let works = stored.csv(&["works", "--user", "ada"]);
        assert!(works.contains(",1,9223372036854775807\n"), "{works}");
    }
}

#[test]
fn figures_of_a_report_are_of_one_moment() {
    for stored in Stored::each() {
        if !stored.url.contains("://") {
            // There a load waits until the report is read.
            continue;
        }
        stored.fill(&[row("ada", 1, 1, "w", 1, 60)]);
        let mut reader = stored.open();
        let seen = reader.reading(|reader| {
            let count = |reader: &mut Database| {
                reader.query_number("select count(*) from personalized_playlists", &[])
            };
            let before = count(reader)?;
            stored.fill(&[]);
            Ok((before, count(reader)?))
        });
        assert_eq!(seen.unwrap(), (1, 1));
        // The connection can be used again, and sees what is new.
        let report = Report::read(&mut reader, &Question::default()).unwrap();
        assert!(report.playlists.is_empty());
    }
}

#[test]
fn what_makes_no_sense_is_exit_64() {
    let stored = Stored::sqlite();
    stored.fill(&[row("ada", 1, 1, "w", 1, 60)]);
    let content = std::fs::read(stored.folder.path("music.db")).unwrap();
    assert_fails(
        &stored,
        &["report", "--html", "-", "--format", "csv"],
        64,
        "--format and --html - both go to standard output",
    );
    assert_fails(
        &stored,
        &["report", "--html", "music.db"],
        64,
        "it would be overwritten",
    );
    assert_fails(
        &stored,
        &["report", "--html", "./music.db"],
        64,
        "it would be overwritten",
    );
    assert_fails(&stored, &["works"], 64, "--user");
    assert_fails(
        &stored,
        &["report", "--format", "table"],
        64,
        "text, json, csv, markdown",
    );
    assert_fails(
        &stored,
        &["works", "--user", "ada", "--format", "text"],
        64,
        "table, csv, json",
    );
    assert_eq!(
        std::fs::read(stored.folder.path("music.db")).unwrap(),
        content
    );
}

#[test]
fn a_page_that_cannot_be_written_is_exit_1() {
    let stored = Stored::sqlite();
    stored.fill(&[row("ada", 1, 1, "w", 1, 60)]);
    assert_fails(
        &stored,
        &["report", "--html", "nowhere/page.html"],
        1,
        "nowhere/page.html",
    );
    if cfg!(target_os = "linux") {
        assert_fails(
            &stored,
            &["report", "--html", "/dev/full"],
            1,
            "/dev/full: write error",
        );
    }
}
