//! What was gathered from a source, in the temporary tables of a load.

use super::gathered::Gathered;
use crate::database::{ColumnType, Database, StagedTable, Value};
use crate::error::Result;
use crate::names::{Name, Names};
use crate::time::Time;

use ColumnType::{Integer, Text};

/// A source's own numbers of its ids or names, and, once they are known, those of the database.
const fn names_of(name: &'static str) -> StagedTable {
    StagedTable {
        name,
        columns: &[
            ("part", Integer),
            ("number", Integer),
            ("name", Text),
            ("id", Integer),
        ],
        key: &["part", "number"],
    }
}

const USERS: StagedTable = names_of("staged_users");
const PLAYLISTS: StagedTable = names_of("staged_playlists");
const MEDIA_ITEMS: StagedTable = names_of("staged_media_items");
const ARTISTS: StagedTable = names_of("staged_artists");

const PLAYLIST_OBSERVATIONS: StagedTable = StagedTable {
    name: "staged_playlist_observations",
    columns: &[
        ("part", Integer),
        ("playlist", Integer),
        ("calendar_interval", Integer),
        ("microsecond", Integer),
        ("ingest_timestamp", Text),
        ("name", Text),
        ("cover_url", Text),
        ("owner", Integer),
        ("num_media_items", Integer),
        ("plays", Integer),
    ],
    key: &["part", "playlist", "calendar_interval"],
};

const POSITION_OBSERVATIONS: StagedTable = StagedTable {
    name: "staged_playlist_position_observations",
    columns: &[
        ("part", Integer),
        ("playlist", Integer),
        ("media_item", Integer),
        ("calendar_interval", Integer),
        ("microsecond", Integer),
        ("ingest_timestamp", Text),
        ("position", Integer),
    ],
    key: &["part", "playlist", "media_item", "calendar_interval"],
};

const MEDIA_ITEM_OBSERVATIONS: StagedTable = StagedTable {
    name: "staged_media_item_observations",
    columns: &[
        ("part", Integer),
        ("media_item", Integer),
        ("calendar_interval", Integer),
        ("microsecond", Integer),
        ("ingest_timestamp", Text),
        ("primary_title", Text),
        ("secondary_title", Text),
        ("artist", Integer),
        ("cover_url", Text),
    ],
    key: &["part", "media_item", "calendar_interval"],
};

/// Every staged table.
pub(super) const STAGED: [StagedTable; 7] = [
    USERS,
    PLAYLISTS,
    MEDIA_ITEMS,
    ARTISTS,
    PLAYLIST_OBSERVATIONS,
    POSITION_OBSERVATIONS,
    MEDIA_ITEM_OBSERVATIONS,
];

/// Puts what was gathered from source number `part` into the staged tables.
pub(super) fn stage(database: &mut Database, part: i64, gathered: &Gathered) -> Result<()> {
    let part = Value::Integer(part);
    stage_names(database, &USERS, part, &gathered.users)?;
    stage_names(database, &PLAYLISTS, part, &gathered.playlists)?;
    stage_names(database, &MEDIA_ITEMS, part, &gathered.media_items)?;
    stage_names(database, &ARTISTS, part, &gathered.artists)?;
    let text = |name: Name| Value::from(gathered.texts.get(name));
    let mut spelled = String::new();
    database.stage(&PLAYLIST_OBSERVATIONS, |rows| {
        for observation in gathered.playlist_observations.iter() {
            rows.push(&[
                part,
                number(observation.playlist),
                Value::Integer(observation.interval.into()),
                Value::Integer(observation.time.microseconds()),
                Value::Text(spell(&mut spelled, observation.time)),
                text(observation.name),
                text(observation.cover),
                number(observation.user),
                Value::from(observation.media_items.get()),
                Value::from(observation.plays.get()),
            ])?;
        }
        Ok(())
    })?;
    database.stage(&POSITION_OBSERVATIONS, |rows| {
        for observation in gathered.position_observations.iter() {
            rows.push(&[
                part,
                number(observation.playlist),
                number(observation.media_item),
                Value::Integer(observation.interval.into()),
                Value::Integer(observation.time.microseconds()),
                Value::Text(spell(&mut spelled, observation.time)),
                Value::from(observation.position.get()),
            ])?;
        }
        Ok(())
    })?;
    database.stage(&MEDIA_ITEM_OBSERVATIONS, |rows| {
        for observation in gathered.media_item_observations.iter() {
            rows.push(&[
                part,
                number(observation.media_item),
                Value::Integer(observation.interval.into()),
                Value::Integer(observation.time.microseconds()),
                Value::Text(spell(&mut spelled, observation.time)),
                text(observation.primary_title),
                text(observation.secondary_title),
                number(observation.artist),
                text(observation.cover),
            ])?;
        }
        Ok(())
    })
}

fn stage_names(
    database: &mut Database,
    table: &StagedTable,
    part: Value<'_>,
    names: &Names,
) -> Result<()> {
    database.stage(table, |rows| {
        for (number, name) in (1..).zip(names.iter()) {
            rows.push(&[part, Value::Integer(number), Value::Text(name), Value::Null])?;
        }
        Ok(())
    })
}

fn number(name: Name) -> Value<'static> {
    Value::from(name.id().map(|id| id as i64))
}

fn spell(spelled: &mut String, time: Time) -> &str {
    spelled.clear();
    // Writing into memory does not fail.
    let _ = std::fmt::Write::write_fmt(spelled, format_args!("{time}"));
    spelled
}
