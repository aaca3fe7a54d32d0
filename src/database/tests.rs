//! What holds for any job's tables. Through SQLite alone: Postgres is not everywhere, and `tests/ingest` has it.

use super::*;
use crate::error::{Error, ErrorKind, Result};

const FIRST: &str =
    "create table songs (id bigint primary key, title text not null, unique (title));";
const SECOND: &str = "alter table songs add column plays bigint;";

const STAGED: StagedTable = StagedTable {
    name: "staged_songs",
    columns: &[("id", ColumnType::Integer), ("title", ColumnType::Text)],
    key: &["id"],
};

struct Place {
    _folder: tempfile::TempDir,
    url: DatabaseUrl,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("test.db"));
        Place {
            _folder: folder,
            url,
        }
    }

    fn open(&self) -> Database {
        Database::open(&self.url).unwrap()
    }
}

fn schema(versions: &'static [&'static str]) -> Schema {
    Schema {
        name: "songs",
        versions,
    }
}

fn titles(database: &mut Database) -> Vec<Vec<OwnedValue>> {
    database
        .query("select id, title from songs order by id", &[])
        .unwrap()
}

#[test]
fn a_schema_grows_version_by_version_and_keeps_what_is_there() {
    let place = Place::new();
    let (old, new) = (schema(&[FIRST]), schema(&[FIRST, SECOND]));
    let mut database = place.open();
    for _ in 0..2 {
        database
            .transaction(|database| old.create(database))
            .unwrap();
    }
    database
        .execute(
            "insert into songs (id, title) values ($1, $2)",
            &[Value::Integer(7), Value::Text("x")],
        )
        .unwrap();
    drop(database);
    let mut database = place.open();
    new.check(&mut database).unwrap();
    database
        .transaction(|database| new.create(database))
        .unwrap();
    assert_eq!(
        database
            .query_number("select count(*) from songs where plays is null", &[])
            .unwrap(),
        1
    );
    // The old program leaves the new tables alone.
    for error in [
        old.check(&mut database).unwrap_err(),
        database.transaction(|d| old.create(d)).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.to_string().contains("version 2"), "{error}");
    }
}

#[test]
fn a_transaction_that_fails_leaves_nothing_and_the_connection_works_on() {
    let place = Place::new();
    let mut database = place.open();
    database.create_staged(&STAGED).unwrap();
    let stage = |database: &mut Database, rows: &[(i64, &str)]| {
        database.stage(&STAGED, |sink| {
            rows.iter()
                .try_for_each(|(id, title)| sink.push(&[Value::Integer(*id), Value::Text(title)]))
        })
    };
    stage(&mut database, &[(1, "a\0b"), (2, "")]).unwrap();
    // A key that is there already: all of the batch is taken back.
    let error = stage(&mut database, &[(3, "c"), (2, "d")]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    let load = |database: &mut Database, then: Result<()>| {
        database.transaction(|database| {
            schema(&[FIRST]).create(database)?;
            database.execute("insert into songs select id, title from staged_songs", &[])?;
            then
        })
    };
    assert!(load(&mut database, Err(Error::limit("enough"))).is_err());
    assert!(!database.has_table("songs").unwrap());
    load(&mut database, Ok(())).unwrap();
    let row = |id, title: &str| vec![OwnedValue::Integer(id), OwnedValue::Text(title.to_owned())];
    assert_eq!(titles(&mut database), [row(1, "a\0b"), row(2, "")]);
    assert_eq!(titles(&mut place.open()), [row(1, "a\0b"), row(2, "")]);
}

#[test]
fn settings_and_ledgers_are_kept_apart_by_name_and_job() {
    let place = Place::new();
    let mut database = place.open();
    let (one, other) = (Ledger { job: "one" }, Ledger { job: "other" });
    let mut reader = Fingerprinted::new(&b"content"[..]);
    std::io::copy(&mut reader, &mut std::io::sink()).unwrap();
    let fingerprint = reader.fingerprint();
    let setting = |value| Setting {
        name: "size",
        value,
    };
    assert!(!one.has(&mut database, &fingerprint).unwrap());
    database
        .transaction(|database| {
            schema(&[FIRST]).create(database)?;
            setting("small").hold(database)?;
            let load = Load {
                fingerprint,
                source: "content.json",
                read: 3,
                rejected: 1,
            };
            one.enter(database, &load)
        })
        .unwrap();
    assert!(one.has(&mut database, &fingerprint).unwrap());
    assert!(!other.has(&mut database, &fingerprint).unwrap());
    assert!(setting("small").check(&mut database).is_ok());
    assert!(setting("large").check(&mut database).is_err());
}

#[test]
fn a_file_that_was_only_opened_goes_away_again() {
    let place = Place::new();
    let DatabaseUrl::Sqlite(path) = &place.url else {
        unreachable!()
    };
    drop(place.open());
    assert!(!path.exists());
    place
        .open()
        .transaction(|database| schema(&[FIRST]).create(database))
        .unwrap();
    assert!(path.exists());
    drop(place.open());
    assert!(path.exists());
}

#[test]
fn a_statement_runs_for_rows_that_are_not_kept() {
    let place = Place::new();
    let mut database = place.open();
    let add = "insert into songs (id, title) {rows} on conflict (id) do update set title = excluded.title";
    let rows = |rows: &mut dyn Rows| {
        for (id, title) in [(1, "Aube"), (2, "Ciel"), (1, "Soir")] {
            rows.push(&[Value::Integer(id), Value::Text(title)])?;
        }
        Ok(())
    };
    let added = database.transaction(|database| {
        schema(&[FIRST]).create(database)?;
        database.execute_for_rows(&STAGED, add, rows)
    });
    added.unwrap();
    let song = |id, title: &str| vec![OwnedValue::Integer(id), OwnedValue::Text(title.to_owned())];
    assert_eq!(titles(&mut database), [song(1, "Soir"), song(2, "Ciel")]);
    let failed = database.transaction(|database| {
        database.execute_for_rows(&STAGED, add, |_| Err(Error::limit("enough")))
    });
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::Limit);
    assert!(!database.has_table(STAGED.name).unwrap());
}

