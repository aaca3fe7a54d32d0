//! What a newcomer has: the samples, a few databases, and no more rights than anybody.

use std::process::Command;

use crate::support::shell::{copy_samples, printed, search_path, shell};
use crate::support::unprivileged::Unprivileged;

pub struct Scene {
    place: Unprivileged,
    variables: Vec<(&'static str, String)>,
    /// What differs from run to run, and the word that stands for it.
    words: Vec<(String, &'static str)>,
}

/// Of a store, of what was ingested, and of what was consolidated.
const DATABASES: &str = "
mixtape import samples/mixtape.json --db store.db &&
mixtape ingest samples/observations.json --db ingested.db --rejects rejects.ndjson &&
mixtape consolidate samples/playlists.ndjson samples/events.csv --db listening.db --rejects rejects.ndjson &&
cp store.db later-store.db && cp ingested.db later-ingested.db && cp listening.db later-listening.db &&
rm rejects.ndjson";

impl Scene {
    pub fn new() -> Self {
        let scene = Scene {
            place: Unprivileged::new(),
            variables: Vec::new(),
            words: Vec::new(),
        };
        copy_samples(&scene.place.path(""));
        scene.place.give_all();
        let (said, code) = scene.run(DATABASES);
        assert_eq!(code, Some(0), "{said}");
        for name in ["store", "ingested", "listening"] {
            let path = scene.place.path(&format!("later-{name}.db"));
            let connection = rusqlite::Connection::open(path).unwrap();
            let raised = connection.execute("update mixtape_schemas set version = 99", []);
            assert_eq!(raised, Ok(1), "{name}");
        }
        scene
    }

    /// The same, with the URL of a Postgres database as `$URL`, and its parts.
    pub fn with_server(mut self, url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap();
        let (credentials, place) = rest.rsplit_once('@').unwrap();
        let (user, _) = credentials.split_once(':').unwrap();
        let (server, database) = place.split_once('/').unwrap();
        self.words = vec![
            (format!("{server}/{database}"), "SERVER/DATABASE"),
            (server.to_owned(), "SERVER"),
        ];
        self.variables = vec![
            ("URL", url.to_owned()),
            ("NO_PASSWORD", format!("{scheme}://{user}@{place}")),
            ("PLACE", place.to_owned()),
            ("SERVER", server.to_owned()),
        ];
        self
    }

    /// What a line of a shell prints on both streams, and its exit code.
    pub fn run(&self, command: &str) -> (String, Option<i32>) {
        let path = search_path(&[self.place.programs()]);
        let mut shell = shell(command, &self.place.path(""), &path);
        self.place.run_as(&mut shell);
        // Nothing of whoever runs the tests: no password, no home with one.
        for name in ["PGPASSWORD", "PGPASSFILE", "HOME", "COLUMNS"] {
            shell.env_remove(name);
        }
        shell.env("LC_ALL", "C").envs(self.variables.clone());
        self.end(&mut shell)
    }

    fn end(&self, shell: &mut Command) -> (String, Option<i32>) {
        let output = shell.output().expect("a shell");
        let code = output.status.code();
        let mut text = printed(output);
        for (found, word) in &self.words {
            text = text.replace(found, word);
        }
        (text, code)
    }
}
