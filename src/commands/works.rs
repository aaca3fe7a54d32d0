//! `mixtape works`

use std::path::Path;

use mixtape::database::{Database, DatabaseUrl};
use mixtape::io::STANDARD_STREAM;
use mixtape::report::{recommended_works, write_works_csv, write_works_table};

use super::{Outcome, terminal};
use crate::cli::{WorksArguments, WorksFormat};

pub fn run(arguments: &WorksArguments) -> anyhow::Result<Outcome> {
    let mut database = Database::open(&DatabaseUrl::parse(&arguments.db)?)?;
    let works = recommended_works(&mut database, &arguments.user)?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() {
        WorksFormat::Table
    } else {
        WorksFormat::Csv
    });
    match format {
        WorksFormat::Table => {
            let width = terminal::standard_output().width;
            let width = width.try_into().unwrap_or(u16::MAX);
            terminal::print(|output| write_works_table(&works, output, width))
        }
        WorksFormat::Csv => write_works_csv(&works, Path::new(STANDARD_STREAM)),
        WorksFormat::Json => terminal::print_json(&works),
    }?;
    Ok(Outcome::Done)
}
