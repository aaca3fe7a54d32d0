//! Texts that a database cannot hold are rejected, all others are what they were.

use serde_json::{Value, json};

use super::database::{Engine, TestDatabase, sorted};
use super::model::{self, Interval};
use super::support::Folder;
use super::tables::read_files;

use super::database_rules::{ROW, ingest};

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