const PIECES: StagedTable = StagedTable {
    name: "pieces",
    columns: &[
        ("id", ColumnType::Integer),
        ("title", ColumnType::Text),
        ("bytes", ColumnType::Bytes),
    ],
    key: &["id"],
};

/// As many rows as asked for; one at `broken` has no title.
fn pour_pieces(database: &mut Database, count: i64, broken: i64) -> Result<()> {
    database.batch("drop table if exists pieces; create table pieces (id integer primary key, title text not null, bytes blob)")?;
    database.pour(&PIECES, |rows| {
        (0..count).try_for_each(|id| {
            let title = "ö".repeat(if id % 700 == 699 {
                140_000
            } else {
                id as usize % 5
            });
            let title = (id != broken).then_some(&*title);
            let bytes = id.to_le_bytes();
            let bytes = (id % 3 > 0).then_some(&bytes[..id as usize % 9]);
            let bytes = bytes.map_or(Value::Null, Value::Bytes);
            rows.push(&[Value::Integer(id), Value::from(title), bytes])
        })
    })
}

#[test]
fn rows_are_all_there_however_many_they_are() {
    let place = Place::new();
    let mut database = place.open();
    // Around what a statement takes, what a block takes, and what is left to a thread.
    for count in [0, 1, 15, 16, 17, 1_023, 1_024, 1_040, 4_095, 4_097, 12_345] {
        database
            .transaction(|database| pour_pieces(database, count, -1))
            .unwrap();
        let rows = database.query("select * from pieces order by id", &[]);
        let rows = rows.unwrap();
        assert_eq!(rows.len(), count as usize);
        for (id, row) in rows.iter().enumerate() {
            let title = "ö".repeat(if id % 700 == 699 { 140_000 } else { id % 5 });
            let bytes =
                (id % 3 > 0).then(|| OwnedValue::Bytes(id.to_le_bytes()[..id % 9].to_vec()));
            let bytes = bytes.unwrap_or(OwnedValue::Null);
            let expected = [
                OwnedValue::Integer(id as i64),
                OwnedValue::Text(title),
                bytes,
            ];
            assert!(row[..] == expected, "{count}: {id}");
        }
    }
}

#[test]
fn a_row_that_is_not_taken_is_the_error_whoever_writes_it() {
    let place = Place::new();
    let mut database = place.open();
    for (count, broken) in [
        (5, 3),
        (16, 3),
        (300, 7),
        (20_000, 0),
        (20_000, 10_000),
        (20_000, 19_999),
    ] {
        let failed = database.transaction(|database| pour_pieces(database, count, broken));
        let message = failed.unwrap_err().to_string();
        let place = format!("cannot write {}", database.name());
        assert!(message.starts_with(&place), "{message}");
        assert!(message.contains("pieces.title"), "{message}");
        assert!(!database.has_table("pieces").unwrap());
    }
    // And what the one who gives them says, is said.
    let failed = database.transaction(|database| {
        pour_pieces(database, 0, -1)?;
        database.pour(&PIECES, |rows| {
            for id in 0..10_000 {
                rows.push(&[Value::Integer(id), Value::Text(""), Value::Null])?;
            }
            Err(Error::limit("enough"))
        })
    });
    assert_eq!(failed.unwrap_err().to_string(), "enough");
    assert!(!database.has_table("pieces").unwrap());
}
