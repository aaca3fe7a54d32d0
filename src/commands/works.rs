//! `mixtape works`

use std::io::Write;
use std::path::Path;

use mixtape::database::{Database, DatabaseUrl};
use mixtape::io::{STANDARD_STREAM, Sink};
use mixtape::report::{recommended_works, write_works_csv, write_works_table};

use super::{Outcome, terminal};
use crate::cli::{WorksArguments, WorksFormat};

pub fn run(arguments: &WorksArguments) -> anyhow::Result<Outcome> {
    let mut database = Database::open(&DatabaseUrl::parse(&arguments.db)?)?;
    let works = recommended_works(&mut database, &arguments.user)?;
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() {
        WorksFormat::Table
    } else {
        WorksFormat::Csv
    });
    match format {
        WorksFormat::Table => {
            let width = terminal::standard_output().width;
            write_works_table(&works, &mut output, width.try_into().unwrap_or(u16::MAX))
        }
        WorksFormat::Csv => write_works_csv(&works, &mut output),
        WorksFormat::Json => serde_json::to_writer_pretty(&mut output, &works)
            .map_err(Into::into)
            .and_then(|()| writeln!(output)),
    }
    .map_err(|error| output.error(error))?;
    output.finish()?;
    Ok(Outcome::Done)
}
