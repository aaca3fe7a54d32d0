//! A store that an earlier version of the program has made goes on as if this one had made it.

use std::path::PathBuf;

use mixtape::database::{Database, DatabaseUrl, Schema};
use mixtape::store::SCHEMA;

use super::database::Place;
use super::files::Files;

/// What version 1 left of some changes.
const ROWS: &str = include_str!("version_1/store.sql");

fn kept(name: &str) -> String {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/store/version_1"]
        .iter()
        .collect();
    std::fs::read_to_string(folder.join(name)).unwrap()
}

const FURTHER: &str = r#"{"type": "add_song_to_playlist", "playlist_id": "901", "song_id": "s9"}
{"type": "remove_playlist", "playlist_id": "odd"}
{"type": "remove_playlist", "playlist_id": "270"}
{"type": "add_playlist", "id": "270", "user_id": "ada", "song_ids": [29]}
{"type": "add_song_to_playlist", "playlist_id": 900, "song_id": 29}
{"type": "add_song_to_playlist", "playlist_id": "9", "song_id": 29}
"#;

/// A store as version 1 of the program has left it.
fn make_former(place: &Place) {
    let url = DatabaseUrl::parse(&place.url).unwrap();
    let mut database = Database::open(&url).unwrap();
    let former = Schema {
        name: SCHEMA.name,
        versions: &SCHEMA.versions[..1],
    };
    let rows = match url {
        DatabaseUrl::Sqlite(_) => ROWS.to_owned(),
        DatabaseUrl::Postgres(_) => ROWS.replace("X'", "'\\x"),
    };
    database
        .transaction(|database| {
            former.create(database)?;
            database.batch(&rows)
        })
        .unwrap();
}

fn expected(changes: &str) -> String {
    Files::of(kept("mixtape.json"), changes).output
}

#[test]
fn a_store_of_version_1_is_upgraded_by_whoever_opens_it_first() {
    let changes = kept("changes.ndjson");
    for place in Place::each() {
        make_former(&place);
        let status = place.status();
        assert_eq!(
            status["token"].as_str().unwrap().split('-').nth(1),
            Some("9")
        );
        assert_eq!(status["sources"][0]["operations"], 76);
        assert_eq!(place.exported(), expected(&changes));
        // The source is known, and others go on behind it.
        place.folder.write("changes.ndjson", &changes);
        let run = place.done(&["apply", "changes.ndjson"]);
        assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
        place.folder.write("further", FURTHER);
        place.done(&["apply", "further", "--rejects", "rejects"]);
        assert_eq!(place.exported(), expected(&(changes.clone() + FURTHER)));
        let got = place.done(&["get", "playlist", "901"]).stdout;
        assert!(got.ends_with("[1, 2, \"s2\", 9, \"s9\"]}\n"), "{got}");
    }
}

#[test]
fn a_store_of_version_1_can_be_replaced_at_once_and_upgraded_while_nothing_is_in_it() {
    for place in Place::each() {
        make_former(&place);
        let mixtape = r#"{"users": [], "songs": [], "playlists": []}"#;
        place.folder.write("mixtape.json", mixtape);
        place.done(&["import", "mixtape.json", "--replace"]);
        assert_eq!(place.exported(), mixtape);
    }
}
