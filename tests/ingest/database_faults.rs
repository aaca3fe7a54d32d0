//! Databases that go away, fill up or are in use while `ingest` loads.

use std::io::Read;

use data_gen::{Youtube, YoutubeLayout, YoutubeOptions};

use super::database::{TestDatabase, sorted};
use super::support::Folder;
use super::support::load_faults::{self, Sources};
use super::tables::{Tables, read_files};

/// A folder with three sources, the last two overlapping, and the tables of all of them.
struct Dumps {
    folder: Folder,
    expected: Tables,
}

impl Dumps {
    fn new(rows: u64) -> Self {
        let folder = Folder::new();
        for (name, seed) in [("one", 1), ("two", 2), ("three", 2)] {
            let mut text = String::new();
            let layout = YoutubeLayout::Ndjson;
            let options = YoutubeOptions {
                rows,
                seed,
                layout,
                ..YoutubeOptions::default()
            };
            Youtube::new(options).read_to_string(&mut text).unwrap();
            let half = text[..text.len() / 2].rfind('\n').unwrap() + 1;
            folder.write(
                name,
                if name == "three" {
                    &text[half..]
                } else {
                    &text
                },
            );
        }
        let run = folder.run(["ingest", "one", "two", "three", "--out", "expected"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let expected = sorted(read_files(&folder.path("expected")));
        Dumps { folder, expected }
    }
}

impl Sources for Dumps {
    type Content = Tables;
    /// Ids and most observations are written by then.
    const LATE_TABLE: &'static str = "media_item_metadata_log";
    const ENTRIES: usize = 1;

    fn folder(&self) -> &Folder {
        &self.folder
    }

    fn arguments(&self, name: &str) -> Vec<String> {
        ["ingest", name].map(str::to_owned).to_vec()
    }

    fn input(&self) -> String {
        self.folder.read("one")
    }

    fn content(database: &TestDatabase) -> Tables {
        database.tables()
    }

    fn expected(&self) -> &Tables {
        &self.expected
    }
}

#[test]
fn of_two_postgres_loaders_at_once_one_waits() {
    load_faults::of_two_postgres_loaders_at_once_one_waits(&Dumps::new(300));
}

#[test]
fn of_two_sqlite_loaders_at_once_one_waits() {
    load_faults::of_two_sqlite_loaders_at_once_one_waits(&Dumps::new(300));
}

#[test]
fn a_postgres_load_that_is_cut_off_leaves_nothing_behind() {
    load_faults::a_postgres_load_that_is_cut_off_leaves_nothing_behind(&Dumps::new(300));
}

#[test]
fn a_postgres_server_that_goes_away_while_rows_are_read_is_an_error() {
    load_faults::a_postgres_server_that_goes_away_while_rows_are_read_is_an_error(&Dumps::new(300));
}

#[test]
fn a_full_disk_of_a_postgres_server_leaves_the_database_as_it_was() {
    load_faults::a_full_disk_of_a_postgres_server_leaves_the_database_as_it_was(&Dumps::new(
        13_000,
    ));
}

#[test]
fn an_sqlite_load_that_is_killed_leaves_nothing_behind() {
    load_faults::an_sqlite_load_that_is_killed_leaves_nothing_behind(&Dumps::new(3000));
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    load_faults::a_full_disk_leaves_the_database_as_it_was(&Dumps::new(3000));
}
