//! Staged observations into their tables, and the logs that follow from them.
//!
//! Only what a load touches is looked at, so that its cost follows its own size and not that of the database. An observation of
//! an interval decides on two log rows: its own, and that of the interval after it.

use crate::database::Database;
use crate::error::Result;

/// A table of observations, how it follows from its staged form, and the logs that follow from it.
pub(super) struct Merge {
    observations: &'static str,
    /// What is observed: column, its staged column, the staged names of both.
    keys: &'static [(&'static str, &'static str, &'static str)],
    /// Values that are ids: column, its staged column, the staged names of both.
    references: &'static [(&'static str, &'static str, &'static str)],
    /// Further values, which have the same names in both.
    values: &'static [&'static str],
    /// Logs and their values.
    logs: &'static [(&'static str, &'static [&'static str])],
}

const PLAYLIST: (&str, &str, &str) = ("playlist_id", "playlist", "staged_playlists");
const MEDIA_ITEM: (&str, &str, &str) = ("media_item_id", "media_item", "staged_media_items");

pub(super) const PLAYLISTS: Merge = Merge {
    observations: "playlist_observations",
    keys: &[PLAYLIST],
    references: &[("user_id", "owner", "staged_users")],
    values: &["name", "cover_url", "num_media_items", "plays"],
    logs: &[
        (
            "playlist_metadata_log",
            &["name", "cover_url", "user_id", "num_media_items"],
        ),
        ("playlist_plays_log", &["plays"]),
    ],
};

pub(super) const POSITIONS: Merge = Merge {
    observations: "playlist_position_observations",
    keys: &[PLAYLIST, MEDIA_ITEM],
    references: &[],
    values: &["position"],
    logs: &[("playlist_positions_log", &["position"])],
};

pub(super) const MEDIA_ITEMS: Merge = Merge {
    observations: "media_item_observations",
    keys: &[MEDIA_ITEM],
    references: &[("artist_id", "artist", "staged_artists")],
    values: &["primary_title", "secondary_title", "cover_url"],
    logs: &[(
        "media_item_metadata_log",
        &["primary_title", "secondary_title", "artist_id", "cover_url"],
    )],
};

impl Merge {
    /// Brings the observations and their logs up to date; by how many rows each log has grown.
    pub(super) fn merge(&self, database: &mut Database) -> Result<Vec<i64>> {
        let observations = self.observations;
        let touched = &format!("touched_{observations}");
        let keys = &list("", self.key_columns());
        let declared: Vec<String> = self
            .key_columns()
            .map(|key| format!("{key} bigint"))
            .collect();
        let declared = declared.join(", ");
        database.execute(
            &format!(
                "create temporary table {touched} \
                 ({declared}, calendar_interval bigint, primary key ({keys}, calendar_interval))"
            ),
            &[],
        )?;
        let resolved = self.resolved();
        database.execute(
            &format!(
                "insert into {touched} ({keys}, calendar_interval) \
                 select distinct {keys}, calendar_interval from ({resolved}) as resolved"
            ),
            &[],
        )?;
        database.analyze(touched)?;

        // The log rows of the observations that may be replaced, then these, then the log rows of what follows on them.
        let deleted_before = self.delete_logged(database, touched)?;
        database.execute(&self.upsert(&resolved), &[])?;
        let next_keys = list("following.", self.key_columns());
        let same_key = self.same_key("following", "touched");
        let touched_keys = list("touched.", self.key_columns());
        database.execute(
            &format!(
                "insert into {touched} ({keys}, calendar_interval) \
                 select {next_keys}, following.next_interval from \
                 (select {touched_keys}, (select min(following.calendar_interval) from {observations} as following \
                  where {same_key} and following.calendar_interval > touched.calendar_interval) as next_interval \
                  from {touched} as touched) as following \
                 where following.next_interval is not null on conflict do nothing"
            ),
            &[],
        )?;
        database.analyze(touched)?;
        let deleted_after = self.delete_logged(database, touched)?;
        let mut grown = Vec::new();
        for (i, (log, values)) in self.logs.iter().enumerate() {
            let inserted = database.execute(&self.insert_logged(touched, log, values), &[])?;
            grown.push(inserted as i64 - deleted_before[i] - deleted_after[i]);
        }
        Ok(grown)
    }

