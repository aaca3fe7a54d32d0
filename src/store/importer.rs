//! What stands in a mixtape, into the tables of a store.

use super::key::Key;
use super::places::PlaceWriter;
use super::rows::RowBuffer;
use super::tables::IdTables;
use crate::database::{ColumnType, Database, StagedTable, Value};
use crate::error::Result;
use crate::id::Id;
use crate::mixtape::{Kind, Place, Surveyor};

use ColumnType::{Bytes, Integer};

/// Where ids are gathered, in the order of the document: which of a user's ids counts is known at the end, and then they go
/// into the tables in the order of the ids, which is quick whatever order they come in.
pub(super) const STAGED_USERS: StagedTable = StagedTable {
    name: "staged_users",
    columns: &[
        ("number", Integer),
        ("key", Integer),
        ("id", Bytes),
        ("user_key", Integer),
        ("user_id", Bytes),
    ],
    key: &[],
};
pub(super) const STAGED_SONGS: StagedTable = staged("staged_songs");
pub(super) const STAGED_PLAYLISTS: StagedTable = staged("staged_playlists");

const fn staged(name: &'static str) -> StagedTable {
    StagedTable {
        name,
        columns: &[("number", Integer), ("key", Integer), ("id", Bytes)],
        key: &[],
    }
}

/// Takes what stands in the mixtape into the tables.
pub(super) struct Importer<'d> {
    database: &'d mut Database,
    pub(super) users: Staging,
    pub(super) songs: Staging,
    pub(super) playlists: Staging,
    places: PlaceWriter,
}

/// Ids of one sort on their way.
pub(super) struct Staging {
    rows: RowBuffer,
    /// How many there are.
    pub(super) count: i64,
}

impl Staging {
    fn new(table: &'static StagedTable) -> Self {
        Staging {
            rows: RowBuffer::new(table),
            count: 0,
        }
    }

    fn push<const N: usize>(
        &mut self,
        database: &mut Database,
        ids: [Option<Id<'_>>; N],
    ) -> Result<()> {
        let keys = ids.map(|id| id.map(Key::of));
        let mut row = vec![Value::Integer(self.count)];
        for key in &keys {
            row.extend(match key {
                Some(Key::Small(key)) => [Value::Integer(*key), Value::Null],
                Some(Key::Bytes(id)) => [Value::Null, Value::Bytes(id)],
                None => [Value::Null; 2],
            });
        }
        self.rows.push(&row);
        self.count += 1;
        if self.rows.is_full() {
            self.rows.pour(database)?;
        }
        Ok(())
    }
}

impl<'d> Importer<'d> {
    pub(super) fn new(database: &'d mut Database) -> Result<Self> {
        for table in [&STAGED_USERS, &STAGED_SONGS, &STAGED_PLAYLISTS] {
            database.create_staged(table)?;
        }
        Ok(Importer {
            database,
            users: Staging::new(&STAGED_USERS),
            songs: Staging::new(&STAGED_SONGS),
            playlists: Staging::new(&STAGED_PLAYLISTS),
            places: PlaceWriter::new(),
        })
    }

    /// Writes the rest.
    pub(super) fn finish(&mut self) -> Result<()> {
        for staging in [&mut self.users, &mut self.songs, &mut self.playlists] {
            staging.rows.pour(self.database)?;
        }
        self.places.finish(self.database)
    }
}

impl Surveyor for Importer<'_> {
    fn user(&mut self, id: Option<Id<'_>>, user_id: Option<Id<'_>>) -> Result<()> {
        let ids = match (id, user_id) {
            (None, Some(only)) => [Some(only), None],
            both => [both.0, both.1], // where there is neither, the scan has refused it
        };
        self.users.push(self.database, ids)
    }

    fn song(&mut self, id: Id<'_>) -> Result<()> {
        self.songs.push(self.database, [Some(id)])
    }

    fn playlist(&mut self, id: Id<'_>, place: &Place) -> Result<()> {
        self.playlists.push(self.database, [Some(id)])?;
        self.places.push(self.database, place)
    }
}

/// Two elements that have the same id.
pub(super) struct Twice {
    pub(super) kind: Kind,
    pub(super) places: (u32, u32),
    pub(super) key: Key,
}

/// Moves the staged ids to where they belong, in their order. Those that stand twice, where some do.
pub(super) fn move_ids(
    database: &mut Database,
    kind: Kind,
    staged: &StagedTable,
    tables: &IdTables,
) -> Result<Option<Twice>> {
    database.batch("savepoint ids")?;
    for table in [&tables.keys, &tables.ids] {
        let (from, to, key) = (staged.name, table.name, table.key[0]);
        let moved = database.batch(&format!(
            "insert into {to} ({key}, number) select {key}, number from {from} where {key} is not null order by {key}"
        ));
        let Err(error) = moved else { continue };
        database.batch("rollback to savepoint ids")?;
        return match find_twice(database, kind, staged)? {
            None => Err(error),
            twice => Ok(twice),
        };
    }
    database.batch(&format!(
        "release savepoint ids; drop table {}",
        staged.name
    ))?;
    for table in [&tables.keys, &tables.ids] {
        database.analyze(table.name)?;
    }
    Ok(None)
}

/// The first one in the document whose id another one in front of it has.
fn find_twice(database: &mut Database, kind: Kind, staged: &StagedTable) -> Result<Option<Twice>> {
    let table = staged.name;
    let mut found: Option<Twice> = None;
    for key in ["key", "id"] {
        let rows = database.query(
            &format!(
                "select twice.first, min({table}.number) as second, twice.{key} from {table} join \
                 (select {key}, min(number) as first from {table} where {key} is not null \
                 group by {key} having count(*) > 1) twice \
                 on twice.{key} = {table}.{key} and {table}.number > twice.first \
                 group by twice.first, twice.{key} order by second limit 1"
            ),
            &[],
        )?;
        let twice = rows.first().and_then(|row| {
            Some(Twice {
                kind,
                places: (row[0].integer()? as u32, row[1].integer()? as u32),
                key: match row[2].integer() {
                    Some(key) => Key::Small(key),
                    None => Key::Bytes(row[2].bytes()?.to_vec()),
                },
            })
        });
        found = found
            .into_iter()
            .chain(twice)
            .min_by_key(|twice| twice.places.1);
    }
    Ok(found)
}
