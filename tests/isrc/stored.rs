//! The program over a database that `ingest` has filled, of either engine.

use std::fmt::Write;

use crate::support::Folder;
use crate::support::postgres::{self, Server};

const TRACKS: &str = "track,isrc,artist
Tin Roof,QZAAA2200001,Ada Lind
Tin Roof (feat. Bo Berg),QZAAA2200003,Ada Lind
Third Rail,QZAAA2200002,Bo Berg & Ada Lind
Tin Roof - Live,QZAAA2200004,Ada Lind
";

/// Observations of three videos; that of the first was another one a day before.
fn dump() -> String {
    let mut dump = String::new();
    for (video, time, title, track, artist) in [
        (
            "v1",
            "2022-05-18T10:00:00",
            "Ada Lind - Third Rail",
            "\"Third Rail\"",
            "\"Ada Lind\"",
        ),
        (
            "v1",
            "2022-05-19T10:00:00",
            "Ada Lind - Tin Roof (Official Video)",
            "\"Tin Roof\"",
            "\"Ada Lind\"",
        ),
        (
            "v2",
            "2022-05-19T10:00:00",
            "Bo Berg, Ada Lind - Third Rail",
            "null",
            "null",
        ),
        (
            "v3",
            "2022-05-19T10:00:00",
            "Somebody - Something",
            "null",
            "null",
        ),
    ] {
        writeln!(
            dump,
            "{{\"playlist_id\": \"p\", \"playlist_name\": \"n\", \"artwork_url\": null, \"channel_id\": \"c\", \"views\": 1, \
             \"num_videos\": 3, \"timestp\": \"{time}\", \"video_id\": \"{video}\", \"title\": \"{title}\", \
             \"artist_name\": {artist}, \"image_url\": null, \"track_title\": {track}, \"position\": 1}}"
        )
        .unwrap();
    }
    dump
}

/// A URL, and the codes, methods and whole percents that are in the database.
struct TestDatabase {
    url: String,
    folder: Folder,
}

type Row = (i64, String, i64, String);

impl TestDatabase {
    fn each() -> Vec<Self> {
        let sqlite = Folder::new();
        let url = format!("sqlite:{}", sqlite.path("test.db").display());
        let mut databases = vec![TestDatabase {
            url,
            folder: sqlite,
        }];
        if let Some(server) = Server::shared() {
            databases.push(TestDatabase {
                url: server.new_database(),
                folder: Folder::new(),
            });
        }
        databases
    }

    fn rows(&self) -> Vec<Row> {
        let query = "select media_item_id, isrc, cast(round(score * 100) as bigint), method from media_item_isrcs \
                     order by media_item_id, score desc, isrc";
        match self.url.strip_prefix("sqlite:") {
            Some(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                let mut statement = connection.prepare(query).unwrap();
                let rows = statement.query_map([], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                });
                rows.unwrap().collect::<Result<_, _>>().unwrap()
            }
            None => {
                let rows = postgres::connect(&self.url).query(query, &[]).unwrap();
                rows.iter()
                    .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
                    .collect()
            }
        }
    }

    fn ingest(&self) {
        self.folder.write("dump.ndjson", dump());
        let loaded = self
            .folder
            .run(["ingest", "dump.ndjson", "--db", &self.url, "-q"]);
        assert_eq!(loaded.code, Some(0), "{}", loaded.stderr);
    }
}

#[test]
fn the_latest_description_of_each_media_item_is_matched_and_the_result_replaced() {
    let guest = i64::from(mixtape::isrc::Method::Guest.percent());
    for database in TestDatabase::each() {
        database.ingest();
        let folder = &database.folder;
        folder.write("tracks.csv", TRACKS);
        let run = |arguments: &[&str]| {
            let all = ["isrc", "tracks.csv", "--db", &database.url]
                .into_iter()
                .chain(arguments.iter().copied());
            let run = folder.run(all);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            run
        };
        let row = |id, code: &str, percent, method: &str| {
            (id, code.to_owned(), percent, method.to_owned())
        };
        let expected = vec![
            row(1, "QZAAA2200001", 99, "exact"),
            row(1, "QZAAA2200003", guest, "guest"),
            row(2, "QZAAA2200002", 99, "exact"),
        ];
        let first = run(&["--unmatched", "unmatched.csv"]);
        assert!(
            first
                .stderr
                .contains("2 of 3 media items matched, 3 pairs, over 4 tracks"),
            "{}",
            first.stderr
        );
        assert!(
            !first.stderr.contains(postgres::PASSWORD) && !first.stderr.contains("s3cret"),
            "{}",
            first.stderr
        );
        assert_eq!(database.rows(), expected);
        assert!(
            folder
                .read("unmatched.csv")
                .contains("\n3,unknown_artist,Somebody - Something,,\n")
        );
        // Again, the same; with other versions, more; with another table, others.
        run(&["-q"]);
        assert_eq!(database.rows(), expected);
        run(&["--related", "-q"]);
        assert_eq!(database.rows().len(), 4);
        folder.write(
            "tracks.csv",
            "artist,track,isrc\nSomebody,Something,QZAAA2200009\n",
        );
        run(&["-q"]);
        assert_eq!(database.rows(), [row(3, "QZAAA2200009", 99, "exact")]);
        // A table that cannot be read changes nothing.
        folder.write(
            "tracks.csv",
            "artist,track,isrc\nAda Lind,Tin Roof,QZAAA2200001\nbroken\n",
        );
        let broken = folder.run(["isrc", "tracks.csv", "--db", &database.url]);
        assert_eq!(broken.code, Some(2), "{}", broken.stderr);
        assert_eq!(database.rows(), [row(3, "QZAAA2200009", 99, "exact")]);
    }
}

#[test]
fn files_and_database_give_the_same() {
    for database in TestDatabase::each() {
        database.ingest();
        let folder = &database.folder;
        folder.write("tracks.csv", TRACKS);
        for arguments in [
            &["ingest", "dump.ndjson", "--out", "tables", "-q"][..],
            &[
                "isrc",
                "tracks.csv",
                "--in",
                "tables",
                "--out",
                "tables",
                "-q",
            ],
            &["isrc", "tracks.csv", "--db", &database.url, "-q"],
        ] {
            let run = folder.run(arguments);
            assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
        }
        let stored: String = database
            .rows()
            .iter()
            .map(|(id, code, percent, method)| format!("{id},{code},0.{percent:02},{method}\n"))
            .collect();
        assert_eq!(
            folder.read("tables/media_item_isrcs.csv"),
            format!("media_item_id,isrc,score,method\n{stored}")
        );
    }
}

#[test]
fn a_database_without_media_items_is_named() {
    let folder = Folder::new();
    folder.write("tracks.csv", TRACKS);
    let run = folder.run(["isrc", "tracks.csv", "--db", "empty.db"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("empty.db has no media items: load some with `mixtape ingest"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.names(), ["tracks.csv"]);
}
