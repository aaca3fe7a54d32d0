//! Databases of either engine, with rows of one's own.

use mixtape::database::{Database, DatabaseUrl, Value};
use mixtape::listening;

use crate::support::postgres::Server;
use crate::support::{Folder, Run};

/// A row of `personalized_playlists`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub user: String,
    pub playlist: String,
    pub name: String,
    pub position: Option<i64>,
    pub track: String,
    pub work: Option<String>,
    pub composer: Option<String>,
    pub title: Option<String>,
    pub recommended: bool,
    pub streams: i64,
    pub seconds: i64,
    pub first: Option<String>,
    pub last: Option<String>,
}

/// A recommended track of a numbered playlist: its work, and how it was heard.
pub fn row(
    user: &str,
    playlist: u32,
    position: i64,
    work: &str,
    streams: i64,
    seconds: i64,
) -> Row {
    Row {
        user: user.to_owned(),
        playlist: format!("playlist_{playlist:02}"),
        name: format!("Personalised playlist {playlist}"),
        position: Some(position),
        track: format!("t{position}"),
        work: Some(work.to_owned()),
        recommended: true,
        streams,
        seconds,
        ..Row::default()
    }
}

pub struct Stored {
    pub url: String,
    pub folder: Folder,
}

impl Stored {
    pub fn sqlite() -> Self {
        let folder = Folder::new();
        let url = folder.path("music.db").display().to_string();
        Stored { url, folder }
    }

    /// An SQLite file, and a database of Postgres where there is one.
    pub fn each() -> Vec<Self> {
        let mut all = vec![Stored::sqlite()];
        all.extend(Server::shared().map(|server| Stored {
            url: server.new_database(),
            folder: Folder::new(),
        }));
        all
    }

    pub fn open(&self) -> Database {
        Database::open(&DatabaseUrl::parse(&self.url).unwrap()).unwrap()
    }

    /// Makes these all the rows there are.
    pub fn fill(&self, rows: &[Row]) {
        fill(&mut self.open(), rows);
    }

    /// Runs the program on this database.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let all = arguments.iter().copied().chain(["--db", &self.url]);
        self.folder.run(all)
    }

    /// CSV on standard output, whose lines end as RFC 4180 says.
    #[track_caller]
    pub fn csv(&self, arguments: &[&str]) -> String {
        let csv = self.stdout(arguments);
        assert!(
            csv.lines().count() == csv.matches("\r\n").count(),
            "{csv:?}"
        );
        csv.replace("\r\n", "\n")
    }

    #[track_caller]
    pub fn stdout(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
        run.stdout
    }
}

pub fn fill(database: &mut Database, rows: &[Row]) {
    let insert = |database: &mut Database| {
        listening::SCHEMA.create(database)?;
        database.execute("delete from personalized_playlists", &[])?;
        for row in rows {
            let values = [
                Value::Text(&row.user),
                Value::Text(&row.playlist),
                Value::Text(&row.name),
                Value::from(row.position),
                Value::Text(&row.track),
                Value::from(row.work.as_deref()),
                Value::from(row.composer.as_deref()),
                Value::from(row.title.as_deref()),
                Value::Integer(row.recommended.into()),
                Value::Integer(row.streams),
                Value::Integer(row.seconds),
                Value::from(row.first.as_deref()),
                Value::from(row.last.as_deref()),
            ];
            database.execute(
                "insert into personalized_playlists (user_id, playlist, playlist_name, position, track_id, work, composer, \
                 title, recommended, streams, seconds_streamed, first_heard, last_heard) values \
                 ($1, $2, $3, $4, $5, $6, $7, $8, case when cast($9 as bigint) = 1 then true else false end, $10, $11, $12, $13)",
                &values,
            )?;
        }
        Ok(())
    };
    database.transaction(insert).unwrap();
}