    /// The staged observations with the database's ids.
    fn resolved(&self) -> String {
        let mut columns = vec!["staged.part".to_owned()];
        let mut joins = String::new();
        let named = self.keys.iter().map(|key| ("join", key));
        let named = named.chain(self.references.iter().map(|key| ("left join", key)));
        for (join, (column, number, names)) in named {
            columns.push(format!("{names}.id as {column}"));
            joins += &format!(
                " {join} {names} on {names}.part = staged.part and {names}.number = staged.{number}"
            );
        }
        let further = ["calendar_interval", "microsecond", "ingest_timestamp"];
        let further = further.iter().chain(self.values);
        columns.extend(further.map(|column| format!("staged.{column}")));
        let columns = columns.join(", ");
        format!(
            "select {columns} from staged_{} as staged{joins}",
            self.observations
        )
    }

    /// Of all staged observations of a key and interval the latest, unless there is a later one. Of two at one time the one of
    /// the later source counts.
    fn upsert(&self, resolved: &str) -> String {
        let observations = self.observations;
        let references = self.references.iter().map(|(column, _, _)| column);
        let values: Vec<&str> = ["microsecond", "ingest_timestamp"]
            .iter()
            .chain(references)
            .chain(self.values)
            .copied()
            .collect();
        let keys = list("", self.key_columns());
        let columns = format!("{keys}, calendar_interval, {}", values.join(", "));
        let set: Vec<String> = values
            .iter()
            .map(|value| format!("{value} = excluded.{value}"))
            .collect();
        let set = set.join(", ");
        format!(
            "insert into {observations} ({columns}) select {columns} from \
             (select resolved.*, row_number() over (partition by {keys}, calendar_interval \
              order by microsecond desc, part desc) as place from ({resolved}) as resolved) as latest \
             where place = 1 \
             on conflict ({keys}, calendar_interval) do update set {set} \
             where excluded.microsecond >= {observations}.microsecond"
        )
    }

    /// Deletes the log rows of touched observations; how many of each log.
    fn delete_logged(&self, database: &mut Database, touched: &str) -> Result<Vec<i64>> {
        let observations = self.observations;
        let keys = list("", self.key_columns());
        let observed_keys = list("observed.", self.key_columns());
        let same_key = self.same_key("observed", "touched");
        let delete = |(log, _): &(&str, _)| {
            let deleted = database.execute(
                &format!(
                    "delete from {log} where ({keys}, ingest_timestamp) in \
                     (select {observed_keys}, observed.ingest_timestamp from {touched} as touched \
                      join {observations} as observed \
                      on {same_key} and observed.calendar_interval = touched.calendar_interval)"
                ),
                &[],
            )?;
            Ok(deleted as i64)
        };
        self.logs.iter().map(delete).collect()
    }

    /// Logs the touched observations that differ from the ones before them.
    fn insert_logged(&self, touched: &str, log: &str, values: &[&str]) -> String {
        let observations = self.observations;
        let keys = list("", self.key_columns());
        let observed_keys = list("observed.", self.key_columns());
        let columns = values.join(", ");
        let observed: Vec<String> = values
            .iter()
            .map(|value| format!("observed.{value}"))
            .collect();
        let observed = observed.join(", ");
        let differs: Vec<String> = values
            .iter()
            .map(|value| format!("observed.{value} is distinct from earlier.{value}"))
            .collect();
        let differs = differs.join(" or ");
        let is_touched = self.same_key("observed", "touched");
        let is_earlier = self.same_key("earlier", "observed");
        let is_before = self.same_key("before", "observed");
        format!(
            "insert into {log} ({keys}, ingest_timestamp, {columns}) \
             select {observed_keys}, observed.ingest_timestamp, {observed} from {touched} as touched \
             join {observations} as observed \
             on {is_touched} and observed.calendar_interval = touched.calendar_interval \
             left join {observations} as earlier on {is_earlier} and earlier.calendar_interval = \
             (select max(before.calendar_interval) from {observations} as before \
              where {is_before} and before.calendar_interval < observed.calendar_interval) \
             where earlier.calendar_interval is null or {differs}"
        )
    }

    fn key_columns(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|(column, _, _)| *column)
    }

    fn same_key(&self, one: &str, other: &str) -> String {
        let same = |column: &str| format!("{one}.{column} = {other}.{column}");
        let same: Vec<String> = self.key_columns().map(same).collect();
        same.join(" and ")
    }
}

fn list(prefix: &str, columns: impl Iterator<Item = &'static str>) -> String {
    let columns: Vec<String> = columns.map(|column| format!("{prefix}{column}")).collect();
    columns.join(", ")
}
