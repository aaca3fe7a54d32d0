//! `mixtape get`

use std::io::Write;

use mixtape::database::DatabaseUrl;
use mixtape::id::Id;
use mixtape::json::visible;
use mixtape::{Error, Result};

use super::paths::{read_from, refuse_to_print_over};
use super::{results, stores};
use crate::cli::{GetArguments, GetPlaylistArguments, GetWhat};
use crate::outcome::Outcome;

pub fn run(arguments: &GetArguments) -> Result<Outcome> {
    match &arguments.what {
        GetWhat::Playlist(arguments) => playlist(arguments),
    }
}

fn playlist(arguments: &GetPlaylistArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    refuse_to_print_over(read_from(&url).as_slice())?;
    let mut store = stores::open(&url, &arguments.wait)?;
    let mut output = results::begin()?;
    let id = Id::string(&arguments.id);
    let is_there =
        store.write_playlist(id, &mut output)? || store.write_playlist(id.twin(), &mut output)?;
    if !is_there {
        let id = visible(&arguments.id);
        return Err(Error::missing(format!(
            "{url} has no playlist with the id {id}"
        )));
    }
    writeln!(output).map_err(|error| output.error(error))?;
    output.finish()?;
    Ok(Outcome::Done)
}
