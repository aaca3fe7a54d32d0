//! What the tests of faults load, and what is expected of it.

use std::io::Read;
use std::num::NonZeroU64;
use std::process::{Command, Stdio};

use data_gen::{Events, ListeningOptions, Rate, Recommendations};

use super::database::{TestDatabase, sorted};
use super::model;
use super::support::Folder;
use super::support::database::Record;
use super::support::load_faults::Sources;
use super::support::signals::attentive;

/// Three times PLAYLISTS and EVENTS, of the same users; the last PLAYLISTS are those of before under another name.
pub struct Listening {
    pub folder: Folder,
    expected: Vec<Record>,
}

impl Listening {
    pub fn new(users: u64) -> Self {
        let folder = Folder::new();
        let (mut all_playlists, mut all_events) = (String::new(), String::new());
        for (name, seed, events_seed) in [("one", 1, 1), ("two", 2, 2), ("three", 2, 3)] {
            let options = |seed| ListeningOptions {
                users: NonZeroU64::new(users).unwrap(),
                events: users * 60,
                invalid: Rate::from_per_million(100_000),
                seed,
                ..ListeningOptions::default()
            };
            let (mut playlists, mut events) = (String::new(), String::new());
            let mut generator = Recommendations::new(options(seed));
            generator.read_to_string(&mut playlists).unwrap();
            let mut generator = Events::new(options(events_seed));
            generator.read_to_string(&mut events).unwrap();
            folder.write(&format!("{name}.playlists"), &playlists);
            folder.write(&format!("{name}.events"), &events);
            all_playlists += &playlists;
            let header = events.find('\n').unwrap() + 1;
            let is_first = all_events.is_empty();
            all_events += if is_first { &events } else { &events[header..] };
        }
        folder.write("all.playlists", &all_playlists);
        folder.write("all.events", &all_events);
        let run = folder.run(command_line("all", "expected").split(' '));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let expected = model::parse(&folder.read("expected"));
        for name in ["all.playlists", "all.events", "expected", "rejects"] {
            std::fs::remove_file(folder.path(name)).unwrap();
        }
        let expected = sorted(expected);
        Listening { folder, expected }
    }

    /// The program with a table and rejects beside the database, and files of those names from before.
    pub fn with_files(&self, name: &str, database: &TestDatabase) -> Command {
        self.folder.write("table.csv", "old");
        self.folder.write("rejects", "old too");
        let mut command = attentive();
        command
            .args(command_line(name, "table.csv").split(' '))
            .args(["--quiet", "--db", &database.url])
            .current_dir(self.folder.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    #[track_caller]
    pub fn check_files_are_as_they_were(&self) {
        assert_eq!(self.folder.read("table.csv"), "old");
        assert_eq!(self.folder.read("rejects"), "old too");
        self.check_nothing_is_left();
    }

    #[track_caller]
    pub fn check_nothing_is_left(&self) {
        let names = self.folder.names();
        let is_known = |name: &&String| {
            let is_input = name.ends_with(".playlists") || name.ends_with(".events");
            is_input || ["table.csv", "rejects"].contains(&name.as_str())
        };
        assert!(names.iter().all(|name| is_known(&name)), "{names:?}");
    }

    pub fn has_temporaries(&self) -> bool {
        let names = self.folder.names();
        names
            .iter()
            .filter(|name| name.ends_with(".partial"))
            .count()
            == 2
    }
}

fn command_line(name: &str, table: &str) -> String {
    let events = match name {
        "-" => "-".to_owned(),
        name => format!("{name}.events"),
    };
    let playlists = if name == "-" { "one" } else { name };
    format!("consolidate {playlists}.playlists {events} --rejects rejects --out {table}")
}

impl Sources for Listening {
    type Content = Vec<Record>;
    const LATE_TABLE: &'static str = "personalized_playlists";
    /// PLAYLISTS and EVENTS.
    const ENTRIES: usize = 2;

    fn folder(&self) -> &Folder {
        &self.folder
    }

    fn arguments(&self, name: &str) -> Vec<String> {
        let line = command_line(name, "table.csv");
        // Several run at once: without files.
        let words = line.split(' ').take(3).chain(["--rejects", "/dev/null"]);
        words.map(str::to_owned).collect()
    }

    fn input(&self) -> String {
        self.folder.read("one.events")
    }

    fn content(database: &TestDatabase) -> Vec<Record> {
        database.table()
    }

    fn expected(&self) -> &Vec<Record> {
        &self.expected
    }
}
