//! What `mixtape apply --db` wants to know of the database and of where CHANGES come from.

use std::num::NonZeroU64;

use clap::Args;

use mixtape::{Error, Result};

use crate::cli::number::number;

/// What is said of a database that the changes are applied to.
#[derive(Debug, Args)]
pub struct StoreArguments {
    /// Change the mixtape that a database holds
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
    /// Operations of a transaction
    #[arg(long, value_name = "N", hide = true, allow_negative_numbers = true, value_parser = number::<NonZeroU64>)]
    pub batch: Option<NonZeroU64>,
    /// CHANGES never ends; stop at a signal
    #[arg(long, hide = true, conflicts_with_all = ["new_source", "changes_format"])]
    pub follow: bool,
    /// CHANGES is none that was applied or begun before
    #[arg(long, hide = true)]
    pub new_source: bool,
    /// What the log of CHANGES calls the place where it begins
    #[arg(long, value_name = "P", hide = true)]
    pub source_position: Option<String>,
    /// Member of each operation that says what the log calls its place
    #[arg(long, value_name = "NAME", hide = true)]
    pub position_member: Option<String>,
}

impl StoreArguments {
    /// Refuses what makes sense only where a database holds the mixtape.
    // Clap would not ask for --db where it cannot stand beside what is there.
    pub fn check(&self) -> Result<()> {
        let flags = [
            ("--batch", self.batch.is_some()),
            ("--follow", self.follow),
            ("--new-source", self.new_source),
            ("--source-position", self.source_position.is_some()),
            ("--position-member", self.position_member.is_some()),
        ];
        match flags.iter().find(|(_, is_there)| *is_there) {
            Some((flag, _)) if self.db.is_none() => Err(Error::usage(format!(
                "{flag} goes with --db URL, the database that holds the mixtape"
            ))),
            _ => Ok(()),
        }
    }
}
