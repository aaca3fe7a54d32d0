//! Staged sources into the tables: ids first, then observations, then the logs that follow from them.

mod observed;

use super::counts::TableCounts;
use super::staged::STAGED;
use crate::database::{Database, Value};
use crate::error::Result;
use observed::{MEDIA_ITEMS, PLAYLISTS, POSITIONS};

/// Drops what was staged of a source.
pub(super) fn forget(database: &mut Database, part: i64) -> Result<()> {
    for table in &STAGED {
        let statement = format!("delete from {} where part = $1", table.name);
        database.execute(&statement, &[Value::Integer(part)])?;
    }
    Ok(())
}

/// Moves what is staged to where it belongs; by how many rows the tables have grown.
pub(super) fn merge(database: &mut Database, source: &str) -> Result<TableCounts> {
    for table in &STAGED {
        database.analyze(table.name)?;
    }
    let sourced = [
        ("users", "staged_users"),
        ("playlists", "staged_playlists"),
        ("media_items", "staged_media_items"),
    ];
    let mut added = [0; 3];
    for (added, (table, staged)) in added.iter_mut().zip(sourced) {
        *added = merge_names(database, table, staged, "source_id", Some(source))?;
    }
    let [users, playlists, media_items] = added;
    let artists = merge_names(database, "artists", "staged_artists", "name", None)?;
    let playlist_logs = PLAYLISTS.merge(database)?;
    let position_logs = POSITIONS.merge(database)?;
    let media_item_logs = MEDIA_ITEMS.merge(database)?;
    Ok(TableCounts {
        users,
        playlists,
        media_items,
        artists,
        playlist_metadata_log: playlist_logs[0],
        playlist_plays_log: playlist_logs[1],
        playlist_positions_log: position_logs[0],
        media_item_metadata_log: media_item_logs[0],
    })
}

/// Adds the names that are new, numbered on in the order of their first appearance, and finds the ids of all that are staged.
fn merge_names(
    database: &mut Database,
    table: &str,
    staged: &str,
    name: &str,
    source: Option<&str>,
) -> Result<i64> {
    // The column and the value of the source, where the table has one.
    let (column, value, condition) = match source {
        Some(_) => ("source, ", "cast($1 as text), ", "known.source = $1 and "),
        None => ("", "", ""),
    };
    let values: Vec<Value<'_>> = source.into_iter().map(Value::Text).collect();
    let added = database.execute(
        &format!(
            "insert into {table} (id, {column}{name}) \
             select (select coalesce(max(id), 0) from {table}) + row_number() over (order by first.part, first.number), \
                    {value}first.name \
             from (select part, number, name, row_number() over (partition by name order by part, number) as place \
                   from {staged}) as first \
             where first.place = 1 and not exists \
                   (select 1 from {table} as known where {condition}known.{name} = first.name)"
        ),
        &values,
    )?;
    database.execute(
        &format!(
            "update {staged} set id = \
             (select known.id from {table} as known where {condition}known.{name} = {staged}.name)"
        ),
        &values,
    )?;
    database.analyze(staged)?;
    Ok(added as i64)
}
