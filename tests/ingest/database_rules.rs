//! What a database gets of the files, and what it does not.

use serde_json::{Value, json};

use super::database::{Engine, TestDatabase, sorted};
use super::real_data::{ROWS, real_rows};
use super::support::{Folder, Run};
use super::tables::{counts, read_files};

pub const ROW: &str = r#"{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20T12:19:10", "artist_name": "A", "channel_id": "C"}"#;

pub fn ingest(folder: &Folder, database: &TestDatabase, arguments: &str) -> Run {
    let arguments = arguments.split_whitespace();
    folder.run(
        ["ingest", "--db", &database.url]
            .into_iter()
            .chain(arguments),
    )
}

#[test]
fn a_database_holds_what_the_files_hold() {
    let Some(path) = real_rows() else { return };
    for database in TestDatabase::each() {
        let folder = Folder::new();
        // As the program before this one was called.
        let run = folder.run([
            "ingest",
            path.to_str().unwrap(),
            "PLAYLIST_YOUTUBE",
            "tables",
            &database.url,
        ]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let files = read_files(&folder.path("tables"));
        assert_eq!(counts(&files), ROWS);
        assert!(database.tables() == sorted(files));
    }
}

#[test]
fn a_second_run_of_a_source_does_nothing_and_says_so() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", ROW);
        folder.write("same", ROW);
        folder.write("more", ROW.replace("\"P\"", "\"P2\""));
        let run = ingest(&folder, &database, "rows");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let tables = database.tables();
        let run = ingest(&folder, &database, "same --out tables");
        assert_eq!(run.code, Some(0));
        assert!(
            run.stderr.contains("same: loaded before, nothing to do\n"),
            "{}",
            run.stderr
        );
        assert!(database.tables() == tables);
        assert!(sorted(read_files(&folder.path("tables"))) == tables);
        let run = ingest(&folder, &database, "rows more same --summary -");
        let summary: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(summary["database"]["known"], json!(["rows", "same"]));
        assert_eq!(summary["database"]["loaded"], json!(["more"]));
        assert_eq!(summary["database"]["added"]["playlists"], 1);
        assert_eq!(summary["database"]["added"]["media_items"], 0);
        let ledger = database.query(
            "select source, rows_read, rows_used, rows_rejected from mixtape_loads order by id",
        );
        let entry = |name: &str| {
            ["1", "1", "0"]
                .iter()
                .fold(vec![Some(name.to_owned())], |mut entry, text| {
                    entry.push(Some((*text).to_owned()));
                    entry
                })
        };
        assert_eq!(ledger, [entry("rows"), entry("more")]);
    }
}

#[test]
fn another_granularity_is_refused_before_anything_is_read() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", ROW);
        folder.write("bad", "[");
        assert_eq!(
            ingest(&folder, &database, "rows --granularity hour").code,
            Some(0)
        );
        let tables = database.tables();
        for further in ["bad", "rows --granularity week", "rows --out tables"] {
            let run = ingest(&folder, &database, further);
            assert_eq!(run.code, Some(2), "{further}");
            assert!(
                run.stderr.contains("granularity is hour here"),
                "{}",
                run.stderr
            );
        }
        assert!(!folder.path("tables").exists());
        assert!(database.tables() == tables);
    }
}

#[test]
fn malformed_json_leaves_the_database_untouched() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("good", ROW);
        folder.write("bad", format!("[{ROW}, {ROW}"));
        let run = ingest(&folder, &database, "good bad --out tables");
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        if database.engine == Engine::Sqlite {
            assert!(!database.path().exists());
        }
        assert_eq!(database.table_names(), [""; 0]);
    }
}

#[test]
fn tables_of_a_later_version_are_left_alone() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", ROW);
        folder.write("more", ROW.replace("\"P\"", "\"P2\""));
        assert_eq!(ingest(&folder, &database, "rows").code, Some(0));
        database.execute("update mixtape_schemas set version = 99");
        let run = ingest(&folder, &database, "more");
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("version 99"), "{}", run.stderr);
        assert_eq!(database.query("select id from playlists").len(), 1);
    }
}

#[test]
fn foreign_and_unique_keys_are_part_of_the_schema() {
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", ROW);
        assert_eq!(ingest(&folder, &database, "rows").code, Some(0));
        let keys = match database.engine {
            Engine::Sqlite => {
                "select cast(count(*) as text) from sqlite_master, pragma_foreign_key_list(sqlite_master.name)"
            }
            Engine::Postgres => {
                "select cast(count(*) as text) from information_schema.table_constraints \
                 where constraint_type = 'FOREIGN KEY' and table_schema = 'public'"
            }
        };
        assert_eq!(database.query(keys), [[Some("13".to_owned())]]);
        let unique = match database.engine {
            Engine::Sqlite => {
                "select cast(count(*) as text) from sqlite_master as m, pragma_index_list(m.name) where origin = 'u' and m.name not like 'mixtape%'"
            }
            Engine::Postgres => {
                "select cast(count(*) as text) from information_schema.table_constraints \
                 where constraint_type = 'UNIQUE' and table_schema = 'public' and table_name not like 'mixtape%'"
            }
        };
        assert_eq!(database.query(unique), [[Some("4".to_owned())]]);
    }
}
