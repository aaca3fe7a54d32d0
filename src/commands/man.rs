//! `mixtape man`

use std::io;

use clap::CommandFactory;

use mixtape::{Error, Result};

use crate::cli::{Cli, ManArguments};
use crate::outcome::Outcome;

pub fn run(arguments: &ManArguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    if folder.exists() && !folder.is_dir() {
        let why = "it is no folder; name one, or one to be made";
        let error = io::Error::new(io::ErrorKind::NotADirectory, why);
        let name = folder.display().to_string();
        return Err(Error::io("write pages into", &name, error));
    }
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|error| Error::write(&folder.display().to_string(), error))?;
    Ok(Outcome::Done)
}
