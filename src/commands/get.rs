//! `mixtape get`

use std::io::{self, Write};

use mixtape::Result;
use mixtape::id::Id;
use mixtape::json::visible;

use super::{results, stores};
use crate::cli::{GetArguments, GetPlaylistArguments, GetWhat};
use crate::outcome::Outcome;

pub fn run(arguments: &GetArguments) -> Result<Outcome> {
    match &arguments.what {
        GetWhat::Playlist(arguments) => playlist(arguments),
    }
}

fn playlist(arguments: &GetPlaylistArguments) -> Result<Outcome> {
    let mut store = stores::open(&arguments.db, &arguments.wait)?;
    let mut output = results::begin()?;
    let id = Id::string(&arguments.id);
    let is_there =
        store.write_playlist(id, &mut output)? || store.write_playlist(id.twin(), &mut output)?;
    if !is_there {
        let id = visible(&arguments.id);
        let _ = writeln!(io::stderr(), "no playlist has the id {id}");
        return Ok(Outcome::Missing);
    }
    writeln!(output).map_err(|error| output.error(error))?;
    output.finish()?;
    Ok(Outcome::Done)
}
