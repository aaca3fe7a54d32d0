//! What a database gets, and what it does not.

use serde_json::{Value, json};

use super::database::{Engine, TestDatabase, sorted};
use super::model::{self, Interval};
use super::real_data::{ROWS, real_rows};
use super::support::postgres::{PASSWORD, Server, USER};
use super::support::{Folder, Run, mixtape};
use super::tables::{counts, read_files};

const ROW: &str = r#"{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20T12:19:10", "artist_name": "A", "channel_id": "C"}"#;

fn ingest(folder: &Folder, database: &TestDatabase, arguments: &str) -> Run {
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

#[test]
fn u_0000_is_rejected_where_the_database_cannot_hold_it() {
    let nul = ROW.replace("\"A\"", "\"a\\u0000b\"");
    let rows: Vec<Value> = [ROW, &nul]
        .iter()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect();
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", format!("{ROW}\n{nul}"));
        let run = ingest(&folder, &database, "rows --out tables --rejects rejects");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let kept = match database.engine {
            Engine::Sqlite => &rows[..],
            Engine::Postgres => &rows[..1],
        };
        assert_eq!(
            database.tables(),
            sorted(model::tables(kept, Interval::Day))
        );
        assert_eq!(
            sorted(read_files(&folder.path("tables"))),
            database.tables()
        );
        let rejects = folder.read("rejects");
        assert_eq!(
            rejects.contains("\"reason\": \"nul_in_text\""),
            kept.len() == 1,
            "{rejects}"
        );
        assert_eq!(rejects.lines().count(), 2 - kept.len());
    }
}

#[test]
fn long_and_hostile_texts_round_trip() {
    let hostile = format!(
        "{}\u{1b}]0;x\u{7}</script>=cmd()'\"\\x00\\\\N{{}}$1\r\n\u{10ffff}",
        "ß".repeat(300_000)
    );
    let mut row: Value = serde_json::from_str(ROW).unwrap();
    for member in [
        "title",
        "track_title",
        "playlist_name",
        "image_url",
        "artwork_url",
    ] {
        row[member] = json!(hostile);
    }
    for member in ["artist_name", "playlist_id", "video_id", "channel_id"] {
        row[member] = json!("'); drop table users; -- \u{1b}[2J \"\\ ../../x");
    }
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", row.to_string());
        let run = ingest(&folder, &database, "rows --out tables");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let expected = sorted(model::tables(std::slice::from_ref(&row), Interval::Day));
        assert!(database.tables() == expected);
        assert!(sorted(read_files(&folder.path("tables"))) == expected);
    }
}

#[test]
fn names_longer_than_an_index_can_hold_are_rejected_there() {
    // Of random digits, which no compression makes short.
    let mut state = 1u64;
    let mut digit = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from_digit((state >> 33) as u32 % 36, 36).unwrap()
    };
    let rows: Vec<String> = (0..5)
        .map(|i| {
            ROW.replace(
                "\"A\"",
                &format!(
                    "\"A{}\"",
                    (0..2_599 + i).map(|_| digit()).collect::<String>()
                ),
            )
        })
        .collect();
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("rows", rows.join("\n"));
        let run = ingest(&folder, &database, "rows --rejects rejects");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let rejected = match database.engine {
            Engine::Sqlite => 0,
            Engine::Postgres => 4,
        };
        assert_eq!(
            folder.read("rejects").matches("\"text_too_long\"").count(),
            rejected
        );
        assert_eq!(database.query("select id from artists").len(), 5 - rejected);
    }
}

#[test]
fn what_is_no_database_is_named() {
    let folder = Folder::new();
    folder.write("rows", ROW);
    folder.write(
        "text",
        "this is no database, but long enough to look like one at the first glance; ".repeat(20),
    );
    for (url, code, message) in [
        ("mysql://localhost/x", 64, "mysql://"),
        ("", 64, "names no file"),
        ("sqlite:no/such/folder/x.db", 1, "no/such/folder/x.db"),
        ("text", 1, "text"),
        (
            "postgresql://me:hidden@127.0.0.1:1/x",
            1,
            "postgresql://me@127.0.0.1:1/x: error connecting to server",
        ),
        (
            "postgresql://me:hidden@127.0.0.1:1/x?sslmode=require",
            64,
            "TLS",
        ),
        (
            "postgresql://me:hidden@127.0.0.1:1/x?sslmode=verify-full",
            64,
            "TLS",
        ),
        (
            "postgresql://me:hid/den@127.0.0.1:x/y",
            1,
            "postgresql://me@127.0.0.1:x/y",
        ),
    ] {
        let run = folder.run(["ingest", "rows", "--db", url]);
        assert_eq!(run.code, Some(code), "{url}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{url}: {}", run.stderr);
        assert!(!run.stderr.contains("hid"), "{}", run.stderr);
    }
}

#[test]
fn passwords_come_from_the_url_the_environment_or_the_password_file() {
    let Some(server) = Server::private() else {
        return;
    };
    let url = server.new_database();
    let (_, place) = url.rsplit_once('@').unwrap();
    let bare = format!("postgresql://{USER}@{place}");
    let folder = Folder::new();
    folder.write("rows", ROW);
    let file = folder.write(
        "pgpass",
        format!("127.0.0.1:*:*:{USER}:{}\n", PASSWORD.replace(':', "\\:")),
    );
    let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(&file, mode(0o600)).unwrap();
    let run = |url: &str, variable: &str, value: &std::ffi::OsStr| {
        let mut program = mixtape();
        program
            .args(["ingest", "rows", "--db", url, "--summary", "-"])
            .current_dir(folder.path(""));
        program
            .env_remove("PGPASSWORD")
            .env("PGPASSFILE", "/nowhere")
            .env(variable, value);
        let run = Run::of(program.output().unwrap());
        for said in [&run.stdout, &run.stderr] {
            assert!(
                !said.contains(PASSWORD) && !said.contains("s3cret"),
                "{said}"
            );
        }
        run
    };
    for (url, variable, value) in [
        (url.as_str(), "X", "".as_ref()),
        (&bare, "PGPASSWORD", PASSWORD.as_ref()),
        (&bare, "PGPASSFILE", file.as_os_str()),
    ] {
        let run = run(url, variable, value);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains(&bare), "{}", run.stdout);
    }
    std::fs::set_permissions(&file, mode(0o644)).unwrap();
    for (variable, value) in [
        ("PGPASSWORD", "s3cret, but wrong".as_ref()),
        ("PGPASSFILE", file.as_os_str()),
    ] {
        let run = run(&bare, variable, value);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains("password"), "{}", run.stderr);
    }
}
