//! The arguments of `works`.

use clap::{Args, ValueEnum};

use mixtape::listening::DEFAULT_DATABASE;

/// List the works that were recommended to a user
#[derive(Debug, Args)]
#[command(
    after_help = "A row is a work in one of the user's personalised playlists. The database is one\n\
                  that mixtape consolidate has filled.\n\
                  Example: mixtape works --user 1f3a --db music.db --format csv > works.csv"
)]
pub struct WorksArguments {
    /// The user's id
    #[arg(long, value_name = "ID")]
    pub user: String,
    /// A PATH or postgresql://…
    #[arg(long, value_name = "URL", default_value = DEFAULT_DATABASE)]
    pub db: String,
    /// table, csv or json [default: as the output is]
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<WorksFormat>,
}

/// How `works` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WorksFormat {
    /// as wide as the terminal
    Table,
    /// with a header
    Csv,
    /// an array of objects
    Json,
}
