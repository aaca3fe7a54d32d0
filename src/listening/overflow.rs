//! Whose seconds are too many together with those of the database: asked once it has refused a load.

use std::collections::HashMap;

use super::lists::Lists;
use super::playlist::PlaylistNames;
use crate::database::{Database, OwnedValue, Value};
use crate::error::{Error, Result};

/// Of two numbers whose sum does not fit, one is larger than this.
const HALF: i64 = i64::MAX / 2;

const LARGE: &str = "
select user_id, playlist, track_id, seconds_streamed from personalized_playlists where seconds_streamed > $1";

const STORED: &str = "
select seconds_streamed from personalized_playlists where user_id = $1 and playlist = $2 and track_id = $3";

/// The first track whose sum does not fit, as an error; none where all of them do.
pub(super) fn find(database: &mut Database, lists: &mut dyn Lists) -> Result<Option<Error>> {
    let large: HashMap<[String; 3], i64> = database
        .query(LARGE, &[Value::Integer(HALF)])?
        .into_iter()
        .filter_map(keyed)
        .collect();
    let mut names = PlaylistNames::default();
    let mut found = None;
    lists.for_each(&mut |list| {
        names.set(list.digits);
        for row in list.rows() {
            if found.is_some() || (large.is_empty() && row.seconds <= HALF) {
                continue;
            }
            let key = [list.user, names.playlist.as_bytes(), row.track];
            let key = key.map(|part| String::from_utf8_lossy(part).into_owned());
            let stored = match large.get(&key) {
                Some(&stored) => stored,
                None if row.seconds > HALF => {
                    database.query_number(STORED, &key.each_ref().map(|part| Value::Text(part)))?
                }
                None => continue,
            };
            if stored.checked_add(row.seconds).is_none() {
                found = Some(too_many(database.name(), &key, stored, row.seconds));
            }
        }
        Ok(())
    })?;
    Ok(found)
}

fn keyed(row: Vec<OwnedValue>) -> Option<([String; 3], i64)> {
    let [user, playlist, track, seconds] = &row[..] else {
        return None;
    };
    let key = [user.text()?, playlist.text()?, track.text()?].map(str::to_owned);
    Some((key, seconds.integer()?))
}

#[cold]
fn too_many(name: &str, [user, playlist, track]: &[String; 3], stored: i64, more: i64) -> Error {
    Error::limit(format!(
        "{name}: user {user}, {playlist}, track {track}: {stored} seconds are there and {more} are to be added, together more \
         than {}; nothing was loaded; one of the two is no number of seconds: leave that event out, or correct the row",
        i64::MAX
    ))
}
