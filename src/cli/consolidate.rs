//! The arguments of `consolidate`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use mixtape::Error;
use mixtape::io::Progress;
use mixtape::listening::{ConsolidateOptions, DEFAULT_DATABASE, FieldMap, FieldNames};
use mixtape::rejects::RejectLimit;

use super::number::number;
use super::size::Size;
use super::streams::InputArguments;

/// Put together what was recommended and what was heard
#[derive(Debug, Args)]
#[command(
    after_help = "Makes one table, personalized_playlists: each track of each user's playlists,\n\
                  whether it was recommended, how often and how long it was heard. Of EVENTS\n\
                  those count whose context is playlist_ and digits. No file is loaded twice.\n\
                  FIELD: user, track, seconds, context, time, work, composer, title, playlists,\n\
                  name (of a playlist), tracks (of a playlist)\n\
                  Example: mixtape consolidate playlists.ndjson events.csv --db music.db"
)]
pub struct ConsolidateArguments {
    /// A user a line, with the user's playlists; - is standard input
    pub playlists: PathBuf,
    /// CSV with a header, a stream a row; - is standard input
    pub events: PathBuf,
    /// A PATH or postgresql://… [default: mixtape.db]
    #[arg(long, value_name = "URL")]
    db: Option<String>,
    /// Write the table as CSV; - is standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Take this column, or member, for a field
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<FieldMap>,
    /// Collect rows and events that cannot be used
    #[arg(long, value_name = "FILE", alias = "dead-letters")]
    pub rejects: Option<PathBuf>,
    /// Stop when more is rejected: 100, or 1%
    #[arg(long, value_name = "N|P%", allow_negative_numbers = true)]
    max_rejects: Option<RejectLimit>,
    /// Beyond, the table is put on disk (TMPDIR)
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true)]
    max_memory: Option<Size>,
    /// With 1, reading has no thread of its own
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<NonZeroUsize>)]
    pub threads: Option<NonZeroUsize>,
    /// Write the summary as JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// Most bytes of one row or event
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(ConsolidateOptions::default().max_row))]
    max_row: Size,
    #[command(flatten)]
    input: InputArguments,
}

impl ConsolidateArguments {
    /// The database, where the table goes into one.
    pub fn database(&self) -> Option<&str> {
        let default = self.out.is_none().then_some(DEFAULT_DATABASE);
        self.db.as_deref().or(default)
    }

    /// The library's options.
    ///
    /// # Errors
    /// When the names make no sense together.
    pub fn options(&self, progress: &Progress) -> Result<ConsolidateOptions, Error> {
        let mut names = FieldNames::default();
        for map in &self.map {
            names.map(map.clone()).map_err(Error::usage)?;
        }
        Ok(ConsolidateOptions {
            names,
            max_memory: self.max_memory.map(Size::bytes),
            max_row: self.max_row.bytes(),
            max_rejects: self.max_rejects,
            sources: self.input.options(progress),
        })
    }
}
