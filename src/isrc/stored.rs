//! Media items in a database of `ingest`, and the result beside them.

use super::tables::{MEDIA_ITEMS, Match, Matches, MediaItem, MediaItems};
use super::video::Described;
use crate::database::{
    ColumnType, Database, DatabaseUrl, OwnedValue, Rows, Schema, StagedTable, Value,
};
use crate::error::{Error, Result};
use crate::ingest;
use crate::io::Progress;

/// The table of the result.
pub const SCHEMA: Schema = Schema {
    name: "isrc",
    versions: &[include_str!("schema.sql")],
};

const STAGED: StagedTable = StagedTable {
    name: "staged_media_item_isrcs",
    columns: &[
        ("media_item_id", ColumnType::Integer),
        ("isrc", ColumnType::Text),
        ("score", ColumnType::Text),
        ("method", ColumnType::Text),
    ],
    key: &["media_item_id", "isrc"],
};

/// Media items that are read at once.
const PAGE: i64 = 4096;

const PAGE_OF_MEDIA_ITEMS: &str = "
select m.id, o.primary_title, o.secondary_title, a.name
from media_items m
join media_item_observations o on o.media_item_id = m.id and o.calendar_interval =
    (select max(calendar_interval) from media_item_observations where media_item_id = m.id)
left join artists a on a.id = o.artist_id
where m.id > $1
order by m.id
limit $2";

/// The media items of a database, each as its latest observation describes it. Read a page at a time.
pub struct StoredMedia {
    database: Database,
    count: u64,
    progress: Progress,
}

impl StoredMedia {
    /// Connects. `progress` is told how far the reading is.
    ///
    /// # Errors
    /// When that fails, or `ingest` has made no tables there.
    pub fn open(url: &DatabaseUrl, progress: &Progress) -> Result<Self> {
        let mut database = Database::open(url)?;
        if !ingest::SCHEMA.is_readable(&mut database)? {
            return Err(Error::conflict(format!(
                "{} has no media items: load some with `mixtape ingest SOURCE --db …` first",
                database.name()
            )));
        }
        let count = database.query_number("select count(*) from media_items", &[])?;
        Ok(StoredMedia {
            database,
            count: count.unsigned_abs(),
            progress: progress.clone(),
        })
    }
}

/// About how many bytes a media item is worth when the sides are compared.
const BYTES_OF_AN_ITEM: u64 = 150;

impl MediaItems for StoredMedia {
    fn size(&self) -> Option<u64> {
        Some(self.count * BYTES_OF_AN_ITEM)
    }

    fn for_each(&mut self, each: &mut dyn FnMut(MediaItem<'_>) -> Result<()>) -> Result<()> {
        self.progress.begin(MEDIA_ITEMS, None);
        let mut last = i64::MIN;
        loop {
            let page = self.database.query(
                PAGE_OF_MEDIA_ITEMS,
                &[Value::Integer(last), Value::Integer(PAGE)],
            )?;
            self.progress.count(page.len() as u64);
            for row in &page {
                let text = |column: usize| row.get(column).and_then(OwnedValue::text);
                last = row
                    .first()
                    .and_then(OwnedValue::integer)
                    .unwrap_or(i64::MAX);
                let described = Described {
                    primary: text(1).unwrap_or(""),
                    secondary: text(2),
                    artist: text(3),
                };
                each(MediaItem {
                    id: &last.to_string(),
                    described,
                })?;
            }
            if (page.len() as i64) < PAGE {
                return Ok(());
            }
        }
    }
}

/// Replaces the matches in a database by those that `find` hands over: all of them, or none.
///
/// # Errors
/// When the database does not take them, and whatever `find` returns.
pub fn store<T>(url: &DatabaseUrl, find: impl FnOnce(&mut dyn Matches) -> Result<T>) -> Result<T> {
    let mut database = Database::open(url)?;
    SCHEMA.check(&mut database)?;
    database.create_staged(&STAGED)?;
    let mut find = Some(find);
    let mut found = None;
    database.stage(&STAGED, |rows| {
        let find = find.take().expect("a staged table is filled once");
        found = Some(find(&mut StagedMatches(rows))?);
        Ok(())
    })?;
    database.transaction(|database| {
        SCHEMA.create(database)?;
        database.execute("delete from media_item_isrcs", &[])?;
        database.execute(
            "insert into media_item_isrcs (media_item_id, isrc, score, method) \
             select media_item_id, isrc, cast(score as double precision), method from staged_media_item_isrcs",
            &[],
        )?;
        Ok(())
    })?;
    Ok(found.expect("the staged table was filled"))
}

struct StagedMatches<'a>(&'a mut dyn Rows);

impl Matches for StagedMatches<'_> {
    fn add(&mut self, found: &Match<'_>) -> Result<()> {
        let id = found
            .media_item_id
            .parse()
            .expect("a media item of the database has a number");
        let score = found.method.score();
        let method = found.method.name();
        self.0.push(&[
            Value::Integer(id),
            Value::Text(found.isrc),
            Value::Text(&score),
            Value::Text(method),
        ])
    }
}
