//! Which works were recommended to a user.

use serde::Serialize;

use super::names::{self, NameColumn};
use super::stored;
use crate::database::{Database, Value};
use crate::error::Result;

/// A work in one of a user's personalised playlists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecommendedWork {
    /// The playlist: `playlist_01`.
    pub playlist: String,
    /// What people call it.
    pub playlist_name: String,
    /// Place of its first track in the newest list, from 1; none where it is no longer in it.
    pub position: Option<i64>,
    /// The work. That of a track whose work is not known is its title, or else its id.
    pub work: String,
    /// Who wrote it, where that is known.
    pub composer: Option<String>,
    /// How many of its tracks were recommended.
    pub tracks: i64,
    /// How often the user has heard them from this playlist.
    pub streams: i64,
    /// For how many seconds.
    pub seconds_streamed: i64,
}

const USERS: NameColumn = NameColumn {
    table: "personalized_playlists",
    column: "user_id",
};

const WORKS: &str = "
select playlist, playlist_name, position, work, composer, tracks, streams, seconds
from (
    select playlist, max(playlist_name) as playlist_name, min(position) as position,
        coalesce(work, title, track_id) as work, composer, count(*) as tracks,
        cast(sum(streams) as bigint) as streams, cast(sum(seconds_streamed) as bigint) as seconds
    from personalized_playlists
    where user_id = $1 and recommended
    group by playlist, coalesce(work, title, track_id), composer
) as recommended_works
order by case when position is null then 1 else 0 end, position, work, composer";

/// The works that were recommended to a user, playlist by playlist in the order of their first tracks.
///
/// # Errors
/// When no user has this id; the error names the nearest ones. When the database holds no personalised playlists, or cannot be read.
pub fn recommended_works(database: &mut Database, user: &str) -> Result<Vec<RecommendedWork>> {
    stored::require(database)?;
    database.reading(|database| {
        names::check(database, USERS, "user", user)?;
        let rows = database.query(WORKS, &[Value::Text(user)])?;
        let mut works: Vec<RecommendedWork> = rows
            .iter()
            .map(|row| {
                let row = stored::Row(row);
                RecommendedWork {
                    playlist: row.text(0),
                    playlist_name: row.text(1),
                    position: row.optional_integer(2),
                    work: row.text(3),
                    composer: row.optional_text(4),
                    tracks: row.integer(5),
                    streams: row.integer(6),
                    seconds_streamed: row.integer(7),
                }
            })
            .collect();
        works.sort_by_cached_key(|work| stored::playlist_order(&work.playlist));
        Ok(works)
    })
}
