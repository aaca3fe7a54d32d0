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
}

/// One pass over the table, in the order in which it lies: each user counts once in a playlist, and once in all.
/// The row without a playlist is that of all playlists.
fn figures_query(condition: &str) -> String {
    const SUMS: &str = "cast(sum(seconds) as bigint), cast(sum(streams) as bigint), cast(sum(listener) as bigint), \
        cast(sum(recommended_to) as bigint), cast(sum(recommendations) as bigint), cast(sum(heard) as bigint)";
    format!(
        "with lists as (
            select user_id, playlist, max(playlist_name) as name,
                sum(seconds_streamed) as seconds, sum(streams) as streams,
                max(case when streams > 0 then 1 else 0 end) as listener,
                max(case when recommended then 1 else 0 end) as recommended_to,
                sum(case when recommended then 1 else 0 end) as recommendations,
                sum(case when recommended and streams > 0 then 1 else 0 end) as heard,
                sum(case when work is null then seconds_streamed else 0 end) as unknown_work,
                min(first_heard) as first_heard, max(last_heard) as last_heard
            from personalized_playlists where 1 = 1{condition} group by user_id, playlist
        ), users as (
            select sum(seconds) as seconds, sum(streams) as streams, max(listener) as listener,
                max(recommended_to) as recommended_to, sum(recommendations) as recommendations, sum(heard) as heard,
                sum(unknown_work) as unknown_work, min(first_heard) as first_heard, max(last_heard) as last_heard
            from lists group by user_id
        )
        select playlist, max(name), {SUMS}, cast(null as bigint), cast(null as text), cast(null as text)
        from lists group by playlist
        union all
        select cast(null as text), cast(null as text), {SUMS},
            cast(sum(unknown_work) as bigint), min(first_heard), max(last_heard)
        from users"
    )
}

/// The figures of all playlists together, and of each one.
pub(super) fn figures(
    database: &mut Database,
    condition: &Condition,
) -> Result<(Totals, Vec<PlaylistFigures>)> {
    let rows = database.query(&figures_query(&condition.sql), &condition.parameters())?;
    let mut totals = Totals::default();
    let mut playlists = Vec::with_capacity(rows.len());
    for row in &rows {
        let row = Row(row);
        match row.optional_text(0) {
            Some(playlist) => playlists.push(PlaylistFigures {
                playlist,
                playlist_name: row.text(1),
                seconds_streamed: row.integer(2),
                streams: row.integer(3),
                listeners: row.integer(4),
                users: row.integer(5),
                recommendations: row.integer(6),
                recommendations_heard: row.integer(7),
            }),
            None => {
                totals = Totals {
                    seconds_streamed: row.integer(2),
                    streams: row.integer(3),
                    listeners: row.integer(4),
                    users: row.integer(5),
                    recommendations: row.integer(6),
                    recommendations_heard: row.integer(7),
                    seconds_of_unknown_works: row.integer(8),
                    first_heard: row.optional_text(9),
                    last_heard: row.optional_text(10),
                };
            }
        }
    }
    playlists.sort_by_cached_key(|figures| playlist_order(&figures.playlist));
    Ok((totals, playlists))
}

/// The works that were streamed longest.
pub(super) fn works(
    database: &mut Database,
    condition: &Condition,
    top: u32,
) -> Result<Vec<WorkFigures>> {
    let query = format!(
        "select work, composer, cast(sum(seconds_streamed) as bigint), cast(sum(streams) as bigint),
            count(distinct user_id)
        from personalized_playlists where work is not null and streams > 0{}
        group by work, composer
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
        }
    };
    Ok(rows.iter().map(figures).collect())
}
