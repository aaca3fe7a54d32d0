//! The table in a database.

use crate::database::Schema;

/// The one table, `personalized_playlists`: a row for each track of each playlist of each user.
///
/// `playlist` is `playlist_01`, with two digits at least, and `playlist_name` what people call it. `position` is the track's place
/// in the newest list, from 1; null where it is not in it. `recommended` says whether it ever was: true or false in Postgres, 1
/// or 0 in SQLite. `streams` and `seconds_streamed` are 0 where it was never heard, `first_heard` and `last_heard` null; times
/// are ISO 8601 texts in UTC that sort as they stand.
pub const SCHEMA: Schema = Schema {
    name: "listening",
    versions: &[include_str!("schema.sql")],
};

/// The file of the SQLite database where nobody names one.
pub const DEFAULT_DATABASE: &str = "mixtape.db";
