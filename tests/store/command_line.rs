//! What the subcommands understand and refuse.

use super::database::Place;
use super::support::Folder;

const MIXTAPE: &str = r#"{"users": [{"id": "1"}], "songs": [{"id": "1"}], "playlists": [{"id": "1", "song_ids": []}]}"#;

#[test]
fn a_document_that_is_no_mixtape_is_refused_as_apply_refuses_it() {
    let documents = [
        "",
        "[]",
        "{\"users\": [], \"songs\": [], \"playlists\": [",
        r#"{"users": [], "songs": []}"#,
        r#"{"users": [{"name": "x"}], "songs": [], "playlists": []}"#,
        r#"{"users": [{"id": 1}, {"user_id": 2}], "songs": [], "playlists": []}"#,
        r#"{"users": [{"id": 1}, {"id": 2}, {"id": 1}, {"id": 2}], "songs": [], "playlists": []}"#,
        r#"{"users": [], "songs": [{"id": "é"}, {"id": "\u00e9"}], "playlists": []}"#,
        "{\"users\": [], \"songs\": [],\n \"playlists\": [{\"id\": 1, \"song_ids\": []},\n {\"id\": 1, \"song_ids\": []}]}",
        r#"{"users": [], "songs": [], "playlists": [{"id": 1, "song_ids": [null]}]}"#,
        "{\"users\": [], \"songs\": [], \"songs\": [], \"playlists\": []}",
    ];
    for place in Place::each() {
        for document in documents {
            place.folder.write("mixtape.json", document);
            place.folder.write("changes", "");
            let file = place
                .folder
                .run(["apply", "mixtape.json", "changes", "out"]);
            let import = place.run(&["import", "mixtape.json"]);
            assert_eq!(
                (import.code, &import.stderr),
                (Some(2), &file.stderr),
                "{document}"
            );
        }
        // Nothing is there, so nothing can be done with it.
        for arguments in [
            &["export", "out"][..],
            &["status"],
            &["apply", "changes"],
            &["get", "playlist", "1"],
        ] {
            let run = place.run(arguments);
            assert_eq!(run.code, Some(2), "{arguments:?} {}", run.stderr);
            assert!(
                run.stderr
                    .contains("holds no mixtape; mixtape import MIXTAPE --db"),
                "{}",
                run.stderr
            );
        }
    }
    let folder = Folder::new();
    folder.write("mixtape.json", "");
    folder.run(["import", "mixtape.json", "--db", "new.db"]);
    let databases: Vec<String> = folder
        .names()
        .into_iter()
        .filter(|name| name.ends_with(".db"))
        .collect();
    assert!(databases.is_empty(), "{databases:?}");
}

#[test]
fn what_is_there_is_replaced_only_if_that_is_meant() {
    for place in Place::each() {
        place.folder.write("mixtape.json", MIXTAPE);
        place.folder.write(
            "changes",
            r#"{"type": "remove_playlist", "playlist_id": "1"}"#,
        );
        place.done(&["import", "mixtape.json"]);
        place.done(&["apply", "changes"]);
        let run = place.run(&["import", "mixtape.json"]);
        assert_eq!(run.code, Some(2));
        assert!(
            run.stderr.contains("--replace takes its place"),
            "{}",
            run.stderr
        );
        let changed = place.exported();
        assert!(changed.ends_with("\"playlists\": []}"), "{changed}");
        place.folder.write("wrong.json", "{");
        assert_eq!(
            place.run(&["import", "wrong.json", "--replace"]).code,
            Some(2)
        );
        assert_eq!(place.exported(), changed);
        place.done(&["import", "mixtape.json", "--replace"]);
        assert_eq!(place.exported(), MIXTAPE);
        // It is another store: the same changes are applied to it.
        place.done(&["apply", "changes"]);
        assert_eq!(place.exported(), changed);
    }
}

#[test]
fn a_mixtape_comes_and_goes_through_pipes_and_compressed() {
    for place in Place::each() {
        let arguments = ["import", "-", "--db", &place.url, "--quiet"];
        let run = place.folder.run_with_input(arguments, MIXTAPE.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(place.done(&["export", "-", "--quiet"]).stdout, MIXTAPE);
        place.done(&["export", "out.json.gz"]);
        place.done(&["import", "out.json.gz", "--replace"]);
        assert_eq!(place.exported(), MIXTAPE);
    }
}

#[test]
fn flags_that_make_no_sense_together_are_refused() {
    let folder = Folder::new();
    folder.write("mixtape.json", MIXTAPE);
    folder.write("changes", "[]");
    let with = |arguments: &[&str]| folder.run([&["apply"], arguments].concat()).code;
    for wrong in [
        &["changes"][..],
        &["mixtape.json", "changes", "out", "--db", "x.db"],
        &["mixtape.json", "changes", "--db", "x.db"],
        &["mixtape.json", "changes", "out", "--follow"],
        &["mixtape.json", "changes", "out", "--batch", "7"],
        &["changes", "--db", "x.db", "--batch", "0"],
        &["changes", "--db", "x.db", "--dry-run"],
        &["changes", "--db", "x.db", "--follow", "--new-source"],
        &["changes", "--db", "x.db", "--rejects", "changes"],
        &["changes", "--db", "x.db", "--rejects", "rejects.gz"],
        &["changes", "--db", "mysql://x"],
    ] {
        assert_eq!(with(wrong), Some(64), "{wrong:?}");
    }
    assert_eq!(folder.read("changes"), "[]");
    assert!(!folder.path("x.db").exists());
}

#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let folder = Folder::new();
    folder.write("mixtape.json", MIXTAPE);
    folder.write("changes", "[]");
    assert_eq!(
        folder.run(["import", "mixtape.json", "--db", "s.db"]).code,
        Some(0)
    );
    let connection = rusqlite::Connection::open(folder.path("s.db")).unwrap();
    let later = "update mixtape_schemas set version = 99 where name = 'store'";
    assert_eq!(connection.execute(later, []).unwrap(), 1);
    drop(connection);
    for arguments in [
        &["status"][..],
        &["apply", "changes"],
        &["export", "out"],
        &["import", "mixtape.json", "--replace"],
    ] {
        let run = folder.run([arguments, &["--db", "s.db"]].concat());
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr
                .contains("are of version 99, this program knows versions up to 2"),
            "{}",
            run.stderr
        );
    }
}
