//! Into a database: what was recommended is brought up to date, what was heard is added.

use serde::Serialize;

use super::input::InputRead;
use super::lists::Lists;
use super::overflow;
use super::playlist::PlaylistNames;
use super::schema::SCHEMA;
use crate::database::{
    ColumnType, Database, DatabaseUrl, Ledger, Load, StagedTable, TextLimits, Value,
};
use crate::error::Result;
use crate::time::Moment;

use ColumnType::{Boolean, Integer, Text};

const PLAYLISTS: Ledger = Ledger {
    job: "consolidate playlists",
};
const EVENTS: Ledger = Ledger {
    job: "consolidate events",
};

const ROWS: StagedTable = StagedTable {
    name: "staged_personalized_playlists",
    columns: &[
        ("user_id", Text),
        ("playlist", Text),
        ("playlist_name", Text),
        ("position", Integer),
        ("track_id", Text),
        ("work", Text),
        ("composer", Text),
        ("title", Text),
        ("recommended", Boolean),
        ("streams", Integer),
        ("seconds_streamed", Integer),
        ("first_heard", Text),
        ("last_heard", Text),
    ],
    key: &[],
};

/// Sums that are too large become null, which the table refuses: SQLite would make floating point numbers of them.
const ADD_ROWS: &str = "
insert into personalized_playlists as old
    (user_id, playlist, playlist_name, position, track_id, work, composer, title, recommended, streams, seconds_streamed,
     first_heard, last_heard)
{rows}
on conflict (user_id, playlist, track_id) do update set
    position = coalesce(excluded.position, old.position),
    work = coalesce(excluded.work, old.work),
    composer = coalesce(excluded.composer, old.composer),
    title = coalesce(excluded.title, old.title),
    recommended = old.recommended or excluded.recommended,
    streams = old.streams + excluded.streams,
    seconds_streamed = case when old.seconds_streamed <= 9223372036854775807 - excluded.seconds_streamed
        then old.seconds_streamed + excluded.seconds_streamed end,
    first_heard = case when excluded.first_heard is null or old.first_heard <= excluded.first_heard
        then old.first_heard else excluded.first_heard end,
    last_heard = case when excluded.last_heard is null or old.last_heard >= excluded.last_heard
        then old.last_heard else excluded.last_heard end";

const LISTS: StagedTable = StagedTable {
    name: "staged_lists",
    columns: &[("user_id", Text), ("playlist", Text)],
    key: &[],
};

/// What is in a list now is what its newest version says.
const FORGET_POSITIONS: &str = "
update personalized_playlists set position = null
where position is not null and (user_id, playlist) in ({rows})";

/// A database that takes what is consolidated.
pub struct Loader(Database);

/// What a load did.
#[derive(Clone, Debug, Serialize)]
pub struct LoadSummary {
    /// Which database, without a password.
    pub name: String,
    /// Inputs that it had already: nothing of them was loaded again.
    pub known: Vec<String>,
    /// Rows that were added or changed.
    pub written: u64,
    /// Rows that the table has now.
    pub rows: i64,
}

impl Loader {
    /// Connects to a database and sees whether it can take what is going to come.
    ///
    /// # Errors
    /// When it cannot be opened, or is of a later version.
    pub fn open(url: &DatabaseUrl) -> Result<Self> {
        let mut database = Database::open(url)?;
        SCHEMA.check(&mut database)?;
        Ok(Loader(database))
    }

    pub(super) fn text_limits(&self) -> TextLimits {
        self.0.text_limits()
    }

