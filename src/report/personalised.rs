//! The figures of personalised playlists, over all users.

use serde::Serialize;

use super::stored::{Condition, Row, playlist_order};
use crate::database::Database;
use crate::error::Result;

/// All playlists together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Seconds streamed.
    pub seconds_streamed: i64,
    /// How often something was streamed.
    pub streams: i64,
    /// Users who have streamed something.
    pub listeners: i64,
    /// Users to whom something was recommended.
    pub users: i64,
    /// Tracks that were recommended, counted for each user and playlist.
    pub recommendations: i64,
    /// Of these, the ones that were ever heard.
    pub recommendations_heard: i64,
    /// Seconds of tracks whose work is not known.
    pub seconds_of_unknown_works: i64,
    /// When the first stream began, where that is known.
    pub first_heard: Option<String>,
    /// When the last one did.
    pub last_heard: Option<String>,
}

/// One playlist, of all users who have one of that name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaylistFigures {
    /// `playlist_01`
    pub playlist: String,
    /// What people call it.
    pub playlist_name: String,
    /// Seconds streamed.
    pub seconds_streamed: i64,
    /// How often something was streamed.
    pub streams: i64,
    /// Users who have streamed something.
    pub listeners: i64,
    /// Users to whom something was recommended.
    pub users: i64,
    /// Tracks that were recommended, counted for each user.
    pub recommendations: i64,
    /// Of these, the ones that were ever heard.
    pub recommendations_heard: i64,
}

/// One work, in all playlists of all users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkFigures {
    /// What it is called.
    pub work: String,
    /// Who wrote it, where that is known.
    pub composer: Option<String>,
    /// Seconds streamed.
    pub seconds_streamed: i64,
    /// How often something of it was streamed.
    pub streams: i64,
    /// Users who have streamed something of it.
    pub listeners: i64,
    /// How often a track of it was recommended.
    pub recommendations: i64,
}

/// Users first: the table lies in their order, so that they need not be sorted, and each counts once.
fn per_user(group: &str, condition: &str) -> String {
    format!(
        "(select sum(seconds_streamed) as seconds, sum(streams) as streams,
            max(case when streams > 0 then 1 else 0 end) as listener,
            max(case when recommended then 1 else 0 end) as recommended_to,
            sum(case when recommended then 1 else 0 end) as recommendations,
            sum(case when recommended and streams > 0 then 1 else 0 end) as heard,
            sum(case when work is null then seconds_streamed else 0 end) as unknown_work,
            min(first_heard) as first_heard, max(last_heard) as last_heard,
            max(playlist_name) as playlist_name, {group}
        from personalized_playlists where 1 = 1{condition} group by {group}) as per_user"
    )
}

const FIGURES: &str = "cast(sum(seconds) as bigint), cast(sum(streams) as bigint), \
    cast(sum(listener) as bigint), cast(sum(recommended_to) as bigint), \
    cast(sum(recommendations) as bigint), cast(sum(heard) as bigint)";

pub(super) fn totals(database: &mut Database, condition: &Condition) -> Result<Totals> {
    let query = format!(
        "select {FIGURES}, cast(sum(unknown_work) as bigint), min(first_heard), max(last_heard) from {}",
        per_user("user_id", &condition.sql)
    );
    let rows = database.query(&query, &condition.parameters())?;
    let row = Row(rows.first().map_or(&[], Vec::as_slice));
    Ok(Totals {
        seconds_streamed: row.integer(0),
        streams: row.integer(1),
        listeners: row.integer(2),
        users: row.integer(3),
        recommendations: row.integer(4),
        recommendations_heard: row.integer(5),
        seconds_of_unknown_works: row.integer(6),
        first_heard: row.optional_text(7),
        last_heard: row.optional_text(8),
    })
}

pub(super) fn playlists(
    database: &mut Database,
    condition: &Condition,
) -> Result<Vec<PlaylistFigures>> {
    let query = format!(
        "select {FIGURES}, playlist, max(playlist_name) from {} group by playlist",
        per_user("user_id, playlist", &condition.sql)
    );
    let rows = database.query(&query, &condition.parameters())?;
    let mut playlists: Vec<PlaylistFigures> = rows
        .iter()
        .map(|row| {
            let row = Row(row);
            PlaylistFigures {
                playlist: row.text(6),
                playlist_name: row.text(7),
                seconds_streamed: row.integer(0),
                streams: row.integer(1),
                listeners: row.integer(2),
                users: row.integer(3),
                recommendations: row.integer(4),
                recommendations_heard: row.integer(5),
            }
        })
        .collect();
    playlists.sort_by_cached_key(|figures| playlist_order(&figures.playlist));
    Ok(playlists)
}

/// The works that were streamed longest.
pub(super) fn works(
    database: &mut Database,
    condition: &Condition,
    top: u32,
) -> Result<Vec<WorkFigures>> {
    let query = format!(
        "select work, composer, cast(sum(seconds_streamed) as bigint), cast(sum(streams) as bigint),
            count(distinct case when streams > 0 then user_id end),
            cast(sum(case when recommended then 1 else 0 end) as bigint)
        from personalized_playlists where work is not null{}
        group by work, composer having sum(streams) > 0
        order by 3 desc, 4 desc, work, composer limit {top}",
        condition.sql
    );
    let rows = database.query(&query, &condition.parameters())?;
    let figures = |row: &Vec<_>| {
        let row = Row(row);
        WorkFigures {
            work: row.text(0),
            composer: row.optional_text(1),
            seconds_streamed: row.integer(2),
            streams: row.integer(3),
            listeners: row.integer(4),
            recommendations: row.integer(5),
        }
    };
    Ok(rows.iter().map(figures).collect())
}
