//! Databases to test with: one of each engine.

use super::support::Folder;
use super::support::postgres::Server;

/// A user, a song, and an empty playlist.
pub const MIXTAPE: &str = r#"{"users": [{"id": "u"}], "songs": [{"id": "s"}], "playlists": [{"id": "1", "owner_id": "u", "song_ids": []}]}"#;

/// An empty database, and a folder beside it; both go away.
pub struct Place {
    pub url: String,
    pub folder: Folder,
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = Folder::new();
        let url = format!("sqlite:{}", folder.path("store.db").display());
        Place { url, folder }
    }

    pub fn postgres(server: &Server) -> Self {
        Place {
            url: server.new_database(),
            folder: Folder::new(),
        }
    }

    /// One of each engine that is at hand.
    pub fn each() -> Vec<Self> {
        let postgres = Server::shared().map(Place::postgres);
        [Some(Place::sqlite()), postgres]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The same, with [`MIXTAPE`] in it.
    pub fn each_imported() -> Vec<Self> {
        let places = Place::each();
        for place in &places {
            place.folder.write("mixtape.json", MIXTAPE);
            place.done(&["import", "mixtape.json"]);
        }
        places
    }

    /// Runs the program on this database: `--db` is added.
    pub fn run(&self, arguments: &[&str]) -> super::support::Run {
        self.folder.run([arguments, &["--db", &self.url]].concat())
    }

    /// As [`run`](Self::run), which must end well.
    pub fn done(&self, arguments: &[&str]) -> super::support::Run {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
        run
    }

    /// The mixtape as it is in the store.
    pub fn exported(&self) -> String {
        self.done(&["export", "--quiet", "exported.json"]);
        self.folder.read("exported.json")
    }

    /// What `status` says, as JSON.
    pub fn status(&self) -> serde_json::Value {
        let run = self.done(&["status", "--format", "json"]);
        serde_json::from_str(&run.stdout).expect("a status")
    }

    /// The last source in it.
    pub fn last_source(&self) -> Option<serde_json::Value> {
        let status = self.status();
        let sources = status["sources"].as_array().expect("a list");
        sources.last().cloned()
    }
}
