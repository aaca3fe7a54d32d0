//! `mixtape get`

use std::io::{self, Write};
use std::path::Path;

use mixtape::id::Id;
use mixtape::io::{STANDARD_STREAM, Sink};
use mixtape::json::visible;

use super::Outcome;
use super::export::open;
use crate::cli::{GetArguments, GetPlaylistArguments, GetWhat};

pub fn run(arguments: &GetArguments) -> anyhow::Result<Outcome> {
    match &arguments.what {
        GetWhat::Playlist(arguments) => playlist(arguments),
    }
}

fn playlist(arguments: &GetPlaylistArguments) -> anyhow::Result<Outcome> {
    let mut store = open(&arguments.db, &arguments.wait)?;
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
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
