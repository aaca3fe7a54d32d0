//! `mixtape man`

use clap::CommandFactory;

use mixtape::{Error, Result};

use crate::cli::{Cli, ManArguments};
use crate::outcome::Outcome;

pub fn run(arguments: &ManArguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    if folder.exists() && !folder.is_dir() {
        let folder = folder.display();
        let message = format!("{folder} is no folder; name one, or one to be made");
        return Err(Error::usage(message));
    }
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|error| Error::write(&folder.display().to_string(), error))?;
    Ok(Outcome::Done)
}