    /// Loads what it does not have of the two inputs, in one transaction; calls `before_commit` at its end.
    pub(super) fn load(
        mut self,
        [playlists, events]: &[InputRead; 2],
        lists: &mut dyn Lists,
        before_commit: impl FnOnce() -> Result<()>,
    ) -> Result<LoadSummary> {
        let mut is_adding = false;
        let loaded = self.0.transaction(|database| {
            SCHEMA.create(database)?;
            let mut known = Vec::new();
            let mut is_new =
                |database: &mut Database, ledger: Ledger, input: &InputRead| -> Result<bool> {
                    let is_new = enter(database, ledger, input)?;
                    if !is_new {
                        known.push(input.name.clone());
                    }
                    Ok(is_new)
                };
            let news = News {
                playlists: is_new(database, PLAYLISTS, playlists)?,
                events: is_new(database, EVENTS, events)?,
            };
            let mut written = 0;
            if news.playlists || news.events {
                let old =
                    "select count(*) from (select 1 from personalized_playlists limit 1) as one";
                if news.playlists && database.query_number(old, &[])? > 0 {
                    forget_positions(database, lists)?;
                }
                is_adding = news.events;
                written = add_rows(database, lists, news)?;
                is_adding = false;
            }
            let rows = database.query_number("select count(*) from personalized_playlists", &[])?;
            before_commit()?;
            Ok(LoadSummary {
                name: database.name().to_owned(),
                known,
                written,
                rows,
            })
        });
        // The database says that there is no sum, but not why.
        if loaded.is_err()
            && is_adding
            && let Ok(Some(error)) = overflow::find(&mut self.0, lists)
        {
            return Err(error);
        }
        loaded
    }
}

/// Which of the inputs the database does not have.
#[derive(Clone, Copy)]
struct News {
    playlists: bool,
    events: bool,
}

/// Enters an input in its ledger; false where it is there already.
fn enter(database: &mut Database, ledger: Ledger, input: &InputRead) -> Result<bool> {
    let Some(fingerprint) = input.fingerprint else {
        return Ok(true);
    };
    if ledger.has(database, &fingerprint)? {
        return Ok(false);
    }
    let load = Load {
        fingerprint,
        source: &input.name,
        read: input.read,
        rejected: input.rejected,
    };
    ledger.enter(database, &load)?;
    Ok(true)
}

fn forget_positions(database: &mut Database, lists: &mut dyn Lists) -> Result<()> {
    let mut names = PlaylistNames::default();
    database.execute_for_rows(&LISTS, FORGET_POSITIONS, |rows| {
        lists.for_each(&mut |list| {
            if list.line == 0 {
                return Ok(());
            }
            names.set(list.digits);
            rows.push(&[text(list.user), Value::Text(&names.playlist)])
        })
    })
}

fn add_rows(database: &mut Database, lists: &mut dyn Lists, news: News) -> Result<u64> {
    let mut written = 0;
    let mut names = PlaylistNames::default();
    let (mut first, mut last) = (String::new(), String::new());
    database.execute_for_rows(&ROWS, ADD_ROWS, |rows| {
        lists.for_each(&mut |list| {
            names.set(list.digits);
            let user = text(list.user);
            for row in list.rows() {
                let is_listed = news.playlists && row.recommended;
                let is_heard = news.events && row.streams > 0;
                if !is_listed && !is_heard {
                    continue;
                }
                written += 1;
                let texts = row.texts.map(|part| part.filter(|_| is_listed).map(text));
                let [work, composer, title] = texts.map(|part| part.unwrap_or(Value::Null));
                let heard = |number: i64| Value::Integer(if is_heard { number } else { 0 });
                rows.push(&[
                    user,
                    Value::Text(&names.playlist),
                    Value::Text(&names.playlist_name),
                    Value::from(row.position.filter(|_| is_listed)),
                    text(row.track),
                    work,
                    composer,
                    title,
                    Value::Boolean(is_listed),
                    heard(row.streams),
                    heard(row.seconds),
                    spell(&mut first, row.first_heard.filter(|_| is_heard)),
                    spell(&mut last, row.last_heard.filter(|_| is_heard)),
                ])?;
            }
            Ok(())
        })
    })?;
    Ok(written)
}

fn text(bytes: &[u8]) -> Value<'_> {
    Value::Text(std::str::from_utf8(bytes).expect("it was put in as a text"))
}

fn spell(spelled: &mut String, moment: Option<Moment>) -> Value<'_> {
    let Some(moment) = moment else {
        return Value::Null;
    };
    spelled.clear();
    // Writing into memory does not fail.
    let _ = std::fmt::Write::write_fmt(spelled, format_args!("{moment}"));
    Value::Text(spelled)
}
